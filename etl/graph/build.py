"""The repeat graph of a store: temp tables for the models of the snapshot."""

import duckdb
import numpy as np
import pyarrow as pa

from etl.graph import grams
from etl.graph.grams import Ints
from etl.graph.matching import DAY, Links, Records, linked, returned
from etl.graph.matters import Matters, matters

SAMPLE = 25_000  # texts that tell which pairs of characters are rare
PAIR = "SELECT hash(left_source, left_no), hash(right_source, right_no) FROM _verdicts WHERE kind = 'link' AND "


def build(con: duckdb.DuckDBPyConnection, matters_sql: str) -> None:
    """Leave _links, _members and _returns, of what the statement selects (models/_matters.sql) and what
    _verdicts says.

    _links(matter, left_case, left_record, right_case, right_record, days, same_place, same_category, alike,
    confirmed), _members(matter, persons, is_case, record) and _returns(record, traced, returned_in) hold
    records by their rowid.
    """
    table = con.sql(matters_sql).to_arrow_table()
    records, caller = _records(table)
    found = _corrected(con, records, linked(records))
    back = _cut(con, records, returned(records))
    known = matters(records, found, caller)
    is_case, record = records.is_case, table["record"].to_numpy()
    _keep(con, "_links", _link_rows(records, record, found, known))
    inside = np.flatnonzero(known.of)
    _keep(
        con,
        "_members",
        {
            "matter": known.of[inside],
            "persons": known.persons[known.of[inside]],
            "is_case": is_case[inside],
            "record": record[inside],
        },
    )
    _keep(con, "_returns", _returns(records, record, back))


def _records(table: pa.Table) -> tuple[Records, Ints]:
    column = {name: table[name].to_numpy() for name in table.column_names if name != "words"}
    tie = column["tie"]
    step = max(1, len(tie) // SAMPLE)
    read = grams.read(table["words"], tie % np.uint64(step) == 0)
    names = ("at", "closed", "tie", "community", "grid", "category", "is_case")
    return Records(*(column[name] for name in names), read), column["caller"]


def _corrected(con: duckdb.DuckDBPyConnection, records: Records, found: Links) -> Links:
    """What was split is cut; what was confirmed stays linked, whatever the thresholds say."""
    ours, theirs = _told(con, "same")
    at = np.argsort(records.tie)
    ends = []
    for asked in (ours, theirs):
        place = np.minimum(np.searchsorted(records.tie, asked, sorter=at), max(0, len(at) - 1))
        ends.append(at[place] if len(at) else place)
    if len(ours) and len(at):
        here = (records.tie[ends[0]] == ours) & (records.tie[ends[1]] == theirs)
        found = found.with_confirmed(records, ends[0][here], ends[1][here])
    return _cut(con, records, found)


def _cut(con: duckdb.DuckDBPyConnection, records: Records, found: Links) -> Links:
    ours, theirs = _told(con, "NOT same")
    if not len(ours):
        return found
    pairs = _either_way(records.tie[found.left], records.tie[found.right])
    return found.only(~np.isin(pairs, _either_way(ours, theirs)))


def _told(con: duckdb.DuckDBPyConnection, which: str) -> tuple[Ints, Ints]:
    told = con.execute(PAIR + which).fetchnumpy()
    ours, theirs = (np.asarray(column, np.uint64) for column in told.values())
    return ours, theirs


def _either_way(ours: Ints, theirs: Ints) -> Ints:
    """One number for a pair, whichever is named first."""
    return np.minimum(ours, theirs) * np.uint64(0x9E3779B97F4A7C15) ^ np.maximum(ours, theirs)


def _link_rows(records: Records, record: Ints, found: Links, known: Matters) -> dict[str, Ints]:
    kept = found.only((known.of[found.left] > 0) & (known.of[found.left] == known.of[found.right]))
    left, right = kept.left, kept.right
    return {
        "matter": known.of[left],
        "left_case": records.is_case[left],
        "left_record": record[left],
        "right_case": records.is_case[right],
        "right_record": record[right],
        "days": ((records.at[right] - records.at[left]) // DAY).astype(np.int32),
        "same_place": kept.same_place,
        "same_category": kept.same_category,
        "alike": kept.alike.astype(np.float64),
        "confirmed": kept.confirmed,
    }


def _returns(records: Records, record: Ints, back: Links) -> dict[str, Ints]:
    """Of every closed case: whether it says enough to be found again, and after how many days begun it was."""
    closed = np.flatnonzero(records.closed)
    placed = records.read.places[:, 0] > 0
    never = np.iinfo(np.int64).max
    soonest = np.full(len(records.at), never)
    gap = records.at[back.right] - records.closed[back.left]
    np.minimum.at(soonest, back.left, -(-gap // DAY))
    return {
        "record": record[closed],
        "traced": (records.read.telling & placed)[closed],
        "returned_in": soonest[closed],
        "came_back": soonest[closed] < never,
    }


def _keep(con: duckdb.DuckDBPyConnection, name: str, columns: dict[str, Ints]) -> None:
    con.register("worked_out", pa.table(columns))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM worked_out")
    con.unregister("worked_out")
