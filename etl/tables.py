"""Fills the tables of a snapshot from the store: all of them, or only the keys that changed.

models/<table>.sql makes the snapshot's table of that name out of the views latest_<source>; a file that
starts with _ makes a temp table. A source without a model gets its columns as they are. Both ways end
in the same tables, and leave to be finished what has to wait for the links.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import duckdb

from etl.catalog import Source, sources
from etl.graph import Graph
from etl.lineage import Edit, locate, ready
from etl.merge import joined
from etl.places import area_columns, place_words
from etl.store import listed, quoted, scalar, typed_columns

MODELS = Path(__file__).with_name("models")
BOOKS = ("calendar", "batches", "reject_reasons")
LINKS = ("links", "clusters")
LINKED = "cases"  # the model asks what came in again
Write = Callable[[duckdb.DuckDBPyConnection, Source], None]
Finish = Callable[[Graph | None], None]  # None where the links of the snapshot before stand
# Cases that did not change, whose matter came in again since.
RETURNED = """
UPDATE snap.cases AS c
SET traced = r.traced, returned_in = CASE WHEN r.came_back THEN r.returned_in END
FROM _returns AS r
JOIN raw_cases AS o ON o.rowid = r.record
WHERE o.case_no = c.case_no
    AND (c.traced, c.returned_in)
        IS DISTINCT FROM (r.traced, CASE WHEN r.came_back THEN r.returned_in::INTEGER END)"""
UNPLACED = """
CREATE OR REPLACE TEMP MACRO unplaced(flags, known) AS
    CASE
        WHEN known OR list_contains(coalesce(flags, []::VARCHAR[]), 'unknown_area')
            THEN coalesce(flags, []::VARCHAR[])
        ELSE list_append(coalesce(flags, []::VARCHAR[]), 'unknown_area')
    END"""


def fill(con: duckdb.DuckDBPyConnection, keep_text: bool, edits: list[Edit]) -> Finish:
    """Every table anew. `edits` are the analysts' corrections of the lineage of grids."""
    _prepare(con)
    for source in sources().values():
        _view_latest(con, source, keep_text, f"raw_{source.name} WHERE is_latest")
    _fill_fact(con, sources()["areas"])
    place_words(con)
    _repeat_chains(con)
    ready(con, edits)
    for source in sources().values():
        if source.name not in ("areas", LINKED):
            _fill_fact(con, source)
    return partial(_finish, con, _fill_fact)


def refill(
    con: duckdb.DuckDBPyConnection, keep_text: bool, since: int, edits: list[Edit]
) -> Finish:
    """Only what changed after this version of the store: the rest was copied with the file, and the links
    too where they are not worked out anew."""
    _prepare(con)
    names = con.execute("SELECT DISTINCT source FROM changes WHERE version > ?", [since]).fetchall()
    changed = [source for source in sources().values() if (source.name,) in names]
    by_key = {source.name for source in changed if _gather(con, source, keep_text, since)}
    for source in sources().values():
        rows = f"raw_{source.name} WHERE {'is_latest' if source in changed else 'FALSE'}"
        if source.name in by_key:
            rows = f"now_{source.name}"
        _view_latest(con, source, keep_text, rows)
    place_words(con)
    _repeat_chains(con)
    ready(con, edits)
    write = {s.name: _replace_rows if s.name in by_key else _fill_fact for s in changed}
    late = write.pop(LINKED, None)
    for name, rewrite in write.items():
        rewrite(con, sources()[name])
    lineage = sources()["lineage"]
    _view_latest(con, lineage, keep_text, f"raw_{lineage.name} WHERE is_latest")
    _fill_fact(con, lineage)
    return partial(_finish, con, late)


def _finish(con: duckdb.DuckDBPyConnection, late: Write | None, linked: Graph | None) -> None:
    if linked:
        linked.lay_out(con)
    if late:
        late(con, sources()[LINKED])
    locate(con)
    if linked:
        if late is not _fill_fact:
            con.execute(RETURNED)
        _fill_graph(con)


