"""Stocks at the end of every month, from one scan: a page that turns to another month then asks no engine.

A stock is read at the end of its period, a window by the start and the end of it. Over whole months of a
small table all of these are a join of the facts with the months, which takes the engine little longer
than a single one, and is kept with the snapshot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.definitions import Card
from metrics.past import ever
from metrics.period import DAY, Period
from metrics.request import Request
from metrics.scan import TIMES, Counts, read_rows, write

MOST_JOINED = 600_000  # rows times months
TYPES = {name: "DATE" if name == "last" else "TIMESTAMP" for name in TIMES}


def counted(cards: Sequence[Card], request: Request) -> Counts | None:
    """The same counts as one scan of the period; None where the period has to be asked by itself."""
    if not whole_months(request) or request.as_of != request.snapshot.as_of:
        return None
    if any(card.when == "flow" for card in cards) or "$" in cards[0].table.relation:
        return None
    month = Period.of("month", (request.end - DAY).date(), request.as_of)
    single = request.period.start >= month.start
    if not single and any(card.when == "window" or "start" in card.moments for card in cards):
        return None
    months = _months(request)
    if (
        not months[0].start <= month.start <= months[-1].start
        or _rows(cards[0], request) * len(months) > MOST_JOINED
    ):
        return None
    return _by_month(cards, request, months).get(month.code, Counts({}, _nothing(cards)))


def whole_months(request: Request) -> bool:
    period = request.period
    return period.start.day == 1 and (period.end.day == 1 or request.end == request.cut)


def _rows(card: Card, request: Request) -> int:
    found = [each.rows for each in request.snapshot.freshness() if each.source == card.table.source]
    return found[0] if found else MOST_JOINED


def _months(request: Request) -> tuple[Period, ...]:
    """From the first event of any source to the as-of day."""
    return request.snapshot.kept("every month", lambda: ever(request.snapshot).split("month"))


def _by_month(
    cards: Sequence[Card], request: Request, months: Sequence[Period]
) -> Mapping[str, Counts]:
    where = tuple(sorted(request.where.items()))
    return request.snapshot.kept(
        ("moments", tuple(card.key for card in cards), request.scope, request.by, where),
        lambda: _read(cards, request, months),
    )


def _read(
    cards: Sequence[Card], request: Request, months: Sequence[Period]
) -> Mapping[str, Counts]:
    sql, params, remarks = write(cards, request, _relation(cards[0], request, months))
    by_month: dict[str, list[tuple[object, ...]]] = {}
    for month, *row in request.snapshot.query(sql, params):
        by_month.setdefault(months[month].code, []).append(tuple(row))
    return {code: read_rows(cards, request, rows, remarks) for code, rows in by_month.items()}


def _relation(card: Card, request: Request, months: Sequence[Period]) -> str:
    rows = []
    for position, month in enumerate(months):
        times = replace(request, period=month).parameters(card)
        said = [f"CAST('{times[name]}' AS {TYPES[name]})" for name in TIMES]
        rows.append(f"({position}, {', '.join(said)})")
    names = ", ".join(f"at_{name}" for name in TIMES)
    return f"(VALUES {', '.join(rows)}) AS moments(moment, {names})"


def _nothing(cards: Sequence[Card]) -> dict[str, int]:
    return {name: 0 for card in cards for name in card.remarks}
