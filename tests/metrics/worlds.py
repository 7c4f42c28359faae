"""Other streets that nobody outside may tell from this one: the same snapshot with other counts of people.

Every count is moved to an end of its class: those below the threshold anywhere below it, the others to
the nearest counts that round alike. Orders such as visited ≤ known survive, because all move alike.
"""

import shutil
from collections import defaultdict
from pathlib import Path

import duckdb
import pandas as pd

from metrics import Snapshot, open_snapshot

SENSITIVE = ("assisted", "focus", "disabled")
ELDERS = "1对1跟踪服务"
COLUMNS = ("expected", "known", "fresh", "visited", "helped")
Cell = tuple[object, ...]


def low(count: int, sensitive: bool) -> int:
    least = 10 if sensitive else 5
    if count < least:
        return 0 if sensitive else min(count, 1)
    return max(least, (count + 2) // 5 * 5 - 2)


def high(count: int, sensitive: bool) -> int:
    least = 10 if sensitive else 5
    if count < least:
        return least - 1 if sensitive or count else 0
    return (count + 2) // 5 * 5 + 2


def world(snapshot: Snapshot, path: Path, end) -> Snapshot:
    shutil.copy(snapshot.path, path)
    with duckdb.connect(str(path)) as con:
        for column in COLUMNS:
            _move_coverage(con, column, end)
        _move_sessions(
            con, "people", "date_trunc('month', date), community, team, system", "TRUE", end
        )
        _move_sessions(con, "outcome_count", "date_trunc('month', date)", "team = 'yiye'", end)
    return open_snapshot(path)  # fmt: skip


def _move_coverage(con: duckdb.DuckDBPyConnection, column: str, end) -> None:
    """Where most communities of a group are small only the street is published, so there the counts
    change places within their month and its sum stays."""
    rows = con.execute(
        f"SELECT key_group, month, community, {column} FROM coverage WHERE {column} IS NOT NULL ORDER BY ALL"
    ).fetchall()
    groups = defaultdict(list)
    for group, month, community, count in rows:
        groups[group].append((month, community, count))
    moved = []
    for group, cells in groups.items():
        sensitive = group in SENSITIVE
        small = sum(0 < n < 5 or (sensitive and n < 10) for _, _, n in cells)
        if 2 * small > len(cells):
            moved += _exchanged(group, cells, 1 if end is low else -1)
        else:
            moved += [(end(n, sensitive), group, month, place) for month, place, n in cells]
    con.register("moved", pd.DataFrame(moved, columns=["n", "key_group", "month", "community"]))
    con.execute(
        f"UPDATE coverage SET {column} = moved.n FROM moved WHERE coverage.key_group = moved.key_group"
        " AND coverage.month = moved.month::DATE AND coverage.community IS NOT DISTINCT FROM moved.community"
    )
    con.unregister("moved")


def _exchanged(group: str, cells: list[Cell], step: int) -> list[Cell]:
    months = defaultdict(list)
    for month, place, count in cells:
        months[month].append((place, count))
    return [
        (found[(i + step) % len(found)][1], group, month, place)
        for month, found in months.items()
        for i, (place, _) in enumerate(found)
    ]


def _move_sessions(con: duckdb.DuckDBPyConnection, column: str, cell: str, which: str, end) -> None:
    """One session of each cell takes the whole difference."""
    rows = con.execute(
        f"SELECT min(activity_no), any_value(system), sum({column}) FROM activities"
        f" WHERE {column} IS NOT NULL AND {which} GROUP BY {cell}"
    ).fetchall()
    moved = [(number, end(int(n), system == ELDERS) - int(n)) for number, system, n in rows]
    con.register("moved", pd.DataFrame(moved, columns=["number", "more"]))
    con.execute(
        f"UPDATE activities SET {column} = {column} + moved.more FROM moved WHERE activity_no = moved.number"
    )
    con.unregister("moved")
