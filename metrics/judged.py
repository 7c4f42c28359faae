"""The status of every row of an answer, for those who read numbers without a page around them.

A total and a unit of time are judged by the metric's own past, units side by side by the limits around
their whole: the tests of the pages, and the one function that makes a status of them.
"""

from metrics.control import Chart
from metrics.definitions import TIME_DIMENSIONS
from metrics.funnel import funnel
from metrics.measure import measure
from metrics.past import ever, limits_of, status_of, unit_of
from metrics.period import Period
from metrics.result import Measurement, Row
from metrics.snapshot import Snapshot
from metrics.status import Outcome, Status, status

COMPARED = ("share", "per_thousand")  # what has limits between units


def judged(answer: Measurement, snapshot: Snapshot, role: str) -> tuple[Status | None, ...]:
    """One for each row, in their order; None where no judgement is due: an unfinished period, a stock, a
    count of one among many."""
    if not answer.by:
        return (status_of(answer, _limits(answer, snapshot, role, unit_of(answer.card))),)
    if len(answer.by) == 1 and answer.by[0] in TIME_DIMENSIONS:
        return _over_time(answer, snapshot, role)
    if len(answer.by) == 1 and answer.card.unit in COMPARED:
        return _side_by_side(answer, snapshot, role)
    return tuple(status(answer.card, row, None) for row in answer.rows)


def _over_time(answer: Measurement, snapshot: Snapshot, role: str) -> tuple[Status | None, ...]:
    """Weeks by weeks, all else by the unit of its chart."""
    unit = unit_of(answer.card, "week" if answer.by == ("week",) else "month")
    limits = _limits(answer, snapshot, role, unit)

    def test(row: Row) -> Outcome | None:
        if limits is None or row.group[-1] is None:
            return None
        period = Period.parse(row.group[-1], answer.as_of)
        return None if period.is_open else limits.test(row, period)

    return tuple(status(answer.card, row, test(row)) for row in answer.rows)


def _side_by_side(answer: Measurement, snapshot: Snapshot, role: str) -> tuple[Status | None, ...]:
    whole = _again(answer, snapshot, role, answer.period)
    found = funnel(answer, whole.total)
    told = found.statuses if found else {}
    return tuple(
        told.get(row.group[0] or "") or status(answer.card, row, None) for row in answer.rows
    )


def _limits(answer: Measurement, snapshot: Snapshot, role: str, unit: str) -> Chart | None:
    """The control chart of the very question that was answered; None of what cannot be cut by time."""
    dimensions = answer.card.dimensions
    if unit not in dimensions:
        return None

    def past(name: str, whole: Period) -> Measurement:
        return _again(answer, snapshot, role, whole, (name,))

    by_day = (lambda: past("day", ever(snapshot))) if "day" in dimensions else None
    return limits_of(snapshot, past(unit, ever(snapshot, unit)), by_day)


def _again(
    answer: Measurement, snapshot: Snapshot, role: str, period: Period, by: tuple[str, ...] = ()
) -> Measurement:
    """The same question of another period or cut."""
    return measure(
        answer.card.id, period, answer.scope, by, where=answer.where, as_of=answer.as_of,
        version=answer.card.version, snapshot=snapshot, role=role,
    )  # fmt: skip
