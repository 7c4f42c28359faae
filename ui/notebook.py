"""What the app itself writes, beside the snapshots and never into one: the office's saved views.

A page has no other place for it: a snapshot is read-only, the store belongs to loading. The file is
small, shared by everyone at this address, and holds nothing about any person.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from metrics.snapshot import data_root

FILE = "notebook.sqlite"
LONGEST = 40
TABLE = "CREATE TABLE IF NOT EXISTS views (name TEXT PRIMARY KEY, page TEXT NOT NULL, query TEXT NOT NULL)"


class Unwritable(Exception):
    """The notebook cannot be written; the message says why and what to do."""


@dataclass(frozen=True)
class Saved:
    name: str
    page: str
    query: str

    @property
    def address(self) -> str:
        return f"{self.page}?{self.query}"


def views() -> list[Saved]:
    if not _file().is_file():
        return []
    with _open() as book:
        return [
            Saved(*row) for row in book.execute("SELECT name, page, query FROM views ORDER BY name")
        ]


def save(name: str, page: str, query: str) -> Saved:
    """Under a name already there, the newer replaces the older."""
    kept = Saved(_name(name), page, urlencode(parse_qsl(query)))
    with _open() as book:
        book.execute("INSERT OR REPLACE INTO views VALUES (?, ?, ?)", [kept.name, page, kept.query])
    return kept


def forget(name: str) -> None:
    with _open() as book:
        book.execute("DELETE FROM views WHERE name = ?", [name])


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST:
        raise ValueError(f"名称要有1到{LONGEST}个字,现在是{len(name)}个字")
    return name


def _file() -> Path:
    return data_root() / FILE


@contextmanager
def _open() -> Generator[sqlite3.Connection]:
    try:
        book = sqlite3.connect(_file(), timeout=5)
        try:
            with book:
                book.execute(TABLE)
                yield book
        finally:
            book.close()
    except sqlite3.Error as problem:
        raise Unwritable(
            f"收藏写不进 {FILE}({problem})。请让维护人员检查数据目录的写入权限和磁盘空间。"
        ) from problem
