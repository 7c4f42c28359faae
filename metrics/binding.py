"""Whether the SQL on the cards can run: put to the engine, over the tables there are, reading no row.

Each table is tried whole, which is quick; only where that fails is every piece tried alone, to say
which one it is.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import duckdb

from metrics.entry import Card, Table, spell_out
from metrics.errors import nearest
from metrics.faults import Fault
from metrics.library import File
from metrics.records import POPULATIONS
from metrics.snapshot import Snapshot
from metrics.translation import explain

SHAPES = Path(__file__).with_name("examples.toml")
NEVER = datetime(2024, 1, 1)
PARAMETERS = {"start": NEVER, "end": NEVER, "cut": NEVER, "soon": NEVER, "last": date(2024, 1, 1)}
ROWS = "SELECT {} AS piece FROM {} AS facts"
SUM = "SELECT count(*), {} AS piece FROM {} AS facts"  # beside a count, only a sum may stand


@dataclass(frozen=True)
class Tables:
    """The tables that cards are tried on, and what they are called to a reader."""

    cursor: duckdb.DuckDBPyConnection
    name: str

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for table, column in self.cursor.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        ).fetchall():
            found.setdefault(table, []).append(column)
        return found

    def problem(self, sql: str, within: Mapping[str, str]) -> str | None:
        """What the engine has against it."""
        known = PARAMETERS | {f"in_{name}": "" for name in within}
        asked = set(re.findall(r"\$(\w+)", sql))
        if unknown := sorted(asked - known.keys()):
            return f"没有参数“${unknown[0]}”{nearest(unknown[0], known)}"
        try:
            self.cursor.execute(f"DESCRIBE {sql}", {name: known[name] for name in asked})
        except duckdb.Error as problem:
            return str(problem)
        return None


def tables(snapshot: Snapshot | None) -> Tables:
    """Of the snapshot; before the first load, empty ones of the shapes that every installation has."""
    if snapshot is not None:
        return Tables(snapshot.cursor(), f"快照 {snapshot.id}")
    return _standard()


def _standard() -> Tables:
    connection = duckdb.connect(":memory:")
    for name, columns in tomllib.loads(SHAPES.read_text(encoding="utf-8"))["columns"].items():
        connection.execute(f"CREATE TABLE {name} ({columns})")
    return Tables(connection, "标准表")


def lacking(snapshot: Snapshot) -> list[str]:
    """Columns that every installation has and this snapshot has not: other code made it."""
    return [
        f"{table}.{column}"
        for table, columns in _standard().columns.items()
        for column in columns
        if column not in snapshot.columns(table)
    ]


def faults(file: File, on: Tables) -> Iterator[Fault]:
    if file.table is None:
        return
    known, table = on.columns, file.table
    if not table.relation.startswith("(") and table.relation not in known:
        # A source that has not been loaded yet has no table: its cards are tried once it has. Only a name
        # that is all but another's is a slip of the pen.
        if hint := nearest(table.relation, known, cutoff=0.8):
            words = f"没有“{table.relation}”这张表{hint}"
            yield Fault(file.name, file.lines.of("table"), "table", words)
        return
    if _runs_whole(file, table, on):
        return
    yield from _Pieces(file, on, known).faults()


def _runs_whole(file: File, table: Table, on: Tables) -> bool:
    relation = _relation(table)
    lines = [*table.terms.values(), *table.dimensions.values()]
    for moment in table.dates.values():
        lines += filter(None, [moment.column, moment.otherwise, moment.when])
    lines += [spell_out(card.place, table.terms) for card in file.cards if card.place]
    lines += [card.requires for card in file.cards if card.requires]
    people = [card for card in file.cards if card.tier != "T0"]
    sums = ["count(*)", *(remark.sql for remark in table.remarks.values())]
    sums += [sql for card in file.cards if card.tier == "T0" for sql in _sides(card).values()]
    each = [f"sum({sql})" for card in people for sql in _sides(card).values()]
    tried = [
        f"SELECT {', '.join([*lines, '1'])} FROM {relation} AS facts",
        f"SELECT {', '.join([*each, '1'])} FROM {relation} AS facts",
        f"SELECT {', '.join(sums)} FROM {_with_terms(table, relation)} AS facts",
    ]
    return all(on.problem(sql, table.within) is None for sql in tried) and not any(
        _odd_base(card) for card in file.cards
    )


def _sides(card: Card) -> dict[str, str]:
    sides = {"numerator": card.numerator}
    if card.denominator and (card.tier != "T0" or "(" in card.denominator):
        sides["denominator"] = card.denominator
    return sides


def _odd_base(card: Card) -> bool:
    """A base that is neither an aggregate nor one of those found elsewhere."""
    base = card.denominator
    return bool(base) and card.tier == "T0" and "(" not in base and base not in POPULATIONS


def _relation(table: Table) -> str:
    inside = " AND ".join(f"{sql} = $in_{name}" for name, sql in table.within.items())
    return table.relation.replace("{within}", inside or "TRUE")


def _with_terms(table: Table, relation: str) -> str:
    terms = [f"{sql} AS {name}" for name, sql in table.terms.items()]
    return f"(SELECT {', '.join(['facts.*', *terms])} FROM {relation} AS facts)"


class _Pieces:
    """Every piece of SQL of one file, tried alone. A term that fails is told once and then stands for
    nothing, so that the cards that use it are not told as well."""

    def __init__(self, file: File, on: Tables, known: Mapping[str, Sequence[str]]):
        assert file.table is not None
        self.file, self.on, self.table = file, on, file.table
        self.relation = _relation(file.table)
        plain = not file.table.relation.startswith("(")
        names = known.get(file.table.relation, ()) if plain else ()
        self.words = [*names, *file.table.terms]
        self.tables = list(known)

    def faults(self) -> Iterator[Fault]:
        text, table = self.table.text, self.table
        if problem := self.on.problem(f"SELECT 1 FROM {self.relation} AS facts", table.within):
            yield self._told(problem, text.get("relation", ""), "relation")
            return
        good: dict[str, str] = {}
        for name, sql in text.get("terms", {}).items():
            found = self._row(spell_out(sql, good), sql, "terms", name)
            good[name] = "NULL" if found else spell_out(sql, good)
            yield from found
        self.table = table = replace(table, terms=good)
        for name, sql in text.get("dimensions", {}).items():
            yield from self._row(spell_out(sql, good), sql, "dimensions", name)
        for name, moment in table.dates.items():
            for sql in filter(None, [moment.column, moment.otherwise, moment.when]):
                yield from self._row(sql, sql, "dates", name)
        for name, remark in table.remarks.items():
            yield from self._sum(remark.sql, "remarks", name)
        for card in self.file.cards:
            yield from self._card(card)

    def _card(self, card: Card) -> Iterator[Fault]:
        written = next(
            w for w in self.file.written if (w.metric, w.version) == (card.id, card.version)
        )
        for word, sql in _sides(card).items():
            path = (*written.path(word), word)
            if card.tier == "T0":
                yield from self._sum(sql, *path)
            else:
                yield from self._row(f"sum({sql})", sql, *path)
        if _odd_base(card):
            base = str(card.denominator)
            words = (
                f"分母“{base}”既不是汇总(count、sum),也不是区域台账的列{nearest(base, POPULATIONS)}"
            )
            yield written.fault("denominator", words)
        if card.place:
            sql = spell_out(card.place, self.table.terms)
            yield from self._row(sql, card.place, *written.path("place"), "place")
        if card.requires:
            yield from self._row(
                card.requires, card.requires, *written.path("requires"), "requires"
            )

    def _row(self, sql: str, written: str, *path: str) -> list[Fault]:
        return self._tried(ROWS.format(sql, self.relation), written, *path)

    def _sum(self, sql: str, *path: str) -> list[Fault]:
        rows = _with_terms(self.table, self.relation)
        return self._tried(SUM.format(sql, rows), sql, *path)

    def _tried(self, sql: str, written: str, *path: str) -> list[Fault]:
        problem = self.on.problem(sql, self.table.within)
        return [self._told(problem, written, *path)] if problem else []

    def _told(self, problem: str, written: str, *path: str) -> Fault:
        words, token = explain(problem, written, self.words, self.tables, self.on.name)
        lines = self.file.lines
        line = lines.near(token, *path) if token else lines.of(*path)
        place = f"[{'.'.join(path[:-1])}] {path[-1]}" if len(path) > 1 else path[0]
        return Fault(self.file.name, line, place, words)
