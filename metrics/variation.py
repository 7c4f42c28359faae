"""Is a month out of the ordinary? Limits from its own past, so that chance is not reported as news.

An individuals chart: the mean of the closed months, and how much one month usually differs from the
next. Counts are compared per day, so that an unfinished month has the same footing.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.period import Period
from metrics.result import Measurement, Row

Judgement = Literal["ordinary", "high", "low", "few", "ceiling", "unknown"]
ENOUGH = 12
LATEST = 24
WIDTH = 2.66  # three standard deviations, from the mean of moving ranges of two
CEILING = 0.99


@dataclass(frozen=True)
class Verdict:
    """`low` and `high` are limits for the value itself over the days that have passed."""

    judgement: Judgement
    low: float | None = None
    high: float | None = None
    centre: float | None = None


def judge(history: Measurement, now: Row, period: Period) -> Verdict:
    """The row of `period` against the closed months of `history` (measured by month) before it."""
    card = history.card
    if now.hidden or now.value is None:
        return Verdict("unknown")
    if card.is_rate and not history.enough(now):
        return Verdict("few")
    past = baseline(history, period)
    if len(past) < ENOUGH:
        return Verdict("few")
    scale = 1.0 if card.unit in ("share", "mean", "ratio") else float(period.days)
    low, centre, high = limits(past)
    top = 1.0 if card.unit == "share" else float("inf")
    bounds = max(0.0, low) * scale, min(top, high) * scale
    if card.unit == "share" and card.direction == "higher" and now.value >= CEILING:
        return Verdict("ceiling", *bounds, centre * scale)
    outside: Judgement = "low" if now.value < bounds[0] else "high"
    ordinary = bounds[0] <= now.value <= bounds[1]
    return Verdict("ordinary" if ordinary else outside, *bounds, centre * scale)


def baseline(history: Measurement, before: Period) -> list[float]:
    """Monthly values, per day where they are counts, of the closed months before a period."""
    found = []
    for row in history.rows:
        month = Period.parse(row.group[0] or "", history.as_of)
        if month.is_open or month.end > before.start or row.value is None or row.hidden:
            continue
        whole = history.card.unit in ("share", "mean", "ratio")
        found.append(row.value if whole else row.value / month.days)
    return found[-LATEST:]


def limits(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower limit, centre, upper limit of an individuals chart."""
    centre = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    spread = WIDTH * sum(ranges) / len(ranges)
    return centre - spread, centre, centre + spread
