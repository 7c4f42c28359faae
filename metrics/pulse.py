"""Each source against its own rhythm: how old its last row is, and which months are empty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from metrics.records import Freshness
from metrics.snapshot import Snapshot

Judgement = Literal["late", "on_time", "no_rhythm", "no_dates"]

MONTHLY = 31  # a source that is due less often may leave a month out
NEVER = 10**6


@dataclass(frozen=True)
class Month:
    start: date
    rows: int
    gap: bool
    unfinished: bool


@dataclass(frozen=True)
class Pulse:
    """One source against its own rhythm. `months` runs to the as-of month, empty ones included."""

    fresh: Freshness
    age: int | None
    judgement: Judgement
    months: tuple[Month, ...]

    @property
    def gaps(self) -> tuple[Month, ...]:
        return tuple(month for month in self.months if month.gap)


def pulses(snapshot: Snapshot) -> tuple[Pulse, ...]:
    """Late ones first, then the shorter rhythm."""
    by_month: dict[str, dict[date, int]] = defaultdict(dict)
    for each in snapshot.month_rows():
        by_month[each.source][each.month] = each.rows
    found = [
        _pulse(each, by_month[each.source], snapshot.as_of)
        for each in snapshot.freshness()
        if each.rows
    ]
    return tuple(
        sorted(
            found,
            key=lambda p: (
                p.judgement != "late",
                p.fresh.last_event is None,
                p.fresh.rhythm_days or NEVER,
                -p.fresh.rows,
            ),
        )
    )


def _pulse(fresh: Freshness, rows: dict[date, int], as_of: date) -> Pulse:
    months = tuple(
        Month(
            start,
            rows.get(start, 0),
            not rows.get(start) and _overdue(fresh, start, as_of),
            start == as_of.replace(day=1),
        )
        for start in (_months(min(rows), as_of) if rows else ())
    )
    return Pulse(fresh, fresh.age_days(as_of), _judge(fresh, as_of), months)


def _judge(fresh: Freshness, as_of: date) -> Judgement:
    if fresh.last_event is None:
        return "no_dates"
    if fresh.rhythm_days is None:
        return "no_rhythm"
    return "late" if fresh.is_late(as_of) else "on_time"


def _overdue(fresh: Freshness, month: date, as_of: date) -> bool:
    """Whether an empty month should have had rows by now: later ones are there, or its time is up."""
    if fresh.rhythm_days is None or fresh.rhythm_days > MONTHLY or fresh.last_event is None:
        return False
    return month < fresh.last_event or _next(month) + timedelta(fresh.rhythm_days) <= as_of


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month + timedelta(31)).replace(day=1)
