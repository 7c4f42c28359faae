"""Draws docs/screenshots from the sample data, so that no picture shows what the code no longer does."""

from pathlib import Path
from tempfile import TemporaryDirectory

from browser.harness import Reader, launch
from inside import PAGES
from PIL import Image
from playwright.sync_api import sync_playwright
from serving import ROOT, build_sample, serve

PICTURES = ROOT / "docs" / "screenshots"


def shrink(picture: Path) -> None:
    """Screens have few colours: a palette keeps each under 300 KB."""
    with Image.open(picture) as full:
        small = full.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT)
    small.save(picture, optimize=True)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        data = build_sample(Path(scratch) / "data")
        with serve(data, Path(scratch) / "server.log") as url:
            browser = launch(playwright)
            for name in PAGES:
                visitor = Reader(browser)
                picture = PICTURES / f"{name}.png"
                visitor.open(f"{url}/{name}").screenshot(path=picture, animations="disabled")
                visitor.check()
                visitor.close()
                shrink(picture)
            browser.close()


if __name__ == "__main__":
    main()
