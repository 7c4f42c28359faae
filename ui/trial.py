"""What stands between a dropped file and the loader: a copy for the length of a call, a progress bar."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Protocol, TypeVar

import streamlit as st

T = TypeVar("T")
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


def run(words: str, work: Callable[[Progress], T]) -> T:
    """The work in a thread of its own, a bar that says how far it is, its result or its error.

    A visitor who clicks on ends this run of the page, never the work: a load must not be cut in half.
    """
    bar = st.progress(0.0, words)
    heard: deque[tuple[str, float]] = deque([(words, 0.0)], maxlen=1)
    try:
        # Leaving the pool waits for the work.
        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(work, lambda step, share: heard.append((step or words, share or 0)))
            while not wait([going], timeout=0.2).done:
                step, share = heard[0]
                bar.progress(min(1.0, max(0.0, share)), step)
        return going.result()
    finally:
        bar.empty()
