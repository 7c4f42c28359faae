"""How long things wait on average within a number of days, and how far apart two groups are, in days:
what a leader can read, where a hazard ratio is not. Restricted mean survival time (Irwin 1949; Royston and
Parmar 2013), the area under the Kaplan–Meier curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

from metrics.intervals import Z
from metrics.risk import End, followed, risk_sets

HORIZON = 30.0  # days
LEAST = 7.0  # a shorter view of two groups says nothing about how long things take
ENOUGH = 10  # in each group


@dataclass(frozen=True)
class RestrictedMean:
    days: float  # the mean wait; what waits longer counts as the horizon
    error: float  # standard error


@dataclass(frozen=True)
class Difference:
    """One group's mean wait less the other's, up to `horizon` days, with its 95% interval."""

    days: float
    low: float
    high: float
    horizon: float

    @property
    def distinct(self) -> bool:
        return not self.low <= 0 <= self.high


def restricted_mean(ends: Sequence[End], horizon: float = HORIZON) -> RestrictedMean:
    """Area under the curve up to the horizon. The variance sums over the days, in proportion to the square
    of the area that lies after each: a chance on an early day moves all that follows."""
    sets = [at for at in risk_sets(ends) if at.day < horizon]
    shares = [1.0]
    for at in sets:
        shares.append(shares[-1] * (1 - at.gone / at.waiting))
    edges = [0.0, *(at.day for at in sets), horizon]
    areas = [
        share * (end - begin) for share, begin, end in zip(shares, edges, edges[1:], strict=False)
    ]
    after, variance = 0.0, 0.0
    for at, area in zip(reversed(sets), reversed(areas), strict=False):
        after += area
        if left := at.waiting - at.gone:
            variance += after**2 * at.gone / (at.waiting * left)
    return RestrictedMean(sum(areas), sqrt(variance))


def difference(
    one: Sequence[End], other: Sequence[End], horizon: float = HORIZON
) -> Difference | None:
    """None where a group is too small, or either was followed for less than a week. The horizon is
    shortened to the whole days that both were followed for."""
    groups = (one, other)
    horizon = float(floor(min(horizon, *map(followed, groups))))
    if horizon < LEAST or any(sum(end.n for end in group) < ENOUGH for group in groups):
        return None
    first, second = (restricted_mean(group, horizon) for group in groups)
    days, half = first.days - second.days, Z * sqrt(first.error**2 + second.error**2)
    return Difference(days, days - half, days + half, horizon)
