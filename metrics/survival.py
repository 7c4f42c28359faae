"""How long until an order or a case is closed, with the ones still open counted: Kaplan and Meier.

The mean of the closed ones would look better the larger the backlog is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import exp, inf, log, sqrt
from typing import NamedTuple

from metrics import definitions
from metrics.clock import Clock
from metrics.competing import Outcome, outcome
from metrics.definitions import card
from metrics.intervals import Z
from metrics.measure import measure
from metrics.period import Period
from metrics.records import LEVELS
from metrics.request import Request, request
from metrics.risk import CLOSED, End, followed, risk_sets
from metrics.scope import Scope
from metrics.snapshot import Snapshot, current_snapshot
from metrics.spans import BASES, spans

MARKS = (7, 15, 30)  # days


class Step(NamedTuple):
    """After `day` days, `open` of those accepted were still open: the share, with its interval."""

    day: float
    open: float
    spread: float  # Greenwood's sum, up to that day

    @property
    def low(self) -> float:
        return _bounds(self.open, self.spread)[0]

    @property
    def high(self) -> float:
        return _bounds(self.open, self.spread)[1]


@dataclass(frozen=True)
class Closed:
    """The share closed within `day` days, with its interval."""

    day: float
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Durations:
    """Of what was accepted in a period. `reason` says why there is nothing where it may not be shown."""

    clock: Clock
    ends: tuple[End, ...]
    stand_ins: int = 0  # returned without a time, placed at their dispatch
    reason: str = ""

    @cached_property
    def counted(self) -> tuple[End, ...]:
        """Those the closing rates count and whose time is known: not the returned."""
        return tuple(end for end in self.ends if end.how in (*CLOSED, "open"))

    @cached_property
    def outcomes(self) -> tuple[End, ...]:
        """The same with the returned."""
        return tuple(end for end in self.ends if end.how != "unknown")

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(estimate(self.counted))

    @cached_property
    def n(self) -> int:
        return sum(end.n for end in self.counted)

    @property
    def still_open(self) -> int:
        return self.count("open")

    @property
    def unknown(self) -> int:
        """Closed without a closing time: no duration, left out."""
        return self.count("unknown")

    def count(self, *hows: str) -> int:
        return sum(end.n for end in self.ends if end.how in hows)

    @property
    def closed_only_mean(self) -> float | None:
        """What most dashboards print. It leaves out the open ones, so it is shown as a contrast only."""
        closed = self.count(*CLOSED)
        return sum(end.days for end in self.ends if end.how in CLOSED) / closed if closed else None

    @cached_property
    def followed(self) -> float:
        return followed(self.counted)

    @cached_property
    def median(self) -> float | None:
        """The day by which half were closed; None while fewer than half are."""
        return self._reached(lambda step: step.open)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        return self._reached(lambda step: step.low), self._reached(lambda step: step.high)

    def _reached(self, read) -> float | None:
        return next((step.day for step in self.steps if read(step) <= 0.5), None)

    def closed_by(self, day: float) -> Closed | None:
        """None where nothing has been followed for so many days yet."""
        if not self.n or day > self.followed:
            return None
        before = [step for step in self.steps if step.day <= day]
        if not before:
            return Closed(day, 0.0, 0.0, 0.0)
        last = before[-1]
        return Closed(day, 1 - last.open, 1 - last.high, 1 - last.low)

    def outcome_by(self, day: float) -> Outcome | None:
        """What became of all, the returned included, within so many days."""
        return None if day > followed(self.outcomes) else outcome(self.outcomes, day)


def durations(
    table: str,
    period: Period,
    scope: Scope | None = None,
    *,
    where: Mapping[str, str] | None = None,
    clock: Clock = "calendar",
    as_of: date | None = None,
    snapshot: Snapshot | None = None,
) -> Durations:
    """From acceptance to closing, in days of `clock`, for what was accepted in the period and read at
    `as_of`. Raises BeyondCalendar where working days are asked for and not known."""
    snapshot = snapshot or current_snapshot()
    with definitions.of(snapshot):
        asked = request([card(BASES[table])], period, scope, (), where, as_of, snapshot)
        return _durations(table, asked, clock)


def _durations(table: str, asked: Request, clock: Clock) -> Durations:
    chosen = card(BASES[table])
    if LEVELS.index(asked.finest) > LEVELS.index(chosen.finest):
        total = measure(
            chosen.id,
            asked.period,
            asked.scope,
            where=asked.where,
            as_of=asked.as_of,
            snapshot=asked.snapshot,
        ).total
        if total.hidden:
            return Durations(clock, (), reason=total.reason or "")
    found = spans(table, asked, clock)
    return Durations(clock, found.ends, found.stand_ins)


def estimate(ends: Iterable[End]) -> list[Step]:
    """Product-limit estimate (Kaplan and Meier 1958), Greenwood's variance, log-log intervals."""
    share, spread, steps = 1.0, 0.0, []
    for at in risk_sets(ends):
        waiting, gone = at.waiting, at.gone
        share *= 1 - gone / waiting
        spread += gone / (waiting * left) if (left := waiting - gone) else inf
        steps.append(Step(at.day, share, spread))
    return steps


def _bounds(share: float, spread: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    width = Z * sqrt(spread) / abs(log(share))
    return share ** exp(width), share ** exp(-width)
