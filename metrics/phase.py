"""One stretch of periods with one baseline: its centre, how much its periods differ, its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from metrics import limits
from metrics.period import Period
from metrics.signals import DECISIVE, Fired, Placed, fired
from metrics.status import Outcome

if TYPE_CHECKING:
    from metrics.limits import Array

ENOUGH, MOST = 12, 20  # periods of a baseline
RARE = 2.0  # events a period, on average of the baseline
D2 = 1.128  # mean moving range of two, in standard deviations
Kind = Literal["p", "u", "xmr"]


@dataclass(frozen=True)
class Unit:
    """One period of a history. `value` is in the measure's own terms: a share, events per exposure."""

    code: str
    period: Period
    value: float
    exposure: (
        float  # the base of a share, days or person-days of a count, the share of a unit's days
    )
    scale: float  # from value to what a reader sees


@dataclass(frozen=True)
class Phase:
    """A stretch of time with one baseline. `spread` is sigma z for p′ and u′, a standard deviation for
    XmR; never below what chance alone gives."""

    kind: Kind
    centre: float
    spread: float
    base: tuple[Period, Period]  # the first and the last period of the baseline
    n: int
    expected: float  # events a period, on average; of a share, those of the rarer kind
    reason: str = ""

    @property
    def sparse(self) -> bool:
        """So few events that most periods lie on one side of the centre: runs then mean nothing."""
        return self.kind != "xmr" and self.expected < RARE

    def edges(self, exposure: "Array", k: float) -> "tuple[Array, Array]":
        if self.kind == "p":
            return limits.of_share(self.centre, exposure, k, spread=self.spread)
        if self.kind == "u":
            return limits.of_rate(self.centre, exposure, k, spread=self.spread)
        half = k * self.spread / exposure**0.5
        return (self.centre - half).clip(min=0.0), self.centre + half


@dataclass(frozen=True)
class Point:
    """Limits and value of one period as a reader sees them, and the rules its value sets off."""

    low: float
    centre: float
    high: float
    fired: tuple[Fired, ...] = ()

    @cached_property
    def test(self) -> Outcome:
        told = next((each for each in self.fired if each.rule in DECISIVE), None)
        return Outcome(told.side, because=told.words) if told else Outcome()


def fit(kind: Kind, base: Sequence[Unit], reason: str = "") -> Phase | None:
    """Centre and spread of a baseline; None where it is too short for one."""
    import numpy as np

    if len(base) < ENOUGH:
        return None
    value = np.array([unit.value for unit in base])
    size = np.array([unit.exposure for unit in base])
    centre = float(value.mean()) if kind == "xmr" else _pooled(kind, value, size)
    spread = sigma(kind, value, size, centre)
    if kind != "xmr":
        # A smaller one is luck of a short baseline, and would cry wolf.
        spread = max(1.0, spread)
    rarer = min(centre, 1 - centre) if kind == "p" else centre
    expected = rarer * float(size.mean())
    return Phase(
        kind, centre, spread, (base[0].period, base[-1].period), len(base), expected, reason
    )


def _pooled(kind: Kind, value: "Array", size: "Array") -> float:
    """Events over exposure. That nothing ever happened, or everything, does not make it certain: half
    an event is added."""
    events, whole = float((value * size).sum()), float(size.sum())
    if kind == "u":
        return max(events, 0.5) / whole
    return (events + 0.5) / (whole + 1) if events <= 0 or events >= whole else events / whole


def sigma(kind: Kind, value: "Array", size: "Array", centre: float) -> float:
    """From the mean moving range: of the values (XmR), of their z-scores (Laney's sigma z)."""
    import numpy as np

    if kind == "xmr":
        scores = value
    else:
        chance = np.sqrt((centre * (1 - centre) if kind == "p" else centre) / size)
        scores = (value - centre) / chance if chance.all() else np.zeros_like(value)
    return float(np.abs(np.diff(scores)).mean() / D2)


def points(units: Sequence[Unit], phase: Phase) -> list[Point]:
    import numpy as np

    size: Any = np.array([unit.exposure for unit in units], dtype=float)
    outer = np.transpose(phase.edges(size, 3.0)).tolist()
    inner = np.transpose(phase.edges(size, 2.0)).tolist()
    run = [
        Placed(unit.value, phase.centre, tuple(wide), tuple(narrow))
        for unit, wide, narrow in zip(units, outer, inner, strict=True)
    ]
    return [
        Point(
            placed.outer[0] * unit.scale,
            placed.centre * unit.scale,
            placed.outer[1] * unit.scale,
            tuple(fired(run[at if phase.sparse else 0 : at + 1])),
        )
        for at, (unit, placed) in enumerate(zip(units, run, strict=True))
    ]
