"""A card worked out on five invented rows, by the same scan that works out the real numbers.

What each row adds is found by scanning it alone; what they give together, by scanning all five.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from metrics.definitions import WORD, Card, spell_out
from metrics.period import Period
from metrics.request import Request
from metrics.result import Row
from metrics.rows import open_rows
from metrics.scan import Counts, Number, scan
from metrics.scope import Scope
from metrics.snapshot import Snapshot

FILE = Path(__file__).with_name("examples.toml")
NAMES = ("order_no", "case_no", "activity_no", "name", "community")  # what a row is called by
RESIDENTS = "SELECT 'S' AS code, '示例街道' AS name, 'street' AS level, 2000 AS residents"


@dataclass(frozen=True)
class Line:
    """One row: the columns that this card looks at, and what it adds to both sides."""

    cells: Mapping[str, Any]
    numerator: Number | None
    denominator: Number | None


@dataclass(frozen=True)
class Example:
    period: Period
    lines: Sequence[Line]
    total: Row


@dataclass(frozen=True, eq=False)
class _Sheet(Snapshot):
    """A snapshot in memory; one connection, since another would not see its tables."""

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection


def example(card: Card, snapshot: Snapshot) -> Example:
    """Kept with the snapshot, whose columns the invented rows take."""
    return snapshot.kept(("example", card.key), lambda: _work_out(card, snapshot))


@cache
def _text() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _rows(card: Card) -> list[dict[str, Any]]:
    name = card.table.name
    if name not in _text():
        raise KeyError(f"{FILE}: no rows for the table {name} of card {card.id}; add [{name}]")
    rows = _text()[name]["rows"]
    # A card of monthly figures counts one mechanism (or several of a kind): the rows are of the first.
    mechanism = re.search(r"system (?:= |IN \()'([^']+)'", card.place or "")
    if name != "tallies" or not mechanism:
        return rows
    return [row | {"system": mechanism[1]} for row in rows]


def _work_out(card: Card, snapshot: Snapshot) -> Example:
    rows = _rows(card)
    as_of: date = _text()["read_on"].get(card.id, _text()["as_of"])
    period = Period.parse(_text()["period"], as_of)
    plain = _plain(card)
    with duckdb.connect(":memory:") as connection:
        _fill(connection, card, snapshot, rows)
        sheet = _Sheet(snapshot.id, snapshot.path, as_of, {}, connection)
        asked = Request(sheet, period, Scope.street(), (), {}, as_of, "leader")
        pairs = [_pair(_only(plain, at), asked) for at in range(len(rows))]
        [total] = open_rows(plain, _counts(plain, asked), asked)
    shown = _columns(card, rows)
    cells = [{name: row.get(name) for name in shown} for row in rows]
    lines = [Line(c, *pair) for c, pair in zip(cells, pairs, strict=True)]
    return Example(period, lines, total)


def _plain(card: Card) -> Card:
    """The card over the invented rows, with nothing hidden: nobody is behind them."""
    table = replace(card.table, relation="example", source="example")
    if card.tier == "T0":
        return replace(card, table=table, requires=None)
    other = f"sum({card.denominator})" if card.denominator else None
    if other:
        # Only months that report both sides count, as they do in the atoms.
        both = f"FILTER (WHERE {card.numerator} IS NOT NULL AND {card.denominator} IS NOT NULL)"
        return replace(
            card,
            table=table,
            tier="T0",
            requires=None,
            numerator=f"sum({card.numerator}) {both}",
            denominator=f"{other} {both}",
        )
    return replace(card, table=table, tier="T0", requires=None, numerator=f"sum({card.numerator})")


def _only(card: Card, at: int) -> Card:
    """The same card over one of the rows."""
    one = f"(SELECT * FROM example WHERE example_row = {at})"
    return replace(card, table=replace(card.table, relation=one))


def _counts(card: Card, asked: Request) -> Counts:
    return scan([card], asked)


def _pair(card: Card, asked: Request) -> tuple[Number | None, Number | None]:
    found = _counts(card, asked).groups.get((), {})
    return found.get(card.key, (0, 0 if card.denominator and "(" in card.denominator else None))


def _fill(
    connection: duckdb.DuckDBPyConnection,
    card: Card,
    snapshot: Snapshot,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """The rows under the columns and types of the table they stand for."""
    known = _types(card, snapshot)
    columns = ", ".join(f'"{name}" {kind}' for name, kind in known.items())
    connection.execute(f"CREATE TABLE example ({columns}, example_row INTEGER)")
    for at, row in enumerate(rows):
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO example ({names}, example_row) VALUES ({marks}, {at})",
            list(row.values()),
        )
    if not card.table.relation.startswith("("):
        connection.execute(f"CREATE VIEW {card.table.relation} AS SELECT * FROM example")
    if card.table.relation != "areas":
        ledger = ", ".join(f'"{n}" {kind}' for n, kind in _types_of("areas", snapshot).items())
        connection.execute(f"CREATE TABLE areas ({ledger})")
        connection.execute(f"INSERT INTO areas BY NAME {RESIDENTS}")
    connection.execute("CREATE TABLE labels (source TEXT, field TEXT, code TEXT, label TEXT)")
    connection.execute(
        "CREATE TABLE freshness AS SELECT 'example' AS source, '示例' AS label, DATE '2024-01-01' AS first_event, "
        "DATE '2024-09-30' AS last_event, NULL AS last_loaded, 5 AS rows, 31 AS rhythm_days"
    )


def _types(card: Card, snapshot: Snapshot) -> dict[str, str]:
    return _types_of(card.table.relation, snapshot)


def _types_of(relation: str, snapshot: Snapshot) -> dict[str, str]:
    if not relation.startswith("("):
        described = snapshot.query(f"DESCRIBE {relation}")
        return {row[0]: row[1] for row in described}
    return {"region": "VARCHAR", "community": "VARCHAR", "month": "DATE", "sessions": "INTEGER"}


def _columns(card: Card, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """A name for the row, then what the card's definition and its date speak of."""
    said = [card.numerator, card.denominator or "", card.place or ""]
    if card.date:
        moment = card.table.dates[card.date]
        said += [moment.column, moment.otherwise or ""]
    words = set(re.findall(WORD, spell_out(" ".join(said), card.table.terms)))
    present = list(dict.fromkeys(name for row in rows for name in row))
    called = next(name for name in NAMES if name in present)
    return [called, *(name for name in present if name in words and name != called)]
