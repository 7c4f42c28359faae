"""What orders are about: terms of their texts per thousand residents.

Loading counts in how many orders of a month, community and category a term is said (table term_months),
and publishes only terms that five orders share; a smaller cell is never shown here either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from metrics.measure import measure
from metrics.period import DAY, Period
from metrics.population import population
from metrics.result import Measurement
from metrics.scope import Scope
from metrics.snapshot import Snapshot

if TYPE_CHECKING:
    import numpy as np

LEAST = 5
TABLE = "term_months"
LEVELS = {"street": None, "region": "region", "community": "community"}
METHOD = (
    "**词语**",
    "接入时用本机词典切分诉求内容,个人信息先已去除;一件诉求里同一个词只计一次,所以件数是说到这个词的诉求件数,各词不相加。",
    f"只用词典里有的词:通用词典、随附的治理词表、区域台账的名称和本单位词表;词典里没有的地名不拆开来数。全街道不足{LEAST}件的词不进入快照,"
    f"本期本范围不足{LEAST}件的词不显示。",
    "退回和无效的诉求不计,与诉求受理量一致。每千人按区域台账的常住人口计算。按整月、到社区。",
)


@dataclass(frozen=True)
class Term:
    """One term: the orders that say it, and these per thousand residents where the residents are known."""

    label: str
    orders: int
    per_thousand: float | None
    share: float | None  # of all orders


@dataclass(frozen=True)
class Frequent:
    period: Period
    scope: Scope
    volume: Measurement  # all orders: the base
    residents: int | None
    terms: tuple[Term, ...]  # most orders first
    fewer: int  # terms said in some orders, but in too few to be shown

    @property
    def orders(self) -> int:
        return int(self.volume.total.numerator or 0)


def has_terms(snapshot: Snapshot) -> bool:
    return bool(snapshot.columns(TABLE)) and snapshot.holds(TABLE)


def by_month(period: Period) -> Period:
    """The whole months that are told for a period: itself, or the month its last day falls in."""
    return period if period.whole_months else Period.of("month", period.until - DAY, period.as_of)


def by_community(snapshot: Snapshot, scope: Scope) -> Scope:
    """Terms are counted down to communities: a grid is told by the one it lies in."""
    if scope.level in LEVELS or scope.code is None:
        return scope
    area = snapshot.area_by_code.get(scope.code)
    return Scope("community", area.community) if area and area.community else Scope.street()


def frequent(
    snapshot: Snapshot, period: Period, scope: Scope, where: Mapping[str, str] | None = None
) -> Frequent:
    """Terms by the number of orders that say them; `where` may name a category."""
    period, scope = by_month(period), by_community(snapshot, scope)
    volume = measure("hotline_volume", period, scope, where=where, snapshot=snapshot)
    residents = population(snapshot, "residents", scope)
    condition, values = placed(scope)
    if category := (where or {}).get("category"):
        condition, values = f"{condition} AND category = ?", [*values, category]
    rows = snapshot.query(
        f"SELECT term, CAST(sum(orders) AS INTEGER) AS n FROM {TABLE} "
        f"WHERE month >= ? AND month < ? AND {condition} GROUP BY term ORDER BY n DESC, term",
        [period.start, period.end, *values],
    )
    total = volume.total.numerator
    shown = [(term, n) for term, n in rows if n >= LEAST]
    terms = tuple(
        Term(term, n, n * 1000 / residents if residents else None, n / total if total else None)
        for term, n in shown
    )
    return Frequent(period, scope, volume, residents, terms, len(rows) - len(shown))


def placed(scope: Scope) -> tuple[str, list[str | None]]:
    """The condition on term_months that a scope is, with its value."""
    column = LEVELS[scope.level]
    if column is None or scope.code is None:
        return "TRUE", []
    return f"{column} = ?", [scope.code]


@dataclass(frozen=True, eq=False)
class Series:
    """Orders per term and month, over all months from the first order to the as-of day."""

    terms: tuple[str, ...]
    months: tuple[Period, ...]
    counts: "np.ndarray"  # terms × months

    @cached_property
    def at(self) -> dict[str, int]:
        return {month.code: place for place, month in enumerate(self.months)}


def series(snapshot: Snapshot, scope: Scope) -> Series:
    """Kept with the snapshot: every month that is asked about needs all of them."""
    name = f"term series {scope.level} {scope.code}"
    if name not in snapshot.memory:
        snapshot.memory[name] = _series(snapshot, scope)
    return snapshot.memory[name]


def _series(snapshot: Snapshot, scope: Scope) -> Series:
    import numpy as np

    condition, values = placed(scope)
    rows = snapshot.query(
        f"SELECT term, month, sum(orders) FROM {TABLE} WHERE {condition} GROUP BY ALL ORDER BY ALL",
        values,
    )
    [(first,)] = snapshot.query(
        "SELECT CAST(min(accepted_at) AS DATE) FROM hotline WHERE accepted_at < ?",
        [Period.of("day", snapshot.as_of, snapshot.as_of).end],
    )
    if first is None:
        return Series((), (), np.zeros((0, 0)))
    start = Period.of("month", first, snapshot.as_of).start
    months = Period.between(start, snapshot.as_of, snapshot.as_of).split("month")
    months = tuple(Period.of("month", month.start, snapshot.as_of) for month in months)
    terms = tuple(dict.fromkeys(term for term, _, _ in rows))
    place = {term: at for at, term in enumerate(terms)}
    column = {month.start: at for at, month in enumerate(months)}
    counts = np.zeros((len(terms), len(months)))
    for term, month, orders in rows:
        if month in column:  # a date beyond the as-of day is no month yet
            counts[place[term], column[month]] = orders
    return Series(terms, months, counts)
