"""What became of the decisions: each metric's path since, its limits, and whether the aim was reached.

last_time(snapshot).sentence   # 上次议定3项:达到1项、未达到1项、无法判断1项
for each in last_time(snapshot).tracks: each.decision, each.path, each.limits, each.judged
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from metrics import Measurement, Period, Scope, Snapshot, card, measure
from metrics.aims import Judged, judge, unclear
from metrics.control import Chart
from metrics.definitions import of
from metrics.errors import MetricError
from metrics.past import ever, limits_of
from metrics.period import add_months, containing, month_start
from metrics.roles import DEFAULT
from metrics.status import VERDICTS
from metrics.words import number
from reports.decisions import Decision, decisions

BEFORE = 11  # months of the path before the period that a decision started from


@dataclass(frozen=True)
class Track:
    """One decision. `path` is the metric by month; None with its limits where it cannot be measured."""

    decision: Decision
    judged: Judged
    path: Measurement | None = None
    limits: Chart | None = None
    before: Measurement | None = None
    now: Measurement | None = None  # over the period that holds the due date


@dataclass(frozen=True)
class LastTime:
    tracks: tuple[Track, ...]
    as_of: date

    @property
    def overdue(self) -> tuple[Track, ...]:
        return tuple(each for each in self.tracks if each.decision.overdue(self.as_of))

    @property
    def sentence(self) -> str:
        """The first line of the next meeting."""
        if not self.tracks:
            return "没有进行中的议定事项"
        found = Counter(each.judged.verdict for each in self.tracks)
        said = "、".join(f"{word}{number(found[kind])}项" for kind, word in VERDICTS.items())
        late = f";已过期限{number(len(self.overdue))}项" if self.overdue else ""
        return f"上次议定{number(len(self.tracks))}项:{said}{late}"


def last_time(snapshot: Snapshot, *, role: str = DEFAULT) -> LastTime:
    """All that is still open, the first due first."""
    running = [each for each in decisions() if each.state == "open"]
    return LastTime(tuple(track(each, snapshot, role=role) for each in running), snapshot.as_of)


def track(decision: Decision, snapshot: Snapshot, *, role: str = DEFAULT) -> Track:
    """Read by the snapshot's own cards, once for each edit. What cannot be measured is 无法判断 with its
    reason."""
    return snapshot.kept(("followup", role, decision), lambda: _told(decision, snapshot, role))


def _told(decision: Decision, snapshot: Snapshot, role: str) -> Track:
    try:
        with of(snapshot):
            return _track(decision, snapshot, role)
    except MetricError as problem:
        return Track(decision, unclear(str(problem)))


def _track(decision: Decision, snapshot: Snapshot, role: str) -> Track:
    chosen, scope = card(decision.metric), Scope.parse(decision.scope or None, snapshot)
    start = Period.parse(decision.period, snapshot.as_of)
    end = Period.of(start.kind, decision.due, snapshot.as_of)

    def found(period: Period, *by: str) -> Measurement:
        return measure(
            chosen.id, period, scope, by, where=decision.where, snapshot=snapshot, role=role
        )

    unit = start.kind
    by_day = (lambda: found(ever(snapshot), "day")) if "day" in chosen.dimensions else None
    limits = limits_of(snapshot, found(ever(snapshot, unit), unit), by_day)
    before, now = found(start), found(end)
    judged = (
        unclear(f"口径已由第{decision.version}版改为第{chosen.version}版,前后不可比")
        if chosen.version != decision.version
        else judge(decision.aim, before, now, limits)
    )
    return Track(decision, judged, found(_shown(start), unit), limits, before, now)


def _shown(start: Period) -> Period:
    """From some time before the decision to the unit of time that the data ends in."""
    first, _ = containing(start.kind, add_months(month_start(start.start), -BEFORE))
    return Period("custom", first, containing(start.kind, start.as_of)[1], start.as_of)
