"""What analysts said of links, read from the notebook that the pages write: it outlives every load.

A verdict names records by the office's own numbers, so that it holds when the data is loaded again.
"""

import duckdb

from etl import notebook
from etl.place import Place

COLUMNS = "kind, left_source, left_no, right_source, right_no, same"
Verdict = tuple[str, str, str, str, str, bool]


def read_verdicts(place: Place) -> list[Verdict]:
    """In an order that does not depend on when they were given."""
    sql = f"SELECT {COLUMNS} FROM link_verdicts ORDER BY {COLUMNS}"
    return [(*words, bool(same)) for *words, same in notebook.rows(place, "link_verdicts", sql)]


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
