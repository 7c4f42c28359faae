"""Is a period out of the ordinary? Control charts, by the type of the data.

p′ for shares and u′ for counts (Laney 2002: limits follow the size of each period, and how much periods
differ beyond chance is learnt from the baseline), XmR for means and ratios; what happens less than
twice a period is charted by the days between events (metrics/rare.py). A baseline is fixed and dated:
the first 12 to 20 closed periods, or what the office has set with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.baselines import Baseline
from metrics.definitions import Card
from metrics.period import Period
from metrics.phase import ENOUGH, MOST, Kind, Phase, Point, Unit, fit
from metrics.phase import points as points_of
from metrics.rare import Waits
from metrics.result import Measurement, Row
from metrics.status import NO_PAST, Outcome

SHORTEST = 7  # days: what is shorter has rhythms of its own
SHORT = Outcome(judged=False, because=f"{NO_PAST}{ENOUGH + 1}期")
BRIEF = Outcome(judged=False, because=f"期间不足{SHORTEST}天")
NAMES: dict[Kind, str] = {"p": "p′图", "u": "u′图", "xmr": "XmR图"}


def kind_of(card: Card) -> Kind:
    if card.unit == "share":
        return "p"
    return "u" if card.unit in ("count", "per_thousand") else "xmr"


@dataclass(frozen=True)
class Chart:
    """The closed periods of one metric among their limits."""

    card: Card
    kind: Kind
    phases: tuple[Phase, ...]
    points: Mapping[str, Point]
    unit_days: float
    waits: Waits | None = None

    @property
    def rare(self) -> bool:
        """Whether the days between events say more than their number."""
        return bool(self.phases) and self.kind == "u" and self.phases[-1].sparse

    def phase(self, period: Period) -> Phase | None:
        """The one that holds at a time: the last to begin before its end. None before the first, whose
        periods were too few for limits."""
        begun = [each for each in self.phases if each.base[0].start < period.end]
        return begun[-1] if begun else None

    def point(self, row: Row, period: Period) -> Point | None:
        """For a longer or shorter time than the chart's own: limits at its own size."""
        if period.code in self.points:
            return self.points[period.code]
        phase = self.phase(period)
        unit = _unit(self.card, row, period, self.unit_days)
        if phase is None or unit is None:
            return None
        return points_of([unit], phase)[0]

    def test(self, row: Row, period: Period) -> Outcome:
        """Of rare events: too many for one period, else by the waits between them."""
        if period.days < SHORTEST:
            return BRIEF
        point = self.point(row, period)
        found = point.test if point else SHORT
        return self.waits.test(period) if self.waits and found.side != "high" else found

    @property
    def dispersion(self) -> float | None:
        """How much periods differ: in standard deviations of chance for shares and counts, in the
        metric's own unit for the others; None without a baseline."""
        return self.phases[-1].spread if self.phases else None


def chart(history: Measurement, baselines: Sequence[Baseline] = ()) -> Chart:
    """Of a history by month or week. Open, hidden and unreported periods take no part."""
    card = history.card
    days = _unit_days(history)
    units = []
    for row in history.rows:
        period = Period.parse(row.group[-1] or "", history.as_of)
        unit = None if period.is_open else _unit(card, row, period, days)
        if unit:
            units.append(unit)
    phases, points = _phases(units, kind_of(card), baselines), {}
    for phase, held in phases:
        if phase is not None:
            placed = zip(held, points_of(held, phase), strict=True)
            points |= {unit.code: point for unit, point in placed}
    return Chart(card, kind_of(card), tuple(p for p, _ in phases if p), points, days)


def _unit(card: Card, row: Row, period: Period, unit_days: float) -> Unit | None:
    if row.value is None or row.hidden or period.days < 1:
        return None
    kind, count, base = kind_of(card), row.numerator or 0.0, row.denominator or 0.0
    if kind == "xmr":
        return Unit(period.code, period, row.value, period.days / unit_days, 1.0)
    if kind == "p":
        return Unit(period.code, period, row.value, base, 1.0) if 0 <= row.value <= 1 else None
    people = base / 1000 if card.unit == "per_thousand" else 1.0
    exposure = people * period.days
    return Unit(period.code, period, count / exposure, exposure, period.days)


def _unit_days(history: Measurement) -> float:
    by = history.by[-1] if history.by else "month"
    return {"week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4}.get(by, 365.25 / 12)


def _phases(
    units: Sequence[Unit], kind: Kind, baselines: Sequence[Baseline]
) -> list[tuple[Phase | None, Sequence[Unit]]]:
    """Each phase with the periods it judges; a phase of None has too few to judge by."""
    starts = [each.start for each in baselines]
    until = starts[0] if starts else None
    first = [unit for unit in units if until is None or unit.period.start < until]
    latest = units[-1:] if first and first[-1] is units[-1] else []
    base = first[: min(MOST, len(first) - len(latest))]
    found = [(fit(kind, base), first)]
    for each, end in zip(baselines, [*starts[1:], None], strict=False):
        held = [u for u in units if each.start <= u.period.start and (end is None or u.period.start < end)]  # fmt: skip
        base = [unit for unit in held if unit.period.end <= each.end]
        found.append((fit(kind, base, each.reason), held))
    return [(phase, held) for phase, held in found if held]
