"""Whole months from sums kept per month: a page that turns to another month then asks no engine.

What happens in a month adds up: counts and sums of a longer time are those of its months. So a cut of a
small table is scanned once over all time, by month, kept with the snapshot, and any whole months are
answered by adding. Stocks are read at the end of each month instead: metrics/moments.py. Weeks and single
days are shorter than a month, and the scan of a large table costs more than its planning: these go to the
engine as they are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from metrics import moments
from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.period import DAY, Period, as_kind
from metrics.request import Request
from metrics.scan import Counts, Group, Pair, plus, read_row, scan, write

MOST_ROWS = 250_000
OF_MONTHS = ("month", "quarter", "half", "year")
BOUND_TO_PERIOD = frozenset(("start", "end", "last", "soon"))
FIRST = date(1900, 1, 1)
Months = Mapping[str, Counts]


def counted(cards: Sequence[Card], request: Request) -> Counts:
    """The same counts as one scan of the period."""
    if not adds_up(cards, request):
        return moments.counted(cards, request) or scan(cards, request)
    outer = [name for name in request.by if name not in TIME_DIMENSIONS]
    units = [name for name in request.by if name in TIME_DIMENSIONS]
    months = _months(cards, request, (*outer, "month"))
    asked = months.keys() & request.months
    if len(asked) == 1 and not units:
        return months[asked.pop()]
    order = [[*outer, *units].index(name) for name in request.by]
    groups: dict[Group, dict[str, Pair]] = {}
    remarks = {name: 0 for card in cards for name in card.remarks}
    for code in asked:
        times = [_unit(name, code, request.as_of) for name in units]
        for part, pairs in months[code].groups.items():
            found_in = (*part, *times)
            group = tuple(found_in[at] for at in order) if units else part
            found = groups.setdefault(group, {})
            for key, pair in pairs.items():
                found[key] = _plus(found[key], pair) if key in found else pair
        for name, count in months[code].remarks.items():
            remarks[name] += count
    return Counts(groups, remarks)


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


def _months(cards: Sequence[Card], request: Request, by: tuple[str, ...]) -> Months:
    where = tuple(sorted(request.where.items()))
    return request.snapshot.kept(
        ("months", tuple(card.key for card in cards), request.scope, by, where),
        lambda: _read(cards, replace(request, period=all_time(request), by=by)),
    )


def all_time(request: Request) -> Period:
    """Up to the as-of day."""
    return Period("custom", FIRST, request.as_of + DAY, request.as_of)


def _read(cards: Sequence[Card], request: Request) -> Months:
    sql, params, remarks = write(cards, request)
    keys = [card.key for card in cards]
    months: dict[str, Counts] = {}
    for row in request.snapshot.query(sql, params):
        if (read := read_row(cards, request, row)) is None:
            continue
        *group, month = read.group
        found = months.setdefault(month or "", Counts({}, dict.fromkeys(remarks, 0)))
        found.groups[tuple(group)] = dict(zip(keys, read.pairs, strict=True))
        for name, count in zip(remarks, read.remarks, strict=True):
            found.remarks[name] += count
    return months


def _unit(kind: str, month: str, as_of: date) -> str:
    """The unit of time that a month lies in, by its code."""
    if kind == "month":
        return month
    return Period.of(as_kind(kind), date(int(month[:4]), int(month[5:7]), 1), as_of).code


def _plus(one: Pair, other: Pair) -> Pair:
    return plus(one[0], other[0]), plus(one[1], other[1])
