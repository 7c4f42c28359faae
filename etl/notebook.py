"""What loading reads of the notebook, the small SQLite file that the app writes (metrics/notebook.py)."""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from etl.errors import Unreadable
from etl.place import Place


def rows(place: Place, table: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT on one table; none where nobody wrote into it yet.

    Raises:
        Unreadable: the notebook is there and cannot be read.
    """
    file = place.notebook
    if not file.is_file():
        return []
    try:
        with closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as book:
            there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
            return book.execute(sql).fetchall() if book.execute(there, [table]).fetchone() else []
    except sqlite3.Error as problem:
        raise Unreadable(
            f"{file} 读不出来({problem}),其中有人工确认和拆分的关联等更正,不能当作没有。"
            "请从备份恢复;不要这些更正时,把它移到别处再加载。"
        ) from problem


def digest(found: Sequence[Any]) -> str:
    """Changes when what was read does; empty without any."""
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""
