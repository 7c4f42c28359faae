"""The repeat graph of a store: temp tables for the models of the snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from etl.characters import PART, Ints
from etl.graph import grams
from etl.graph.matching import DAY, Links, Records, linked, returned
from etl.graph.matters import Matters, matters

SAMPLE = 25_000  # texts that tell which pairs of characters are rare
PAIR = "SELECT hash(left_source, left_no), hash(right_source, right_no) FROM _verdicts WHERE kind = 'link' AND "


@dataclass(frozen=True)
class Told:
    """What analysts said of pairs of records, which are named by hashes of source and number."""

    same: tuple[Ints, Ints]
    apart: tuple[Ints, Ints]

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection) -> "Told":
        """From the temp table _verdicts (etl/verdicts.py)."""
        pairs = []
        for which in ("same", "NOT same"):
            ours, theirs = con.execute(PAIR + which).fetchnumpy().values()
            pairs.append((np.asarray(ours, np.uint64), np.asarray(theirs, np.uint64)))
        return cls(*pairs)


@dataclass(frozen=True)
class Graph:
    """links(matter, left_case, left_record, right_case, right_record, days, same_place, same_category, alike,
    confirmed), members(matter, persons, is_case, record) and returns(record, traced, returned_in, came_back);
    records are rowids of the store."""

    links: pa.Table
    members: pa.Table
    returns: pa.Table

    def lay_out(self, con: duckdb.DuckDBPyConnection) -> None:
        """Temp tables _links, _members and _returns, for the models of the snapshot."""
        for name, table in vars(self).items():
            con.register("worked_out", table)
            con.execute(f"CREATE OR REPLACE TEMP TABLE _{name} AS FROM worked_out")
            con.unregister("worked_out")


def work_out(con: duckdb.DuckDBPyConnection, matters_sql: str, told: Told) -> Graph:
    """The graph of what the statement selects (models/_matters.sql)."""
    records, caller, record = _records(con, matters_sql)
    found = _corrected(records, linked(records), told)
    back = _cut(records, returned(records), told)
    known = matters(records, found, caller)
    inside = np.flatnonzero(known.of)
    members = {
        "matter": known.of[inside],
        "persons": known.persons[known.of[inside]],
        "is_case": records.is_case[inside],
        "record": record[inside],
    }
    return Graph(
        pa.table(_link_rows(records, record, found, known)),
        pa.table(members),
        pa.table(_returns(records, record, back)),
    )


def _records(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Records, Ints, Ints]:
    """The records, who called for each, and which row of the store it is."""
    [(count,)] = con.execute(f"SELECT count(*) FROM ({sql})").fetchall()
    step = max(1, count // SAMPLE)
    sample = con.sql(f"SELECT words FROM ({sql}) WHERE tie % {step} = 0").to_arrow_reader(grams.FEW)
    weights = grams.weights(batch["words"] for batch in sample)
    reader, rest = con.sql(sql).to_arrow_reader(PART), []

    def words() -> Iterator[pa.Array]:
        for batch in reader:
            rest.append(batch.drop_columns("words"))
            yield batch["words"]

    read = grams.read(words(), weights)
    schema = reader.schema
    table = pa.Table.from_batches(rest, schema.remove(schema.get_field_index("words")))
    column = {name: table[name].to_numpy() for name in table.column_names}
    names = ("at", "closed", "tie", "community", "grid", "category")
    # Not as truth values from the start: one by one they take longer than all other columns.
    records = Records(*(column[name] for name in names), column["is_case"].view(bool), read)
    return records, column["caller"], column["record"]


def _corrected(records: Records, found: Links, told: Told) -> Links:
    """What was split is cut; what was confirmed stays linked, whatever the thresholds say."""
    ours, theirs = told.same
    if len(ours) and len(records.tie):
        at = np.argsort(records.tie)
        left, right = (_row(records.tie, at, asked) for asked in told.same)
        here = (records.tie[left] == ours) & (records.tie[right] == theirs)
        found = found.with_confirmed(records, left[here], right[here])
    return _cut(records, found, told)


def _row(ties: Ints, order: Ints, asked: Ints) -> Ints:
    """Where these ties stand, or would stand."""
    return order[np.minimum(np.searchsorted(ties, asked, sorter=order), len(order) - 1)]


def _cut(records: Records, found: Links, told: Told) -> Links:
    if not len(told.apart[0]):
        return found
    pairs = _either_way(records.tie[found.left], records.tie[found.right])
    return found.only(~np.isin(pairs, _either_way(*told.apart)))


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
