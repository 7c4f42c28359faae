"""What analysts said of links, read from the notebook that the pages write: it outlives every load.

A verdict names records by the office's own numbers, so that it holds when the data is loaded again.
"""

import hashlib
import sqlite3
from pathlib import Path

import duckdb

from etl.errors import Unreadable
from etl.place import Place

NOTEBOOK = "notebook.sqlite"
COLUMNS = "kind, left_source, left_no, right_source, right_no, same"
Verdict = tuple[str, str, str, str, str, bool]


def read_verdicts(place: Place) -> list[Verdict]:
    """In an order that does not depend on when they were given.

    Raises:
        Unreadable: the notebook is there and cannot be read.
    """
    file = place.root / NOTEBOOK
    if not file.exists():
        return []
    try:
        return [(*words, bool(same)) for *words, same in _rows(file)]
    except sqlite3.Error as problem:
        raise Unreadable(
            f"{file} 读不出来({problem}),其中有人工确认和拆分的关联,不能当作没有。"
            "请从备份恢复;不要这些更正时,把它移到别处再加载。"
        ) from problem


def _rows(file: Path) -> list[tuple]:
    book = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        if not book.execute("SELECT 1 FROM sqlite_master WHERE name = 'link_verdicts'").fetchone():
            return []
        return book.execute(f"SELECT {COLUMNS} FROM link_verdicts ORDER BY {COLUMNS}").fetchall()
    finally:
        book.close()


def digest(verdicts: list[Verdict]) -> str:
    return hashlib.sha256(repr(verdicts).encode()).hexdigest() if verdicts else ""


def lay_out(con: duckdb.DuckDBPyConnection, verdicts: list[Verdict]) -> None:
    """Temp table _verdicts, as the models want it."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE _verdicts (kind VARCHAR, left_source VARCHAR, left_no VARCHAR, "
        "right_source VARCHAR, right_no VARCHAR, same BOOLEAN)"
    )
    if verdicts:
        con.executemany("INSERT INTO _verdicts VALUES (?, ?, ?, ?, ?, ?)", verdicts)


def laid_out(con: duckdb.DuckDBPyConnection) -> list[Verdict]:
    """The same again, for whoever comes after."""
    return con.execute("FROM _verdicts ORDER BY ALL").fetchall()
