"""The hotline figures of the 总览 page through measure() against the same figures in hand-written SQL."""

import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from metrics import Period, current_snapshot, measure_many
from metrics.period import DAY, add_months, month_start
from metrics.snapshot import Snapshot

ROUNDS = 7
VOLUME, ON_TIME = "hotline_volume", "hotline_on_time_due"

TAKEN = "coalesce(valid, true) AND NOT coalesce(returned, false)"
COUNTED = f"{TAKEN} AND coalesce(in_scope, true)"
VOLUMES = f"count(*) FILTER (WHERE {TAKEN})"
DUE = f"count(*) FILTER (WHERE {COUNTED})"
IN_TIME = f"count(*) FILTER (WHERE {COUNTED} AND closed_at <= due_at AND closed_at < $cut)"
OPEN = f"{COUNTED} AND coalesce(closed_at >= $end, true)"


def asked(period: Period, past: Period) -> list[tuple[tuple[str, ...], Period, tuple[str, ...]]]:
    """What the page asks of measure(): metrics, period, by."""
    before = period.previous()
    return [
        ((VOLUME, ON_TIME), period, ()),
        ((VOLUME, ON_TIME), before, ()),
        ((VOLUME, ON_TIME), past, ("month",)),
        (("hotline_overdue", "hotline_due_48h"), period, ("unit",)),
        ((ON_TIME,), period, ("community",)),
        ((VOLUME,), period, ("category",)),
        ((VOLUME,), before, ("category",)),
        ((VOLUME,), period, ("community",)),
        ((VOLUME,), before, ("community",)),
    ]


def by_hand(period: Period, past: Period) -> list[tuple[str, Period]]:
    """The same figures as an analyst would ask for them, a statement for each date and cut."""
    before = period.previous()
    accepted = "accepted_at >= $start AND accepted_at < $end"
    due = "due_at >= $start AND due_at < $end AND due_at < $cut"
    volume, on_time = f"SELECT {VOLUMES}", f"SELECT {IN_TIME}, {DUE}"
    source = "FROM hotline WHERE"
    months = "GROUP BY date_trunc('month', {})"
    return [
        *((f"{volume} {source} {accepted}", each) for each in (period, before)),
        *((f"{on_time} {source} {due}", each) for each in (period, before)),
        (f"{volume}, date_trunc('month', accepted_at) {source} {accepted} {months.format('accepted_at')}", past),
        (f"{on_time}, date_trunc('month', due_at) {source} {due} {months.format('due_at')}", past),
        (
            f"SELECT unit, count(*) FILTER (WHERE {OPEN} AND due_at < $end), "
            f"count(*) FILTER (WHERE {OPEN} AND due_at >= $end AND due_at < $end + INTERVAL 48 HOUR) "
            "FROM hotline WHERE accepted_at < $end GROUP BY unit",
            period,
        ),
        (f"{on_time}, community {source} {due} GROUP BY community", period),
        *(
            (f"{volume}, {cut} {source} {accepted} GROUP BY {cut}", each)
            for cut in ("category", "community")
            for each in (period, before)
        ),
    ]  # fmt: skip


def compare(data: Path) -> str:
    snapshot = current_snapshot(data)
    period = Period.of("month", month_start(snapshot.as_of) - DAY, snapshot.as_of)
    past = Period.between(add_months(period.start, -23), period.end - DAY, snapshot.as_of)
    _same(_measure(snapshot, period, past), _query(snapshot, period, past))
    ours = _median(lambda: _measure(snapshot, period, past))
    hand = _median(lambda: _query(snapshot, period, past))
    return (
        f"(b) metric set of 总览 / hand-written SQL        time {ours / hand:6.2f}×   aim ≤ 1.2×   "
        f"({ours * 1000:.0f} ms / {hand * 1000:.0f} ms)"
    )


def _same(ours: Counter[float], hand: Counter[float]) -> None:
    """Both sides must have found the same figures, or the times say nothing."""
    if ours != hand:
        raise AssertionError(f"only ours: {ours - hand}; only by hand: {hand - ours}")


def _measure(snapshot: Snapshot, period: Period, past: Period) -> Counter[float]:
    found: Counter[float] = Counter()
    for metrics, when, by in asked(period, past):
        for measured in measure_many(metrics, when, by=by, snapshot=snapshot).values():
            found.update(n for row in measured.rows for n in (row.numerator, row.denominator) if n)
    return found


def _query(snapshot: Snapshot, period: Period, past: Period) -> Counter[float]:
    cursor, found = snapshot.cursor(), Counter[float]()
    for sql, when in by_hand(period, past):
        known = {"start": when.start, "end": when.end, "cut": snapshot.as_of + DAY}
        params = {name: v for name, v in known.items() if f"${name}" in sql}
        for row in cursor.execute(sql, params).fetchall():
            found.update(n for n in row if isinstance(n, int) and n)
    return found


def _median(work: Callable[[], object]) -> float:
    """Rounds of a warm engine; the first is not counted."""
    taken = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])
