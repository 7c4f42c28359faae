"""How long until an order or a case is closed, with the ones still open counted: Kaplan and Meier.

The mean of the closed ones would look better the larger the backlog is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

from metrics.definitions import card, spell_out
from metrics.intervals import Z
from metrics.period import Period
from metrics.request import Request, request
from metrics.scope import Scope
from metrics.snapshot import Snapshot

MARKS = (7, 15, 30)  # days
BASES = {"hotline": "hotline_closure_accepted", "cases": "case_closure_accepted"}


@dataclass(frozen=True)
class Step:
    """After `day` days, `open` of those accepted were still open: the share, with its interval."""

    day: float
    open: float
    low: float
    high: float


@dataclass(frozen=True)
class Durations:
    steps: tuple[Step, ...]
    n: int
    still_open: int
    unknown: int  # closed without a closing time: no duration, left out

    @property
    def median(self) -> float | None:
        """The day by which half were closed; None while fewer than half are."""
        return self._reached(lambda step: step.open)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        return self._reached(lambda step: step.low), self._reached(lambda step: step.high)

    def _reached(self, read) -> float | None:
        return next((step.day for step in self.steps if read(step) <= 0.5), None)

    def closed_by(self, day: float) -> Step | None:
        """The share closed within so many days, with its interval."""
        before = [step for step in self.steps if step.day <= day]
        if not self.n:
            return None
        if not before:
            return Step(day, 0.0, 0.0, 0.0)
        last = before[-1]
        return Step(day, 1 - last.open, 1 - last.high, 1 - last.low)


def durations(
    table: str,
    period: Period,
    scope: Scope | None = None,
    *,
    where: Mapping[str, str] | None = None,
    as_of: date | None = None,
    snapshot: Snapshot | None = None,
) -> Durations:
    """From acceptance to closing, in days, for what was accepted in the period and read at `as_of`."""
    chosen = card(BASES[table])
    asked = request([chosen], period, scope, (), where, as_of, snapshot)
    rows = _ended(table, asked)
    unknown = sum(n for _, state, n in rows if state == "unknown")
    known = [(day, state == "closed", n) for day, state, n in rows if state != "unknown"]
    still_open = sum(n for _, closed, n in known if not closed)
    n = sum(n for _, _, n in known)
    return Durations(tuple(estimate(known)), n, still_open, unknown)


def _ended(table: str, asked: Request) -> list[tuple[float, str, int]]:
    """How many were closed, or were last seen open, after so many hours, counted in twelfths of a day."""
    from metrics.scan import date_sql, filters

    chosen = card(BASES[table])
    day = date_sql(chosen, asked) or ""
    conditions, params = filters(chosen, day, asked)
    if "counted" in chosen.table.terms:
        conditions.append(spell_out("counted", chosen.table.terms))
    closed = chosen.table.terms["closed"]
    sql = f"""
SELECT ceil(date_diff('second', began, ended) / 7200.0) / 12 AS days, state, count(*) AS n
FROM (
    SELECT
        {day} AS began,
        CASE WHEN closed_at < $cut THEN closed_at ELSE $cut END AS ended,
        CASE WHEN closed_at < $cut THEN 'closed' WHEN {closed} THEN 'unknown' ELSE 'open' END AS state
    FROM {chosen.table.relation} AS facts
    WHERE {" AND ".join(conditions)}
) AS spans
GROUP BY days, state
ORDER BY days, state
"""
    known = asked.parameters(chosen) | params
    return asked.snapshot.query(sql, {k: v for k, v in known.items() if f"${k}" in sql})


def estimate(ends: Sequence[tuple[float, bool, int]]) -> list[Step]:
    """Product-limit estimate from (day, closed?, how many), with log-log intervals."""
    at_risk = sum(n for _, _, n in ends)
    share, spread, steps = 1.0, 0.0, []
    for day in sorted({day for day, _, _ in ends}):
        closed = sum(n for d, is_closed, n in ends if d == day and is_closed)
        if closed:
            share *= 1 - closed / at_risk
            spread += closed / (at_risk * (at_risk - closed)) if closed < at_risk else 0.0
            steps.append(Step(day, share, *_bounds(share, spread)))
        at_risk -= sum(n for d, _, n in ends if d == day)
    return steps


def _bounds(share: float, spread: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    width = Z * sqrt(spread) / abs(log(share))
    return share ** exp(width), share ** exp(-width)
