"""How many orders the days of a month usually bring: 12 working days are not 23.

Every day counts by its kind: the working days by weekday, swapped Saturdays among them, days off, and the
days of the Spring Festival. What a kind weighs is learnt from all orders of the snapshot; 1 is an average day.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from metrics.period import DAY, Period
from metrics.snapshot import Snapshot

if TYPE_CHECKING:
    import numpy as np

FESTIVAL = "春节"
SEEN = 6  # days of a kind before it has a weight of its own


def exposures(snapshot: Snapshot, months: Sequence[Period]) -> "np.ndarray":
    """Average days that the elapsed part of each month is worth."""
    import numpy as np

    weights = day_weights(snapshot)
    begun = min(weights, default=snapshot.as_of)
    return np.array([sum(weights.get(day, 1.0) for day in _days(month, begun)) for month in months])


def _days(month: Period, begun: date) -> list[date]:
    return [day for n in range(month.days) if (day := month.start + n * DAY) >= begun]


def day_weights(snapshot: Snapshot) -> dict[date, float]:
    """The weight of every day from the first order to a year after the as-of day."""
    return snapshot.kept("day weights", lambda: _day_weights(snapshot))


def _day_weights(snapshot: Snapshot) -> dict[date, float]:
    counts: dict[date, int] = dict(
        snapshot.query(
            "SELECT CAST(accepted_at AS DATE) AS day, count(*) FROM hotline "
            "WHERE COALESCE(valid, TRUE) AND NOT COALESCE(returned, FALSE) "
            "AND CAST(accepted_at AS DATE) <= ? GROUP BY day",
            [snapshot.as_of],
        )
    )
    if not counts:
        return {}
    kinds = _kinds(snapshot, min(counts))
    seen: dict[str, list[int]] = defaultdict(list)
    for day, kind in kinds.items():
        if day <= snapshot.as_of:
            seen[kind].append(counts.get(day, 0))
    average = sum(counts.values()) / max(sum(map(len, seen.values())), 1)
    weigh = {
        kind: sum(each) / len(each) / average if len(each) >= SEEN else 1.0
        for kind, each in seen.items()
    }
    return {day: weigh.get(kind, 1.0) for day, kind in kinds.items()}


def _kinds(snapshot: Snapshot, first: date) -> dict[date, str]:
    rows = snapshot.query(
        "SELECT day, is_workday, festival FROM calendar WHERE day >= ? AND day <= ? ORDER BY day",
        [first, snapshot.as_of + 366 * DAY],
    )
    return {
        day: FESTIVAL
        if festival == FESTIVAL and not is_workday
        else str(day.isoweekday())
        if is_workday
        else "off"
        for day, is_workday, festival in rows
    }
