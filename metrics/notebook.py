"""What the app itself writes: one small SQLite file beside the snapshots, never part of one.

A snapshot is read-only and the store belongs to loading, so saved views, decisions, edited sentences and
corrections have no other place. The file is shared by everyone at this address and holds nothing about
any person. Each owner of a table brings its own `CREATE TABLE IF NOT EXISTS`.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from metrics.snapshot import data_root

FILE = "notebook.sqlite"
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Unwritable(Exception):
    """The notebook cannot be written; the message says why and what to do."""


def path() -> Path:
    return data_root() / FILE


def clock() -> datetime:
    """When something is written down: local time without a zone, as everywhere in the data."""
    return datetime.now(SHANGHAI).replace(tzinfo=None, microsecond=0)


@contextmanager
def opened(table: str) -> Generator[sqlite3.Connection]:
    """One transaction on the notebook, with the table of that definition in it.

    Raises:
        Unwritable: the file cannot be read or written, in the reader's words.
    """
    try:
        book = sqlite3.connect(path(), timeout=5)
        try:
            with book:
                book.execute(table)
                yield book
        finally:
            book.close()
    except sqlite3.Error as problem:
        raise Unwritable(
            f"写不进 {FILE}({problem})。请让维护人员检查数据目录的写入权限和磁盘空间。"
        ) from problem


def rows(table: str, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """What a SELECT finds in the table of that definition; nothing, and no file made, before anyone wrote.

    Raises:
        Unwritable: the file is there and cannot be read.
    """
    if not path().is_file():
        return []
    with opened(table) as book:
        return book.execute(sql, params).fetchall()
