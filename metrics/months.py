"""Whole months from sums kept per month: a page that turns to another month then asks no engine.

What happens in a month adds up: counts and sums of a longer time are those of its months. So a cut of a
small table is scanned once over all time, by month, kept with the snapshot, and any whole months are
answered by adding. Stocks are read at the end of each month instead: metrics/moments.py. Weeks and single
days are shorter than a month, and the scan of a large table costs more than its planning: these go to the
engine as they are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from metrics import moments
from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.period import DAY, Period, as_kind
from metrics.request import Request
from metrics.scan import Counts, Group, Number, plus, read_row, scan, write

MOST_ROWS = 250_000
OF_MONTHS = ("month", "quarter", "half", "year")
BOUND_TO_PERIOD = frozenset(("start", "end", "last", "soon"))
FIRST = date(1900, 1, 1)
Pair = tuple[Number | None, Number | None]


@dataclass(frozen=True)
class Part:
    """What one month adds to one group: a pair for each card, the counts of the remarks."""

    group: Group
    pairs: tuple[Pair, ...]
    remarks: tuple[int, ...]


Months = Mapping[str, Sequence[Part]]


def counted(cards: Sequence[Card], request: Request) -> Counts:
    """The same counts as one scan of the period."""
    if not adds_up(cards, request):
        return moments.counted(cards, request) or scan(cards, request)
    outer = [name for name in request.by if name not in TIME_DIMENSIONS]
    units = [name for name in request.by if name in TIME_DIMENSIONS]
    order = [[*outer, *units].index(name) for name in request.by]
    months, remarks = _months(cards, request, (*outer, "month"))
    groups: dict[Group, dict[str, Pair]] = {}
    totals = dict.fromkeys(remarks, 0)
    for code in months.keys() & _asked(request):
        times = [_unit(name, code, request.as_of) for name in units]
        for part in months[code]:
            found_in = (*part.group, *times)
            group = tuple(found_in[at] for at in order) if units else part.group
            found = groups.setdefault(group, {})
            for card, pair in zip(cards, part.pairs, strict=True):
                known = found.get(card.key)
                found[card.key] = pair if known is None else _plus(known, pair)
            for name, count in zip(remarks, part.remarks, strict=True):
                totals[name] += count
    return Counts(groups, totals)


def adds_up(cards: Sequence[Card], request: Request) -> bool:
    return (
        moments.whole_months(request)
        and request.as_of == request.snapshot.as_of
        and all(card.when == "flow" for card in cards)
        and all(name in OF_MONTHS or name not in TIME_DIMENSIONS for name in request.by)
        and _is_small(cards[0], request)
        and not any(BOUND_TO_PERIOD & card.moments for card in cards)
    )


def _is_small(card: Card, request: Request) -> bool:
    rows = [f.rows for f in request.snapshot.freshness() if f.source == card.table.source]
    return bool(rows) and rows[0] <= MOST_ROWS


def _months(
    cards: Sequence[Card], request: Request, by: tuple[str, ...]
) -> tuple[Months, list[str]]:
    where = tuple(sorted(request.where.items()))
    key = ("months", tuple(card.key for card in cards), request.scope, by, where)
    kept = request.snapshot.memory.setdefault("months", {})
    if key not in kept:
        kept[key] = _read(cards, replace(request, period=all_time(request), by=by))
    return kept[key]


def all_time(request: Request) -> Period:
    """Up to the as-of day."""
    return Period("custom", FIRST, request.as_of + DAY, request.as_of)


def _read(cards: Sequence[Card], request: Request) -> tuple[Months, list[str]]:
    sql, params, remarks = write(cards, request)
    months: dict[str, list[Part]] = {}
    for row in request.snapshot.query(sql, params):
        read = read_row(cards, request, row)
        if read is not None:
            *group, month = read.group
            months.setdefault(month or "", []).append(
                Part(tuple(group), tuple(read.pairs), tuple(read.remarks))
            )
    return months, remarks


def _asked(request: Request) -> set[str]:
    months = Period("custom", request.period.start, request.period.end, request.as_of)
    return {Period.of("month", unit.start, request.as_of).code for unit in months.split("month")}


def _unit(kind: str, month: str, as_of: date) -> str:
    """The unit of time that a month lies in, by its code."""
    if kind == "month":
        return month
    return Period.of(as_kind(kind), date(int(month[:4]), int(month[5:7]), 1), as_of).code


def _plus(one: Pair, other: Pair) -> Pair:
    return plus(one[0], other[0]), plus(one[1], other[1])
