"""What orders are about: terms of their texts per thousand residents.

Loading counts in how many orders of a month, community and category a term is said (table term_months),
and publishes only terms that five orders share; a smaller cell is never shown here either.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    counted: Counter[str] = Counter()
    for month, orders in _months(snapshot, scope, (where or {}).get("category")).items():
        if period.start <= month < period.end:
            counted.update(orders)
    total = volume.total.numerator
    shown = [(term, n) for term, n in counted.items() if n >= LEAST]
    terms = tuple(
        Term(term, n, n * 1000 / residents if residents else None, n / total if total else None)
        for term, n in sorted(shown, key=lambda each: (-each[1], each[0]))
    )
    return Frequent(period, scope, volume, residents, terms, len(counted) - len(shown))


def _months(
    snapshot: Snapshot, scope: Scope, category: str | None = None
) -> Mapping[date, Mapping[str, int]]:
    """Orders by month and term: all months from one scan, which every month that is asked about shares."""
    return snapshot.kept(
        ("term months", scope, category), lambda: _counts(snapshot, scope, category)
    )


def _counts(
    snapshot: Snapshot, scope: Scope, category: str | None
) -> Mapping[date, Mapping[str, int]]:
    condition, values = placed(scope)
    if category:
        condition, values = f"{condition} AND category = ?", [*values, category]
    rows = snapshot.query(
        f"SELECT month, term, CAST(sum(orders) AS INTEGER) FROM {TABLE} WHERE {condition} "
        "GROUP BY ALL ORDER BY ALL",
        values,
    )
    found: dict[date, dict[str, int]] = {}
    for month, term, orders in rows:
        found.setdefault(month, {})[term] = orders
    return found


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
    def together(self) -> tuple[tuple[int, ...], ...]:
        """Places of terms with the same count in every month: one phrase, to be tested once."""
        groups: dict[bytes, list[int]] = {}
        for place, row in enumerate(self.counts):
            groups.setdefault(row.tobytes(), []).append(place)
        return tuple(map(tuple, groups.values()))

    @cached_property
    def at(self) -> dict[str, int]:
        return {month.code: place for place, month in enumerate(self.months)}


def series(snapshot: Snapshot, scope: Scope) -> Series:
    """Kept with the snapshot: every month that is asked about needs all of them."""
    return snapshot.kept(("term series", scope), lambda: _series(snapshot, scope))


def _series(snapshot: Snapshot, scope: Scope) -> Series:
    import numpy as np

    counted = _months(snapshot, scope)
    [(first,)] = snapshot.query(
        "SELECT CAST(min(accepted_at) AS DATE) FROM hotline WHERE accepted_at < ?",
        [Period.of("day", snapshot.as_of, snapshot.as_of).end],
    )
    if first is None:
        return Series((), (), np.zeros((0, 0)))
    start = Period.of("month", first, snapshot.as_of).start
    months = Period.between(start, snapshot.as_of, snapshot.as_of).split("month")
    months = tuple(Period.of("month", month.start, snapshot.as_of) for month in months)
    terms = tuple(sorted({term for orders in counted.values() for term in orders}))
    place = {term: at for at, term in enumerate(terms)}
    column = {month.start: at for at, month in enumerate(months)}
    counts = np.zeros((len(terms), len(months)))
    for month in counted.keys() & column.keys():  # a date beyond the as-of day is no month yet
        for term, orders in counted[month].items():
            counts[place[term], column[month]] = orders
    return Series(terms, months, counts)
