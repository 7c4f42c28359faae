"""Which groups a table of results has: the ones found, and the ones where nothing happened.

A month or a community without any row is a zero, if its source was reported then; it is never left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.labels import CLASSES
from metrics.period import DAY, Period, as_kind
from metrics.records import LEVELS, Area
from metrics.request import AREA_DIMENSIONS, Request
from metrics.scan import Group

MOST_FILLED_IN = 20_000
BY_CODE = frozenset({*LEVELS, *TIME_DIMENSIONS, "hour", "weekday", *CLASSES})


def all_groups(card: Card, request: Request, found: Iterable[Group]) -> list[Group]:
    """Found groups and empty ones: every area and time unit, with whatever else was found."""
    found = list(found)
    if not request.by:
        return [()]
    axes = [_axis(card, request, i, name, found) for i, name in enumerate(request.by)]
    if prod(map(len, axes)) > MOST_FILLED_IN:
        return found
    known = set(found)
    return found + [group for group in product(*axes) if group not in known]


def _axis(
    card: Card, request: Request, position: int, name: str, found: Sequence[Group]
) -> Sequence[str | None]:
    if name in AREA_DIMENSIONS:
        return [area.code for area in _areas(request, name)] or _seen(found, position)
    if name in TIME_DIMENSIONS:
        return [unit.code for unit in _units(card, request, name)]
    seen = _seen(found, position)
    if name not in card.table.complete or name in request.where:
        return seen
    return list(dict.fromkeys([*request.snapshot.labels(name, card.table.source), *seen]))


def _seen(found: Sequence[Group], position: int) -> list[str | None]:
    return list(dict.fromkeys(group[position] for group in found))


def _areas(request: Request, level: str) -> list[Area]:
    """The areas of a level that lie in the scope and existed at the end of the period."""
    last = (request.end - DAY).date()
    above = request.area
    return [
        area
        for area in request.snapshot.areas(level)
        if (above.code is None or getattr(area, above.level, None) == above.code)
        and (area.valid_from is None or area.valid_from <= last)
        and (area.valid_to is None or area.valid_to >= last)
    ]


def _units(card: Card, request: Request, name: str) -> list[Period]:
    kind = as_kind(name)
    units = [Period.of(kind, unit.start, request.as_of) for unit in request.period.split(kind)]
    return [unit for unit in units if reported(card, request, unit)]


def reported(card: Card, request: Request, period: Period) -> bool:
    """Whether the source covers any day of a period; if not, nothing found there means not reported."""
    table = card.table
    if not request.snapshot.holds(table.source):
        return False
    for source in request.snapshot.freshness():
        if source.source == table.source and source.first_event and source.last_event:
            return source.first_event < period.until and period.start <= source.last_event
    return True


def in_order(request: Request, groups: Iterable[Group], size: Mapping[Group, float]) -> list[Group]:
    """Areas and times by code; everything else by size. Never by rate."""
    groups = list(groups)
    ranks = [_ranks(name, groups, at, size) for at, name in enumerate(request.by)]
    if len(ranks) == 1:
        return sorted(groups, key=lambda group: ranks[0][group[0]])
    return sorted(
        groups, key=lambda group: [rank[code] for rank, code in zip(ranks, group, strict=True)]
    )


def _ranks(
    name: str, groups: Sequence[Group], position: int, size: Mapping[Group, float]
) -> dict[str | None, tuple[bool, float, str]]:
    """By the code; what is not known stands last."""
    if name in BY_CODE:
        codes = {group[position] for group in groups}
        return {code: (code is None, 0.0, (code or "").zfill(2)) for code in codes}
    totals = _totals(groups, position, size)
    return {code: (code is None, -total, (code or "").zfill(2)) for code, total in totals.items()}


def _totals(
    groups: Sequence[Group], position: int, size: Mapping[Group, float]
) -> dict[str | None, float]:
    found: dict[str | None, float] = {}
    for group in groups:
        code = group[position]
        found[code] = found.get(code, 0) + size.get(group, 0)
    return found
