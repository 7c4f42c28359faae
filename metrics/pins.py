"""Snapshots kept for a meeting or a report: never deleted, and reopened with the cards of their time.

A pin lies in the notebook and holds the text of every file of cards as it was when the snapshot was pinned.
A pinned snapshot is therefore measured by those definitions for good, whatever version the cards have
reached since. Loading reads the same table (etl/shelf.py) to know which files stay.
"""

import json
import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from metrics import library, notebook
from metrics.errors import NoSnapshot, OldSnapshot
from metrics.faults import BadCards
from metrics.library import Library
from metrics.snapshot import Snapshot, data_root, open_snapshot

LONGEST = 40
TABLE = (
    "CREATE TABLE IF NOT EXISTS pins (snapshot TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL,"
    " pinned_at TEXT NOT NULL, cards TEXT NOT NULL)"
)
COLUMNS = "snapshot, name, note, pinned_at"
OPEN_AT_ONCE = 4


@dataclass(frozen=True)
class Pin:
    snapshot: str
    name: str
    note: str
    pinned_at: datetime  # local time


def pin(snapshot: str, name: str, note: str = "") -> Pin:
    """Keep a snapshot under a name. Pinning it again changes name and note, never its cards or date.

    Raises:
        NoSnapshot: there is no such file.
        ValueError: the name is empty or too long.
        Unwritable: the notebook cannot be written.
    """
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST:
        raise ValueError(f"名称要有1到{LONGEST}个字,现在是{len(called)}个字")
    # Before the row, so that nothing is pinned that is not there; after it, in case a load has just
    # pruned the file.
    open_snapshot(snapshot)
    cards = json.dumps(library.texts(library.folder()), ensure_ascii=False)
    with notebook.opened(TABLE) as book:
        book.execute(
            "INSERT INTO pins VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (snapshot) DO UPDATE SET name = excluded.name, note = excluded.note",
            [snapshot, called, note.strip(), notebook.clock().isoformat(" "), cards],
        )
    if not _file(snapshot).is_file():
        unpin(snapshot)
        raise NoSnapshot(_gone(snapshot))
    return _required(snapshot)


def unpin(snapshot: str) -> None:
    """Let it go: the next load may delete it, and it is measured by the running cards again."""
    with notebook.opened(TABLE) as book:
        book.execute("DELETE FROM pins WHERE snapshot = ?", [snapshot])


def pins() -> list[Pin]:
    """The last pinned first."""
    sql = f"SELECT {COLUMNS} FROM pins ORDER BY pinned_at DESC, snapshot DESC"
    return [_pin(row) for row in notebook.rows(TABLE, sql)]


def pinned_ids() -> frozenset[str]:
    return frozenset(each.snapshot for each in pins())


def pinned(snapshot: str) -> Pin | None:
    return next((each for each in pins() if each.snapshot == snapshot), None)


def reopen(snapshot: str) -> Snapshot:
    """A snapshot by its id, as it was when it was pinned; one that was not, by the running cards.

    What neither the file nor its cards know is 未上报 in it and stops nothing.

    Raises:
        NoSnapshot: it is not kept any more, or never was; the message names those that are.
        OldSnapshot: this version of the program cannot read it.
    """
    if not _file(snapshot).is_file():
        raise NoSnapshot(_gone(snapshot))
    opened = _reopened(str(_file(snapshot)), _cards(snapshot))
    try:
        opened.areas(), opened.freshness(), opened.labels("")
    except duckdb.Error as problem:
        raise OldSnapshot(
            f"快照 {snapshot} 由太旧的程序生成,本程序读不了它的台账({problem})。请用当时的程序版本打开。"
        ) from problem
    return opened


@lru_cache(OPEN_AT_ONCE)
def _reopened(file: str, cards: str | None) -> Snapshot:
    """Not the one that the pages of today use: what is kept with a snapshot was worked out by one
    library."""
    return replace(
        open_snapshot(file), memory={}, library=cards and _library(file, cards), past=True
    )


def _library(file: str, cards: str) -> Library:
    try:
        return library.collected(json.loads(cards))
    except BadCards as problem:
        raise OldSnapshot(
            f"快照 {Path(file).stem} 固定时的口径卡,本程序读不了。请用当时的程序版本打开。\n{problem}"
        ) from problem


def _cards(snapshot: str) -> str | None:
    rows = notebook.rows(TABLE, "SELECT cards FROM pins WHERE snapshot = ?", [snapshot])
    return rows[0][0] if rows else None


def _file(snapshot: str) -> Path:
    return data_root() / "snapshots" / f"{Path(snapshot).name}.duckdb"


def _gone(snapshot: str) -> str:
    known = "、".join(f"{each.snapshot}({each.name})" for each in pins()[:3]) or "还没有"
    return (
        f"没有快照 {snapshot}:可能网址抄错了,或它没有固定、已被清理(只留最近十个和固定的)。已固定的:{known}。"
        "全部见“议定事项”页或 python -m etl snapshots。"
    )


def _required(snapshot: str) -> Pin:
    found = pinned(snapshot)
    if found is None:
        raise NoSnapshot(_gone(snapshot))
    return found


def _pin(row: sqlite3.Row | tuple[str, ...]) -> Pin:
    return Pin(row[0], row[1], row[2], datetime.fromisoformat(row[3]))
