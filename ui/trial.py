"""What stands between a dropped file and the loader: a copy for the length of a call, a progress bar."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import streamlit as st

Progress = Callable[[str, float | None], None]
ENDINGS = ["csv", "tsv", "txt", "xls", "xlsx", "xlsm", "et", "json", "geojson"]


class Upload(Protocol):
    name: str

    def getbuffer(self) -> memoryview: ...


def keep(upload: Upload, folder: Path) -> Path:
    """In a folder of its own: two uploads may bear the same name. Of a name, only the last part."""
    folder.mkdir(parents=True)
    path = folder / Path(upload.name).name
    path.write_bytes(upload.getbuffer())
    return path


@contextmanager
def progress(words: str) -> Generator[Progress]:
    """A bar that says what is being done; it goes when the work is done or has failed."""
    bar = st.progress(0.0, words)

    def report(step: str, share: float | None) -> None:
        bar.progress(min(1.0, max(0.0, share or 0.0)), step or words)

    try:
        yield report
    finally:
        bar.empty()