def _fill_graph(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE _chains AS {read_model('_chains')}")
    for table in LINKS:
        con.execute(f"CREATE OR REPLACE TABLE snap.{table} AS {read_model(table)}")


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(UNPLACED)
    for source in sources().values():
        con.execute(f"DROP TABLE IF EXISTS temp.{source.table}")


def _replace_rows(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    key = quoted(key_column(source) or "")
    theirs = f"WHERE {key} IN (SELECT {key} FROM latest_{source.name})"
    con.execute(f"DELETE FROM snap.{source.table} {theirs}")
    con.execute(f"INSERT INTO snap.{source.table} {model(source)}")
    # The checks find this table before the other: rows that did not change have been checked.
    con.execute(f"CREATE TEMP TABLE {source.table} AS SELECT * FROM snap.{source.table} {theirs}")


def fill_books(con: duckdb.DuckDBPyConnection) -> None:
    for table in BOOKS:
        con.execute(f"CREATE OR REPLACE TABLE snap.{table} AS {read_model(table)}")


def _fill_fact(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    con.execute(f"CREATE OR REPLACE TABLE snap.{source.table} AS {model(source)}")


def _view_latest(
    con: duckdb.DuckDBPyConnection, source: Source, keep_text: bool, rows: str
) -> None:
    view = f"CREATE OR REPLACE TEMP VIEW latest_{source.name} AS "
    if source.merge:
        con.execute(view + joined(source))
        return
    if rows.startswith("now_"):
        con.execute(f"{view}SELECT * FROM {rows}")
    else:
        con.execute(f"{view}SELECT {_columns(source, keep_text)} FROM {rows}")


def _columns(source: Source, keep_text: bool) -> str:
    """Of a raw table what models need; text that is not kept is not even read."""
    unread = () if keep_text else ("prose",)
    columns = [
        f"NULL::VARCHAR AS {quoted(f.column)}" if f.type in unread else quoted(f.column)
        for f in source.fields
    ]
    return f"rowid AS record, {', '.join(columns)}, flags"


def _gather(con: duckdb.DuckDBPyConnection, source: Source, keep_text: bool, since: int) -> bool:
    """Temp table now_<source>: latest records of later files, and those they affect.

    False where replacing single rows does not pay: no single key, or a good part of the table is new.
    """
    if not key_column(source):
        return False
    raw = f"raw_{source.name}"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE touched AS
        WITH later AS (
            SELECT batch, file_no FROM changes WHERE version > ? AND source = ?
        )
        SELECT rowid AS record, record_key
        FROM {raw}
        WHERE is_latest
            AND batch >= (SELECT min(batch) FROM later)
            AND (batch, file_no) IN (SELECT (batch, file_no) FROM later)""",
        [since, source.name],
    )
    if scalar(con, f"SELECT (SELECT count(*) FROM touched) * 5 > (SELECT count(*) FROM {raw})"):
        return False
    neighbours = MODELS / f"_{source.name}_neighbours.sql"
    more = f"UNION {read_model(neighbours.stem)}" if neighbours.exists() else ""
    # Two steps: one statement would read every column of the store while it looks for neighbours.
    con.execute(f"CREATE OR REPLACE TEMP TABLE affected AS SELECT record FROM touched {more}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE now_{source.name} AS "
        f"SELECT {_columns(source, keep_text)} FROM {raw} "
        "WHERE rowid IN (SELECT record FROM affected)"
    )
    return True


def _repeat_chains(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE _repeats AS {read_model('_repeats')}")


def key_column(source: Source) -> str | None:
    """The column that alone tells its rows apart; without one the table is always written anew."""
    if source.merge or len(source.key) != 1:
        return None
    field = source.field_named(source.key[0])
    return field.column if field else None


def model(source: Source) -> str:
    file = MODELS / f"{source.table}.sql"
    return read_model(source.table) if file.exists() else plain_model(source)


@cache
def read_model(name: str) -> str:
    return (MODELS / f"{name}.sql").read_text(encoding="utf-8")


def plain_model(source: Source) -> str:
    """For a source that is only a TOML file: its columns, placed, and nothing about persons."""
    community, grid, area = area_columns(source)
    hidden = {f.column for f in source.fields if f.type in ("caller", "place", "area")}
    kept = {c: t for c, t in typed_columns(source).items() if c not in hidden}
    placed, join, known = "", "", "TRUE"
    if community or grid:
        said = [f"coalesce(o.{c}, '')" if c else "''" for c in (community, grid)]
        placed, known = "p.region, p.community, p.grid, ", "p.known"
        join = f"LEFT JOIN places AS p ON p.said_community = {said[0]} AND p.said_grid = {said[1]}"
    elif area:
        placed = f"coalesce(n.code, o.{area}) AS area, n.region, n.community, n.grid, "
        join = f"LEFT JOIN named AS n ON n.word = o.{area}"
    return (
        f"SELECT {listed(kept, 'o.')}, {placed}unplaced(o.flags, {known}) AS flags "
        f"FROM latest_{source.name} AS o {join}"
    )
