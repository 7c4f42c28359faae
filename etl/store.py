"""The store: every accepted record of every batch, append-only, and which one of a key is the latest.

There is no second, "clean" copy. A raw table marks the latest record of each key with is_latest;
records of a `merge` source complete each other instead, and the view latest_<source> joins them up.
"""

import uuid
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone

import duckdb

from etl import workdays
from etl.catalog import Source, sources
from etl.engine import connect, wipe_spill
from etl.place import Place

TABLES = """
CREATE TABLE IF NOT EXISTS identity (store VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS batches (
    batch INTEGER NOT NULL, loaded_at TIMESTAMP NOT NULL, demo BOOLEAN NOT NULL, undone_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS files (
    batch INTEGER NOT NULL, file_no INTEGER NOT NULL, source VARCHAR NOT NULL,
    file VARCHAR NOT NULL, sheet VARCHAR, digest VARCHAR NOT NULL, encoding VARCHAR,
    headers VARCHAR[],
    read BIGINT NOT NULL, loaded BIGINT NOT NULL, updated BIGINT NOT NULL,
    unchanged BIGINT NOT NULL, duplicate BIGINT NOT NULL, rejected BIGINT NOT NULL,
    flagged BIGINT NOT NULL, first_event DATE, last_event DATE, warnings VARCHAR[],
    kept_by_batch INTEGER, kept_by_file INTEGER,
    CHECK (read = loaded + updated + unchanged + duplicate + rejected)
);
CREATE TABLE IF NOT EXISTS rejects (
    batch INTEGER NOT NULL, file_no INTEGER NOT NULL, row_no BIGINT,
    reasons VARCHAR[] NOT NULL, cells VARCHAR[]
);
CREATE TABLE IF NOT EXISTS changes (
    version INTEGER NOT NULL, kind VARCHAR NOT NULL, batch INTEGER NOT NULL,
    file_no INTEGER, source VARCHAR
);
CREATE TABLE IF NOT EXISTS calendar (
    day DATE, is_workday BOOLEAN, workday_no INTEGER, festival VARCHAR
);
CREATE TABLE IF NOT EXISTS calendar_edition (edition VARCHAR);
"""
BOOKKEEPING = {
    "record_key": "VARCHAR",
    "content": "UBIGINT",
    "flags": "VARCHAR[]",
    "batch": "INTEGER",
    "file_no": "INTEGER",
    "row_no": "BIGINT",
    "is_latest": "BOOLEAN",
}
# Nearly every value is different: trying dictionaries on them takes twice the time of a load and more space.
DISTINCT = ("key", "place", "prose", "geometry")
KEYED = ("caller", "reply")
SHANGHAI = timezone(timedelta(hours=8))


def clock() -> datetime:
    """Local time without a zone, as everywhere in the data."""
    return datetime.now(SHANGHAI).replace(tzinfo=None, microsecond=0)


@contextmanager
def open_store(
    place: Place, today: date | None = None, *, rehearsal: bool = False
) -> Generator[duckdb.DuckDBPyConnection]:
    """The store with its tables as the catalogue wants them today. Only under the lock.

    A rehearsal where there is no store yet leaves none behind.
    """
    wipe_spill(place)
    con = connect(None if rehearsal and not place.store.exists() else place.store, place)
    try:
        ensure_tables(con)
        workdays.seed(con, today or clock().date())
        yield con
    finally:
        con.close()


def ensure_tables(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(TABLES)
    if not con.execute("SELECT 1 FROM identity").fetchone():
        con.execute("INSERT INTO identity VALUES (?)", [uuid.uuid4().hex])
    for source in sources().values():
        distinct = {f.column for f in source.fields if f.type in DISTINCT} | {"record_key"}
        wanted = {
            column: f"{kind} USING COMPRESSION zstd" if column in distinct else kind
            for column, kind in (typed_columns(source) | BOOKKEEPING).items()
        }
        con.execute(
            f"CREATE TABLE IF NOT EXISTS raw_{source.name} ({', '.join(f'{quoted(c)} {t}' for c, t in wanted.items())})"
        )
        for column in wanted.keys() - table_columns(con, f"raw_{source.name}"):
            con.execute(
                f"ALTER TABLE raw_{source.name} ADD COLUMN {quoted(column)} {wanted[column]}"
            )


def table_columns(con: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """A tenth of the work of asking duckdb_columns(), which lists every table of every database."""
    return {name for name, *_ in con.execute(f"FROM {table} LIMIT 0").description or ()}


def typed_columns(source: Source) -> dict[str, str]:
    """Columns of the raw table. Of a caller's pseudonym and of an answer's fingerprint the store keeps 64 bits:
    enough to tell them apart, and an eighth of the hexadecimal text to search when a file arrives."""
    return {f.column: "UBIGINT" if f.type in KEYED else f.sql_type for f in source.fields}


def from_staged(source: Source) -> list[str]:
    """The expressions over a staged row that fill those columns."""
    return [
        f"('0x' || left({quoted(f.column)}, 16))::UBIGINT" if f.type in KEYED else quoted(f.column)
        for f in source.fields
    ]


def quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def listed(columns: dict[str, str] | tuple[str, ...], prefix: str = "") -> str:
    return ", ".join(prefix + quoted(column) for column in columns)


def identity(con: duckdb.DuckDBPyConnection) -> str:
    return scalar(con, "SELECT store FROM identity")


def version(con: duckdb.DuckDBPyConnection) -> int:
    """How many changes the store has seen; a snapshot remembers the one it was built at."""
    return scalar(con, "SELECT coalesce(max(version), 0) FROM changes")


def scalar(con: duckdb.DuckDBPyConnection, sql: str, values: list | None = None):
    rows = con.execute(sql, values or []).fetchall()
    return rows[0][0] if rows else None
