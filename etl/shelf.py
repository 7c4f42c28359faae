"""The snapshot files on disk and the pointer that says which one is current."""

import os
import re
from datetime import datetime
from pathlib import Path

from etl import notebook
from etl.errors import NotFound, Unreadable
from etl.place import Place

KEEP = 10
NAME = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")


def files(place: Place) -> list[Path]:
    """Finished snapshots, oldest first."""
    if not place.snapshots.is_dir():
        return []
    return sorted(f for f in place.snapshots.glob("*.duckdb") if NAME.fullmatch(f.stem))


def current(place: Place) -> Path | None:
    """The file the pointer names, if it is there."""
    try:
        name = place.pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return next((file for file in files(place) if file.name == name), None)


def find(place: Place, name: str) -> Path:
    for file in files(place):
        if name in (file.name, file.stem):
            return file
    known = "、".join(file.stem for file in files(place)[-3:]) or "无"
    raise NotFound(f"没有快照 {name}。用 python -m etl snapshots 查看已有快照(最近:{known})。")


def newest_stamp(place: Place) -> datetime | None:
    stamps = [file.stem.split("-")[0] for file in files(place)]
    return datetime.strptime(stamps[-1], "%Y%m%dT%H%M%SZ") if stamps else None


def make_current(place: Place, draft: Path, name: str) -> None:
    """Give a verified draft its name and point at it: the one commit point of a load."""
    final = place.snapshots / f"{name}.duckdb"
    _sync(draft)
    draft.rename(final)
    _sync(place.snapshots)
    point_to(place, final)


def point_to(place: Place, file: Path) -> None:
    fresh = place.pointer.with_suffix(".new")
    fresh.write_text(f"{file.name}\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(place.pointer)
    _sync(place.root)


def _sync(path: Path) -> None:
    """Bytes and names reach the disk before anything points at them."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a directory
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def wipe_drafts(place: Place) -> None:
    """Leftovers of a killed load. Only under the lock."""
    for file in place.snapshots.glob(".draft-*"):
        file.unlink(missing_ok=True)


def pinned(place: Place) -> set[str]:
    """Snapshots that a meeting or a report cites: the table of metrics/pins.py in the notebook.

    Raises:
        Unreadable: the notebook is there and cannot be read.
    """
    return {name for (name,) in notebook.rows(place, "pins", "SELECT snapshot FROM pins")}


def prune(place: Place) -> None:
    """Nothing is deleted while it cannot be read what is pinned."""
    try:
        kept = pinned(place)
    except Unreadable:
        return
    kept |= {file.stem for file in files(place)[-KEEP:]}
    pointed = current(place)
    for file in files(place):
        if file.stem not in kept and file != pointed:
            # On Windows a reader's open file cannot go; the next load tries again.
            try:
                file.unlink()
            except PermissionError:
                continue
