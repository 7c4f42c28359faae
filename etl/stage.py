"""One table of a file becomes typed, masked, checked rows, ready to be kept."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import duckdb

from etl import convert, dates, mask
from etl.areas import AreaBook
from etl.catalog import Source
from etl.match import Recognition
from etl.projection import Projection
from etl.read import Table
from etl.reconcile import reconciled
from etl.shapes import Shapes
from etl.stream import Stream, Surroundings, open_stream


@dataclass(frozen=True)
class Context:
    """What staging knows besides the file.

    The connection holds two temp tables: known_areas(name_key, code, level, community) and
    workdays(day, is_workday, workday_no); and where polygons are known
    area_shapes(code, level, geometry) with GeoJSON geometry in WGS-84.
    """

    today: date
    key: bytes  # of the caller pseudonyms
    areas_loaded: bool = False


@dataclass
class Staged:
    source: Source
    read: int
    rejected: int
    flags: dict[str, int] = field(default_factory=dict)
    unmapped: list[tuple[str, str, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    reconciliation: list[str] = field(default_factory=list)


ROUND_COUNTS = (1_000, 5_000, 10_000, 50_000, 65_535, 65_536, 100_000, 1_048_575, 1_048_576)


def stage(
    con: duckdb.DuckDBPyConnection, table: Table, recognition: Recognition, context: Context
) -> Staged:
    """Leave temp tables staged(row_no, <columns>, record_key, content, flags) and
    refused(row_no, reasons, cells)."""
    masker = mask.Masker()
    book = AreaBook.of(con, context.areas_loaded)
    stream = open_stream(
        table,
        recognition,
        Surroundings(context.today, book, _shapes(con, book, recognition), masker),
    )
    _prepare(con, stream, context)
    try:
        _fill(con, stream, context)
    finally:
        masker.close()
    convert.forget(con)
    _refuse_broken(con, table)
    return _account(con, stream)


def _prepare(con: duckdb.DuckDBPyConnection, stream: Stream, context: Context) -> None:
    mapping = stream.mapping
    mask.install(con)
    dates.install(
        con, mapping.date_order if mapping else "ymd", mapping.utc_offset if mapping else 8.0
    )
    convert.install(con, context.key)
    con.execute(
        "SET VARIABLE workdays = (SELECT list(day ORDER BY day) FILTER (WHERE is_workday) FROM workdays)"
    )
    con.execute("SET VARIABLE workday_no = (SELECT list(workday_no ORDER BY day) FROM workdays)")
    con.execute("SET VARIABLE first_day = (SELECT min(day) FROM workdays)")
    shapes = stream.around.shapes
    con.execute("SET VARIABLE shape_codes = ?", [shapes.codes if shapes else [""]])


def _fill(con: duckdb.DuckDBPyConnection, stream: Stream, context: Context) -> None:
    projection = Projection(stream, context.today + timedelta(1))
    query = projection.sql()
    con.register("file_rows", stream.reader())
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE staged AS {query}", projection.constants)
    except duckdb.InvalidInputException:
        # An error of reading surfaces inside DuckDB's scan; its own words are the better ones.
        if stream.table.failure:
            raise stream.table.failure from None
        raise
    con.unregister("file_rows")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE refused AS "
        "SELECT row_no, reasons, cells FROM staged WHERE len(reasons) > 0"
    )
    con.execute("DELETE FROM staged WHERE len(reasons) > 0")
    con.execute("ALTER TABLE staged DROP COLUMN reasons")
    con.execute("ALTER TABLE staged DROP COLUMN cells")


def _shapes(
    con: duckdb.DuckDBPyConnection, book: AreaBook, recognition: Recognition
) -> Shapes | None:
    """The polygons of the level that points are placed in: grids where there are any."""
    known = con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'area_shapes'").fetchone()
    if not known or not recognition.matched("longitude"):
        return None
    rows = con.execute(
        "SELECT level, code, geometry FROM area_shapes WHERE geometry IS NOT NULL ORDER BY code"
    ).fetchall()
    levels = {level for level, _, _ in rows}
    asked = recognition.mapping.area_level if recognition.mapping else None
    wanted = next((level for level in (asked, "grid", "community") if level in levels), None)
    return Shapes((code, geometry) for level, code, geometry in rows if level == wanted)


def _refuse_broken(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Rows that reading could not lay under the header: which cell is whose is not known, so none is kept."""
    if table.broken:
        con.executemany(
            "INSERT INTO refused VALUES (?, [?], NULL)",
            [(row.row_no, row.reason) for row in table.broken],
        )


def _account(con: duckdb.DuckDBPyConnection, stream: Stream) -> Staged:
    kept, refused = con.execute(
        "SELECT (SELECT count(*) FROM staged), (SELECT count(*) FROM refused)"
    ).fetchone() or (0, 0)
    flags = con.execute(
        "SELECT flag, count(*) FROM (SELECT unnest(flags) AS flag FROM staged WHERE len(flags) > 0) "
        "GROUP BY flag ORDER BY flag"
    ).fetchall()
    unmapped = [
        (coder.unmapped[0], word, rows)
        for coder in stream.coders
        if coder.unmapped
        for word, rows in coder.strange.most_common()
    ]
    warnings = [*stream.table.warnings, *stream.warnings]
    if stream.table.rows_read in ROUND_COUNTS:
        warnings.append(f"正好{stream.table.rows_read:,}行:像是导出时被截断,请核对源系统的总条数。")
    return Staged(
        source=stream.source,
        read=kept + refused,
        rejected=refused,
        flags=dict(flags),
        unmapped=unmapped,
        warnings=warnings,
        totals=stream.table.totals,
        reconciliation=reconciled(con, stream, kept, refused),
    )
