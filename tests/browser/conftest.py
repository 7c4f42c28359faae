"""One browser for the run, the sample snapshot built once, and servers on demand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browser.harness import WIDE, Reader, launch
from playwright.sync_api import Browser, sync_playwright
from serving import ROOT, serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def dashboard(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample on a server that others have visited before: starting one takes seconds."""
    with serve(sample, tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """A fresh server each time it is called; all end with the test."""
    with ExitStack() as running:

        def start(data: Path, app: Path = ROOT / "app.py") -> str:
            return running.enter_context(serve(data, tmp_path / "server.log", app))

        yield start


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Reader]]:
    with ExitStack() as open_tabs:

        def arrive(size: tuple[int, int] = WIDE, locale: str = "zh-CN") -> Reader:
            visitor = Reader(browser, size, locale)
            open_tabs.callback(visitor.close)
            return visitor

        yield arrive
