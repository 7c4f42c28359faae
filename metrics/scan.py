"""The SQL behind a measurement: metrics that share a table, a date and a way of being placed in time
are computed in one scan.

The text stays in the portable core of SQL, because the same cards must run elsewhere through sqlglot.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metrics.definitions import TIME_DIMENSIONS, WORD, Card, Table, spell_out
from metrics.labels import code_of_time
from metrics.request import Request

Number = int | float
Group = tuple[str | None, ...]
Pair = tuple[Number | None, Number | None]
TIMES = ("start", "end", "cut", "soon", "last")
TIME = re.compile(rf"\$({'|'.join(TIMES)})\b")
BUCKETS = {
    "day": "CAST({} AS DATE)",
    "half": "CAST(date_trunc('quarter', {0}) AS DATE)",
    **{
        kind: f"CAST(date_trunc('{kind}', {{}}) AS DATE)"
        for kind in ("week", "month", "quarter", "year")
    },
}


@dataclass
class Counts:
    """What one scan found: per group and card, numerator and denominator; the remarks over all groups."""

    groups: dict[Group, dict[str, Pair]]
    remarks: dict[str, int]


def scan(cards: Sequence[Card], request: Request) -> Counts:
    sql, params, remarks = write(cards, request)
    rows = request.snapshot.query(sql, params)
    return read_rows(cards, request, rows, remarks)


def write(
    cards: Sequence[Card], request: Request, moments: str | None = None
) -> tuple[str, dict[str, object], list[str]]:
    """The statement, its parameters, and the names of the remarks it counts after the metrics.

    With `moments`, a relation with a column `moment` and one `at_<name>` for each of TIMES, every moment
    is a group of its own, its first column, and reads the facts by its own times."""
    card, table = cards[0], cards[0].table
    remarks = list(dict.fromkeys(name for each in cards for name in each.remarks))
    columns = [f"by_{i}" for i in range(len(request.by))]
    values = ["count(*) AS found", *_values(cards)]
    values += [f"{_quick(table.remarks[name].sql)} AS r_{name}" for name in remarks]
    day = date_sql(card, request)
    conditions, params = filters(card, day, request)
    groups = [f"{_group_sql(table, name, day)} AS by_{i}" for i, name in enumerate(request.by)]
    terms = [f"{table.terms[name]} AS {name}" for name in _used(table, values)]
    facts = [*_columns(table, request, values), *groups, *terms] or ["1 AS present"]
    source = f"{relation(table, request)} AS facts"
    if moments:
        columns = ["moment", *columns]
        facts = ["moment", *(f"at_{name}" for name in TIMES), *facts]
        source = f"{source}\n    CROSS JOIN {moments}"
    sql = _statement(columns, values, facts, source, conditions)
    if moments:
        sql = TIME.sub(r"at_\1", sql)
    known = card_parameters(card, request) | params
    return sql, {name: known[name] for name in set(re.findall(r"\$(\w+)", sql))}, remarks


def _values(cards: Sequence[Card]) -> list[str]:
    return [
        f"{_quick(sql)} AS {name}"
        for i, card in enumerate(cards)
        for name, sql in ((f"n_{i}", card.numerator), (f"d_{i}", _denominator(card)))
    ]


def _columns(table: Table, request: Request, values: Iterable[str]) -> list[str]:
    """The columns that the aggregates name themselves: every further one costs planning time."""
    words = set(re.findall(WORD, " ".join(values)))
    known = request.snapshot.columns(table.relation)
    return [f"facts.{name}" for name in known if name in words] if known else ["facts.*"]


def _statement(
    columns: Sequence[str],
    values: Sequence[str],
    facts: Sequence[str],
    source: str,
    filters: Sequence[str],
) -> str:
    outer, inner = ",\n    ".join([*columns, *values]), ",\n        ".join(facts)
    conditions = "\n        AND ".join(filters) or "TRUE"
    sql = (
        f"SELECT\n    {outer}\nFROM (\n    SELECT\n        {inner}\n    FROM {source}\n"
        f"    WHERE {conditions}\n) AS facts"
    )
    return f"{sql}\nGROUP BY {', '.join(columns)}" if columns else sql


def card_parameters(card: Card, request: Request) -> dict[str, object]:
    inside = {
        f"in_{name}": request.where[name] for name in card.table.within if name in request.where
    }
    return request.parameters(card) | inside


def relation(table: Table, request: Request) -> str:
    inside = [f"{sql} = $in_{name}" for name, sql in table.within.items() if name in request.where]
    return table.relation.replace("{within}", " AND ".join(inside) or "TRUE")


def date_sql(card: Card, request: Request) -> str | None:
    """The date column; its stand-in only where the snapshot has rows that need it, since a plain column
    lets the engine skip blocks."""
    if card.date is None:
        return None
    moment = card.table.dates[card.date]
    if moment.when is None or not request.snapshot.holds(card.table.relation, moment.when):
        return moment.column
    return f"CASE WHEN {moment.when} THEN {moment.otherwise} ELSE {moment.column} END"


def _denominator(card: Card) -> str:
    """The aggregate, or NULL where the base is found elsewhere: the whole, the residents."""
    return card.denominator if card.denominator and "(" in card.denominator else "NULL"


def _quick(sql: str) -> str:
    """Cards say FILTER, which reads well; over many columns of one scan, CASE takes half the time."""
    found = re.fullmatch(r"count\(\*\) FILTER \(WHERE (.+)\)", sql)
    return f"count(CASE WHEN {found[1]} THEN 1 END)" if found else sql


def _group_sql(table: Table, name: str, day: str | None) -> str:
    return BUCKETS[name].format(day) if name in TIME_DIMENSIONS else table.dimensions[name]


def _used(table: Table, values: Iterable[str]) -> list[str]:
    words = set(re.findall(WORD, " ".join(values)))
    return [name for name in table.terms if name in words]


def filters(card: Card, day: str | None, request: Request) -> tuple[list[str], dict[str, object]]:
    """The conditions a row must meet to take part, and the values in them."""
    table = card.table
    conditions: list[str] = []
    params: dict[str, object] = {}
    if card.when == "flow":
        conditions += [f"{day} >= $start", f"{day} < $end"]
    if card.place:
        conditions.append(f"({spell_out(card.place, table.terms)})")
    if request.scope.code is not None:
        conditions.append(f"{table.dimensions[request.scope.level]} = $scope")
        params["scope"] = request.scope.code
    for i, (name, value) in enumerate(request.where.items()):
        if name in table.dimensions:
            conditions.append(f"{table.dimensions[name]} = $where_{i}")
            params[f"where_{i}"] = value
    return conditions, params


@dataclass
class Read:
    """One row of a scan: its group, a pair for each card, the counts of the remarks."""

    group: Group
    pairs: list[Pair]
    remarks: list[int]


def read_row(cards: Sequence[Card], request: Request, row: tuple[Any, ...]) -> Read | None:
    """None where the scan found nothing: an aggregate without groups has a row all the same."""
    width = len(request.by)
    if not row[width]:
        return None
    group = tuple(
        _code(name, value, request) for name, value in zip(request.by, row[:width], strict=True)
    )
    numbers = [_number(value) for value in row[width + 1 :]]
    pairs = [(numbers[2 * i], numbers[2 * i + 1]) for i in range(len(cards))]
    return Read(group, pairs, [int(count or 0) for count in numbers[2 * len(cards) :]])


def read_rows(
    cards: Sequence[Card], request: Request, rows: Iterable[tuple[Any, ...]], remarks: Sequence[str]
) -> Counts:
    groups: dict[Group, dict[str, Pair]] = {}
    counted = dict.fromkeys(remarks, 0)
    for row in rows:
        if (read := read_row(cards, request, row)) is None:
            continue
        found = groups.setdefault(read.group, {})
        for card, pair in zip(cards, read.pairs, strict=True):
            # Two quarters make a half-year, so a group may come twice.
            found[card.key] = _sum(found.get(card.key), pair)
        for name, count in zip(remarks, read.remarks, strict=True):
            counted[name] += count
    return Counts(groups, counted)


def _sum(one: Pair | None, other: Pair) -> Pair:
    if one is None:
        return other
    return plus(one[0], other[0]), plus(one[1], other[1])


def plus(one: Number | None, other: Number | None) -> Number | None:
    """Not reported plus a number is the number; only two unknowns stay unknown."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


def _code(name: str, value: Any, request: Request) -> str | None:
    if value is None:
        return None
    return code_of_time(name, value, request.as_of) if name in TIME_DIMENSIONS else str(value)


def _number(value: Any) -> Number | None:
    if isinstance(value, Decimal):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
