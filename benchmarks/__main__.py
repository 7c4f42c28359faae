"""make bench: every ratio of this project in one run, with the machine named."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

import duckdb
import streamlit

from benchmarks import loading, measuring, pages, reports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000])
    parser.add_argument("--only", choices=["loading", "measuring", "pages", "reports"])
    asked = parser.parse_args()
    cpu = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    print(
        f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}, Streamlit {streamlit.__version__}"
    )
    if asked.only in (None, "pages", "reports"):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            data = pages.sample(Path(folder))
            if asked.only != "reports":
                found = []
                for page in pages.PAGES:
                    found.append(pages.compare(page, data))
                    print(found[-1], flush=True)
                print(pages.summary(found), flush=True)
            if asked.only != "pages":
                for text in reports.compare(data):
                    print(text, flush=True)
    for rows in asked.rows:
        if asked.only in (None, "loading", "measuring"):
            for text in loading.compare(
                rows, measuring.compare if asked.only != "loading" else None
            ):
                print(text, flush=True)


if __name__ == "__main__":
    main()
