"""Redrawn grids: what analysts corrected in the app, and which earlier records a point places exactly.

The corrections lie in the notebook beside the snapshots (metrics/division.py writes them there); they are
read with every snapshot, so that they outlive any load.
"""

from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from etl import notebook
from etl.place import Place
from etl.shapes import Shapes

Edit = tuple[str, str, date, float | None, bool]  # from, to, date, share, removed
PLACED = {"hotline": "accepted_at", "cases": "coalesce(accepted_at, reported_at)"}
EDITED = (
    "CREATE OR REPLACE TEMP TABLE edited_lineage "
    "(from_grid VARCHAR, to_grid VARCHAR, date DATE, share DOUBLE, removed BOOLEAN)"
)
NAMED = """
CREATE OR REPLACE TEMP TABLE named_grids AS
SELECT code AS word, code FROM snap.areas WHERE level = 'grid'
UNION ALL
SELECT name, min(code) FROM snap.areas WHERE level = 'grid' GROUP BY name HAVING count(*) = 1"""


def edits(place: Place) -> list[Edit]:
    """The last word on each pair and date; none where nobody ever corrected anything."""
    rows = notebook.rows(
        place,
        "lineage_edits",
        "SELECT from_grid, to_grid, date, share, removed, max(id) FROM lineage_edits "
        "GROUP BY from_grid, to_grid, date ORDER BY date, from_grid, to_grid",
    )
    return [
        (old, new, date.fromisoformat(day), share, bool(removed))
        for old, new, day, share, removed, _ in rows
    ]


def ready(con: duckdb.DuckDBPyConnection, found: list[Edit]) -> None:
    """Temp tables for models/area_lineage.sql."""
    con.execute(EDITED)
    con.execute(NAMED)
    if found:
        con.executemany("INSERT INTO edited_lineage VALUES (?, ?, ?, ?, ?)", found)


def locate(con: duckdb.DuckDBPyConnection) -> None:
    """`located` of records made in a grid before it was redrawn: today's grid around their point."""
    shapes = Shapes(
        con.execute(
            "SELECT code, geometry FROM snap.areas "
            "WHERE level = 'grid' AND geometry IS NOT NULL AND valid_to IS NULL ORDER BY code"
        ).fetchall()
    )
    for table, day in PLACED.items():
        con.execute(f"UPDATE snap.{table} SET located = NULL WHERE located IS NOT NULL")
        if len(shapes):
            _locate(con, table, day, shapes)


def _locate(con: duckdb.DuckDBPyConnection, table: str, day: str, shapes: Shapes) -> None:
    rows = con.execute(
        f"""
        SELECT f.rowid, f.longitude, f.latitude
        FROM snap.{table} AS f
        JOIN (SELECT from_grid, max(date) AS date FROM snap.area_lineage GROUP BY from_grid) AS l
            ON f.grid = l.from_grid
        WHERE {day} < l.date AND longitude IS NOT NULL AND latitude IS NOT NULL"""
    ).fetchnumpy()
    if not len(rows["rowid"]):
        return
    numbers = shapes.locate(np.asarray(rows["longitude"]), np.asarray(rows["latitude"]))
    inside = numbers >= 0
    codes = np.array(shapes.codes)[numbers[inside]]
    found = pa.table(
        {"code": pa.array(codes.tolist(), pa.string()), "record": rows["rowid"][inside]}
    )
    con.register("points_found", found)
    con.execute(
        f"UPDATE snap.{table} AS f SET located = p.code FROM points_found AS p WHERE f.rowid = p.record"
    )
    con.unregister("points_found")
