"""Which units really differ? Limits that chance allows a unit of its size, around the value of all.

Ranking small units ranks noise: a unit is named only when chance cannot explain it. Exact 99.8% limits
(binomial, Poisson), widened where the units as a whole vary more than chance (Spiegelhalter 2005: phi
from winsorised z-scores); among many units what remains must also pass Benjamini and Hochberg at 5%.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, sqrt
from typing import TYPE_CHECKING

from metrics import limits, shrinkage
from metrics.result import Measurement, Row
from metrics.status import Outcome, Side, Status, status
from metrics.tails import Binomial, Poisson

if TYPE_CHECKING:
    from metrics.limits import Array

Z = 3.0902  # 99.8% limits, the convention of funnel plots
SURE = 3.0  # a unit beyond its limits has a z-score of Z at least, and more where they are widened
BEYOND = 0.002  # of equal units, the share beyond these limits
FALSE = 0.05  # of the units named, the share that may be named by chance
WINSOR = 0.1  # of the z-scores, at either end
KEPT = 0.68  # of the mean square of normal scores, after winsorising
LEAST_UNITS = 5  # fewer do not tell how much they vary
DRAWN = 60  # points of a limit curve
LEAST_EXPECTED = 1.0  # events; below this a count of none proves nothing


@dataclass(frozen=True)
class Curve:
    """Limits at each size of a unit, in the unit of the page."""

    sizes: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Funnel:
    """Who differs; the curves to draw and the shrunken values are worked out where they are asked for."""

    units: "_Units" = field(repr=False)
    scale: int  # from the value per case to the one on the page
    statuses: Mapping[str, Status]  # of every unit, by its code
    few: frozenset[str]  # too small to be judged
    phi: float  # over-dispersion, where it widens the limits
    spared: int  # beyond the limits, but not when so many are compared at once

    @property
    def centre(self) -> float:
        return self.units.centre * self.scale

    @property
    def judged(self) -> int:
        return len(self.units.codes) - len(self.few)

    @cached_property
    def curve(self) -> "Curve":
        import numpy as np

        # Whole bases: a binomial of half a case is none.
        steps = np.arange(1, DRAWN + 1) / DRAWN
        sizes = np.unique(np.ceil(self.units.bases.max() * 1.08 * steps))
        low, high = self.units.edges(sizes, sqrt(self.phi))
        return Curve(*(tuple(one.tolist()) for one in (sizes, low * self.scale, high * self.scale)))

    @cached_property
    def shrunken(self) -> Mapping[str, float]:
        """The empirical-Bayes value of every unit with one."""
        shrink = shrinkage.rates if self.units.poisson else shrinkage.shares
        values = shrink(self.units.events, self.units.bases) * self.scale
        return dict(zip(self.units.codes, values.tolist(), strict=True))

    @cached_property
    def special(self) -> frozenset[str]:
        """Units that chance alone does not explain."""
        return frozenset(code for code, each in self.statuses.items() if each.special)


@dataclass(frozen=True)
class _Units:
    """The units that have a value, as columns. A rate is per person here, per thousand on the page."""

    codes: Sequence[str]
    events: "Array"
    bases: "Array"
    centre: float
    poisson: bool

    def edges(self, bases: "Array", spread: float = 1.0) -> "tuple[Array, Array]":
        find = limits.of_rate if self.poisson else limits.of_share
        return find(self.centre, bases, Z, spread=spread, exact_below=limits.ALWAYS)


def funnel(units: Measurement, whole: Row) -> Funnel | None:
    """For shares and for rates per thousand, grouped by one dimension; None where nothing is known."""
    import numpy as np

    known = {
        code: row
        for row in units.rows
        if (code := row.group[-1]) and row.value is not None and row.denominator
    }
    if not known or not whole.value or not whole.denominator:
        return None
    poisson = units.card.unit == "per_thousand"
    scale = 1000 if poisson else 1
    columns = _Units(
        list(known),
        np.array([row.numerator or 0 for row in known.values()], dtype=float),
        np.array([row.denominator for row in known.values()], dtype=float),
        min(whole.value / scale, np.inf if poisson else 1.0),
        poisson,
    )
    fit = columns.bases * columns.centre >= LEAST_EXPECTED if poisson else None
    few = frozenset(
        code
        for at, (code, row) in enumerate(known.items())
        if not (fit[at] if fit is not None else units.enough(row))
    )
    phi, sides, spared = _sides(columns, few)
    tests = dict.fromkeys(known, Outcome()) | dict.fromkeys(few, Outcome(judged=False))
    tests |= {code: Outcome(side) for code, side in sides.items()}
    found = ((row.group[-1], status(units.card, row, tests.get(row.group[-1] or ""))) for row in units.rows)  # fmt: skip
    statuses = {code: each for code, each in found if code and each}
    return Funnel(columns, scale, statuses, few, phi, spared)


def _sides(units: _Units, few: frozenset[str]) -> tuple[float, dict[str, Side], int]:
    """Over-dispersion, the units beyond chance, and how many the number of comparisons explains."""
    import numpy as np

    big = np.array([code not in few for code in units.codes])
    if not big.any():
        return 1.0, {}, 0
    events, bases = units.events[big], units.bases[big]
    scores = z_scores(units, events, bases)
    phi = over_dispersion(scores)
    far = np.flatnonzero(np.abs(scores) >= SURE)
    if not len(far):
        return phi, {}, 0
    low, high = units.edges(bases[far], sqrt(phi))
    values = zip(
        far.tolist(), (events[far] / bases[far]).tolist(), low.tolist(), high.tolist(), strict=True
    )
    outside: dict[int, Side] = {
        at: "high" if value > top else "low"
        for at, value, bottom, top in values
        if value < bottom or value > top
    }
    if not outside:
        return phi, {}, 0
    held, codes = _held(scores, phi, list(outside)), [c for c in units.codes if c not in few]
    sides = {codes[at]: side for at, side in outside.items() if at in held}
    return phi, sides, len(outside) - len(sides)


def _held(scores: "Array", phi: float, outside: Sequence[int]) -> set[int]:
    """Which of the units outside pass when so many are compared at once."""
    import numpy as np
    from scipy.special import ndtr
    from scipy.stats import false_discovery_control

    chances = np.minimum(1.0, 2 * ndtr(-np.abs(scores) / sqrt(phi)))
    if chances[outside].max() <= FALSE / len(chances):
        return set(outside)  # small enough for any number of false ones among the others
    passed = false_discovery_control(chances) <= FALSE
    return {at for at in outside if passed[at]}


def z_scores(units: _Units, events: "Array", bases: "Array") -> "Array":
    """How far each unit lies from the centre in standard deviations of chance, from the exact tails."""
    import numpy as np
    from scipy.special import ndtri

    law = Poisson(units.centre * bases) if units.poisson else Binomial(bases, units.centre)
    # Half of what lies on the value itself, so that equal units have scores about nought.
    both = np.stack((events, events - 1))
    upper, lower = law.sf(both).mean(axis=0), law.cdf(both).mean(axis=0)
    return np.where(
        upper < lower, -ndtri(np.maximum(upper, 1e-300)), ndtri(np.maximum(lower, 1e-300))
    )


def over_dispersion(scores: "Array") -> float:
    """Phi: the mean square of the winsorised z-scores; 1 where chance explains as much."""
    import numpy as np

    if len(scores) < LEAST_UNITS:
        return 1.0
    # Inward: of nine units one at either end gives way, so that a single outlier hides nobody.
    ordered, out = np.sort(scores), ceil(WINSOR * (len(scores) - 1))
    phi = float((np.clip(scores, ordered[out], ordered[-1 - out]) ** 2).mean()) / KEPT
    return phi if phi > 1 + 2 * sqrt(2 / len(scores)) else 1.0
