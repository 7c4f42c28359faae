"""Which units really differ? Limits that chance allows a unit of its size, around the value of all.

Ranking small units ranks noise: a unit is named only when chance cannot explain it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from metrics import intervals
from metrics.result import Measurement, Row

Z = 3.0902  # 99.8% limits, the convention of funnel plots
DRAWN = 60  # points of a limit curve
LEAST_EXPECTED = 1.0  # events; below this a count of none proves nothing
Side = Literal["high", "low"]


@dataclass(frozen=True)
class Funnel:
    centre: float
    sizes: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    outside: Mapping[str, Side]  # units that chance alone does not explain
    few: frozenset[str]  # too small to be judged


def funnel(units: Measurement, whole: Row) -> Funnel | None:
    """For shares and for rates per thousand, grouped by one dimension; None where nothing is known."""
    known = {
        code: row
        for row in units.rows
        if (code := row.group[-1]) and row.value is not None and row.denominator
    }
    if not known or not whole.value or not whole.denominator:
        return None
    per_thousand = units.card.unit == "per_thousand"
    centre = whole.value / 1000 if per_thousand else whole.value
    few = {
        code
        for code, row in known.items()
        if (
            centre * (row.denominator or 0) < LEAST_EXPECTED
            if per_thousand
            else not units.enough(row)
        )
    }
    outside = {
        code: side
        for code, row in known.items()
        if code not in few and (side := _side(row, centre, per_thousand))
    }
    largest = max(row.denominator or 0 for row in known.values())
    sizes = tuple(largest * 1.08 * step / DRAWN for step in range(1, DRAWN + 1))
    scale = 1000 if per_thousand else 1
    edges = [_edges(centre, size, per_thousand) for size in sizes]
    low, high = (tuple(edge[at] * scale for edge in edges) for at in (0, 1))
    return Funnel(whole.value, sizes, low, high, outside, frozenset(few))


def _edges(centre: float, size: float, per_thousand: bool) -> tuple[float, float]:
    spread = centre if per_thousand else centre * (1 - centre)
    half = Z * sqrt(max(spread, 0.0) / size)
    return max(0.0, centre - half), centre + half if per_thousand else min(1.0, centre + half)


def _side(row: Row, centre: float, per_thousand: bool) -> Side | None:
    """Wilson's interval holds the centre exactly where the value lies within the drawn limits."""
    count, size = row.numerator or 0, row.denominator or 1
    if per_thousand:
        low, high = (edge / size for edge in intervals.events(count, Z))
    else:
        low, high = intervals.wilson(count, size, Z)
    return "high" if low > centre else "low" if high < centre else None
