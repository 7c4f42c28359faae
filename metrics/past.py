"""The past that a metric is judged by, and the period that may be told of it at all.

One way for pages, reports and the API, so that a card on the screen, a sentence on paper and a number in
another program never disagree.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from metrics.baselines import baselines
from metrics.control import Chart, chart
from metrics.definitions import Card
from metrics.lineage import redrawn
from metrics.period import DAY, Period, containing
from metrics.rare import waits
from metrics.result import Measurement, Row
from metrics.scope import Scope
from metrics.snapshot import Snapshot
from metrics.status import Status, status

LATE = 3 * DAY  # a unit in which the source began later than this is not a whole one


def first_day(snapshot: Snapshot) -> date:
    """The day of the first event of any source."""
    found = [fresh.first_event for fresh in snapshot.freshness() if fresh.first_event]
    return min(found, default=snapshot.as_of)


def unit_of(card: Card, kind: str = "month") -> str:
    """The unit of time of a metric's chart: `kind`, but sensitive groups are published by whole quarters."""
    return "quarter" if card.tier == "T2" else kind


def ever(snapshot: Snapshot, kind: str = "month") -> Period:
    """All that was ever recorded, in whole units: the same whatever is on show, as a baseline must be."""
    as_of = snapshot.as_of
    start, _ = containing(kind, min(first_day(snapshot), as_of))
    return Period("custom", start, containing(kind, as_of)[1], as_of)


def limits_of(
    snapshot: Snapshot, past: Measurement, by_day: Callable[[], Measurement] | None = None
) -> Chart:
    """The control chart of a history. `by_day` is the same metric by day, asked for only where its events
    are rare; None where it cannot be cut so."""
    kept = _as_drawn_now(snapshot, whole_units(snapshot, past), past.scope)
    made = chart(kept, baselines(snapshot, past.card.id))
    return replace(made, waits=waits(by_day())) if made.rare and by_day else made


def limits_of_parts(snapshot: Snapshot, past: Measurement) -> dict[str, Chart]:
    """The control chart of every group of a history cut by a dimension and a unit of time, by its code:
    each has a spread of its own."""
    rows: dict[str, list[Row]] = {}
    for row in past.rows:
        rows.setdefault(row.group[0] or "", []).append(row)
    return {
        code: chart(
            _as_drawn_now(
                snapshot,
                whole_units(snapshot, replace(past, rows=tuple(found))),
                Scope("grid", code) if past.by[0] == "grid" else past.scope,
            )
        )
        for code, found in rows.items()
    }


def _as_drawn_now(snapshot: Snapshot, past: Measurement, scope: Scope) -> Measurement:
    """Since the last redrawing of the area: what was counted before it is of another place and no baseline."""
    days = redrawn(snapshot, scope)
    if not days:
        return past
    kept = [
        row for row in past.rows if Period.parse(row.group[-1] or "", past.as_of).start >= days[-1]
    ]
    return replace(past, rows=tuple(kept))


def whole_units(snapshot: Snapshot, past: Measurement) -> Measurement:
    """Without the unit in which the source began in its midst: it would look like a quiet one. What is
    withheld as a whole has no unit of time to tell."""
    past = replace(past, rows=tuple(row for row in past.rows if row.group[-1] is not None))
    source = past.card.table.source
    began = next((each.first_event for each in snapshot.freshness() if each.source == source), None)
    if began is None:
        return past
    starts = [Period.parse(row.group[-1] or "", past.as_of).start for row in past.rows]
    rows = [
        row
        for row, start in zip(past.rows, starts, strict=True)
        if start > began or began - start <= LATE
    ]
    return replace(past, rows=tuple(rows))


def status_of(now: Measurement, limits: Chart | None) -> Status | None:
    """None where no judgement is due: an unfinished period, a stock."""
    due = limits is not None and not now.period.is_open
    return status(now.card, now.total, limits.test(now.total, now.period) if due else None)


def published(card: Card, period: Period) -> Period:
    """The period itself; for counts of people the last whole month or quarter it reaches into, for
    monthly figures the months it reaches into."""
    if card.when == "stock" or (card.tier == "T0" and not card.monthly):
        return period
    if card.tier == "T0":
        return whole_months(period)
    if not period.is_open and period.whole_months and card.tier == "T1":
        return period
    if not period.is_open and period.whole_months and not period.whole_months % 3:
        return period
    kind = "month" if card.tier == "T1" else "quarter"
    unit = Period.of(kind, period.until - DAY, period.as_of)
    if not unit.is_open and unit.end <= period.until:
        return unit
    return Period.of(kind, unit.start - DAY, period.as_of)


def whole_months(period: Period) -> Period:
    """A week or a few days are told by the month they end in."""
    if period.whole_months:
        return period
    return Period.of("month", period.until - DAY, period.as_of)
