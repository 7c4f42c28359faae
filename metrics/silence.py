"""Grids where patrols find much and nobody calls: low need, or people who do not report?

Orders expected of a grid follow from its residents and from what patrols found there, over all grids (a
negative binomial regression with log links). A grid is named where it has far fewer than that, of all grids
at once (Benjamini and Hochberg at 5%), and where patrols found at least as much per resident as elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metrics.measure import measure
from metrics.period import Period, add_months, month_start
from metrics.population import population
from metrics.scope import Scope
from metrics.snapshot import Snapshot

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]
    Yes = np.ndarray[Any, np.dtype[np.bool_]]

MONTHS = 12
STEPS = 60  # of the regression; it settles in fewer than ten
LEAST_GRIDS = 20
LEAST_EXPECTED = 10.0  # orders; below this even none proves little
LEAST_FOUND = 5  # by patrols
FALSE = 0.05  # of the grids named, the share that may be named by chance
HALF = 0.5  # named only with less than this part of what is expected
FOUND_IN, BY_PATROL = (
    ("hazard", "task"),
    "active",
)  # kinds and origin of cases that patrols bring in


@dataclass(frozen=True)
class Grid:
    """`chance` is of so few orders or fewer. `judged` is false where too little is expected or found."""

    code: str
    name: str
    residents: int
    found: int
    called: int
    expected: float
    chance: float
    judged: bool
    silent: bool

    @property
    def found_per_1000(self) -> float:
        return self.found / self.residents * 1000


@dataclass(frozen=True)
class Silence:
    period: Period
    grids: tuple[Grid, ...]  # by code
    usual_found: float  # by patrols, per thousand residents of all grids
    dispersion: float  # alpha of the negative binomial
    unknown: int  # grids without residents
    because: str = ""  # why there is no judgement

    @property
    def silent(self) -> tuple[Grid, ...]:
        return tuple(grid for grid in self.grids if grid.silent)

    @property
    def judged(self) -> int:
        return sum(grid.judged for grid in self.grids)


def silence(snapshot: Snapshot, until: Period) -> Silence:
    """Over the twelve months that end with the month in which a period ends."""
    period = _year(until)
    called, found = _called(snapshot, period), _found(snapshot, period)
    areas = [
        area
        for area in snapshot.areas("grid")
        if (area.valid_to is None or area.valid_to >= period.start)
    ]
    people = {
        area.code: population(snapshot, "residents", Scope("grid", area.code)) for area in areas
    }
    known = [area for area in areas if people[area.code]]
    unknown = len(areas) - len(known)
    if reason := _reason(len(known), sum(called.values()), sum(found.values())):
        return Silence(period, (), 0.0, 0.0, unknown, reason)
    import numpy as np

    residents = np.array([people[area.code] for area in known], dtype=float)
    finds = np.array([found.get(area.code, 0) for area in known], dtype=float)
    calls = np.array([called.get(area.code, 0) for area in known], dtype=float)
    expected, alpha = fitted(calls, residents, finds)
    chances = lower_tail(calls, expected, alpha)
    usual = float(finds.sum() / residents.sum() * 1000)
    much = finds / residents * 1000 >= usual
    judged = (expected >= LEAST_EXPECTED) & (finds >= LEAST_FOUND)
    silent = held(chances, judged) & judged & much & (calls < HALF * expected)
    columns = zip(known, residents, finds, calls, expected, chances, judged, silent, strict=True)
    grids = tuple(
        Grid(area.code, area.name, int(n), int(f), int(c), float(e), float(p), bool(j), bool(s))
        for area, n, f, c, e, p, j, s in columns
    )
    return Silence(period, grids, usual, alpha, unknown)


def _year(until: Period) -> Period:
    last = month_start(until.end) if until.end.day == 1 else add_months(month_start(until.end), 1)
    return Period("custom", add_months(last, -MONTHS), last, until.as_of)


def _called(snapshot: Snapshot, period: Period) -> Mapping[str, float]:
    rows = measure("hotline_volume", period, by=("grid",), snapshot=snapshot).rows
    return {row.group[0]: row.numerator or 0 for row in rows if row.group[0]}


def _found(snapshot: Snapshot, period: Period) -> Mapping[str, float]:
    """Hazards and tasks whose origin says that a patrol found them."""
    sums: dict[str, float] = {}
    for kind in FOUND_IN:
        where = {"kind": kind, "origin": BY_PATROL}
        rows = measure("case_count", period, by=("grid",), where=where, snapshot=snapshot).rows
        for row in rows:
            if code := row.group[0]:
                sums[code] = sums.get(code, 0) + (row.numerator or 0)
    return sums


def _reason(grids: int, calls: float, finds: float) -> str:
    if grids < LEAST_GRIDS:
        return f"有常住人口的网格不足{LEAST_GRIDS}个"
    if not calls:
        return "没有落到网格的诉求"
    return "" if finds else "没有落到网格的巡查发现"


def fitted(calls: "Array", residents: "Array", finds: "Array") -> "tuple[Array, float]":
    """Orders expected of each grid, and how much more than chance they vary (alpha; 0 for Poisson).

    Poisson regression of orders on log residents and log(1 + finds per thousand), which is consistent
    whatever the dispersion; alpha by moments. A grid without any order adds at most one of all grids to it.
    """
    import numpy as np

    about = np.column_stack([np.log(residents), np.log1p(finds / residents * 1000)])
    about = about[:, np.ptp(about, axis=0) > 1e-9]  # what is the same everywhere explains nothing
    design = np.column_stack([np.ones(len(calls)), about - about.mean(axis=0)])
    mu = _regressed(calls, design, 0.0)
    free = len(calls) - design.shape[1]
    alpha = max(0.0, float((((calls - mu) ** 2 - mu) / mu**2).sum() / free))
    return (_regressed(calls, design, alpha) if alpha else mu), alpha


def _regressed(calls: "Array", design: "Array", alpha: float) -> "Array":
    """Fitted means of a log-linear regression by iterated weighting; statsmodels takes a second to import."""
    import numpy as np

    mu = (calls + calls.mean()) / 2 + 0.1
    for _ in range(STEPS):
        eta, weights = np.log(mu), np.sqrt(mu / (1 + alpha * mu))
        wanted = (eta + (calls - mu) / mu) * weights
        slopes = np.linalg.lstsq(design * weights[:, None], wanted, rcond=None)[0]
        before, mu = mu, np.exp(design @ slopes)
        if np.abs(mu - before).max() < 1e-9 * mu.max():
            break
    return mu


def lower_tail(calls: "Array", expected: "Array", alpha: float) -> "Array":
    """The chance of so few or fewer."""
    from scipy.stats import nbinom, poisson

    if alpha < 1e-9:
        return poisson.cdf(calls, expected)
    size = 1 / alpha
    return nbinom.cdf(calls, size, size / (size + expected))


def held(chances: "Array", judged: "Yes") -> "Yes":
    """Which of those judged remain when all of them are tested at once."""
    import numpy as np
    from scipy.stats import false_discovery_control

    kept = np.zeros(len(chances), dtype=np.bool_)
    if judged.any():
        kept[judged] = false_discovery_control(chances[judged]) <= FALSE
    return kept
