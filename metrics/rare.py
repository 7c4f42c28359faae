"""Rare events: not how many in a month, which is mostly none or one, but how long until the next.

A t chart (Nelson 1994): the days between events to the power of 1/3.6 are nearly normal, so an
individuals chart of them has limits, which are taken back to days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from metrics.period import Period
from metrics.result import Measurement
from metrics.signals import DECISIVE, Fired, Placed, fired
from metrics.status import Outcome, Side

ENOUGH, MOST = 12, 20  # waits of a baseline
POWER = 3.6
WIDTH = 2.66 / 3  # one standard deviation, from the mean moving range of two
FEWER: dict[Side, Side] = {"high": "low", "low": "high"}
LONG = "间隔长于上限"
SHORT = Outcome(judged=False, because=f"事件不足{ENOUGH + 1}件")


@dataclass(frozen=True)
class Wait:
    day: date
    days: float  # since the event before
    fired: tuple[Fired, ...] = ()


@dataclass(frozen=True)
class Waits:
    """The waits that ended in each event, in days, among their limits."""

    waits: tuple[Wait, ...]
    low: float
    centre: float
    high: float
    n: int  # waits of the baseline

    def test(self, period: Period) -> Outcome:
        """A long wait means few events, a short one many; a wait still running counts once it is long."""
        for wait in reversed(self.waits):
            if period.start <= wait.day < period.until:
                told = [each for each in wait.fired if each.rule in DECISIVE]
                if told:
                    return Outcome(FEWER[told[0].side], because=f"间隔{told[0].words}")
        before = [wait.day for wait in self.waits if wait.day < period.until]
        if before and (period.until - before[-1]).days > self.high:
            return Outcome("low", because=LONG)
        return Outcome()


def waits(days: Measurement) -> Waits | None:
    """Of a count by day over the whole history; None while there are too few events for limits."""
    found = between(
        [
            (Period.parse(row.group[-1] or "", days.as_of).start, int(row.numerator or 0))
            for row in days.rows
            if row.group[-1] and not row.hidden
        ]
    )
    return among_limits(found) if len(found) > ENOUGH else None


def between(counts: Sequence[tuple[date, int]]) -> list[Wait]:
    """Several events of one day are spread over it evenly: their hours are not known."""
    moments = [
        (day, (day - date(1970, 1, 1)) / timedelta(days=1) + (at + 0.5) / count)
        for day, count in sorted(counts)
        for at in range(count)
    ]
    return [Wait(day, moment - before) for (_, before), (day, moment) in pairwise(moments)]


def among_limits(found: Sequence[Wait]) -> Waits:
    scores = [wait.days ** (1 / POWER) for wait in found]
    base = scores[: min(MOST, len(scores) - 1)]
    centre = sum(base) / len(base)
    one = WIDTH * sum(abs(b - a) for a, b in pairwise(base)) / (len(base) - 1)

    def edges(k: float) -> tuple[float, float]:
        return max(0.0, centre - k * one), centre + k * one

    run = [Placed(score, centre, edges(3), edges(2)) for score in scores]
    low, high = (edge**POWER for edge in edges(3))
    return Waits(
        tuple(
            Wait(wait.day, wait.days, tuple(fired(run[: at + 1]))) for at, wait in enumerate(found)
        ),
        low,
        centre**POWER,
        high,
        len(base),
    )
