"""The people or households of an area, from the ledger: its own figure, else the sum of its parts."""

from collections.abc import Mapping

from metrics.records import LEVELS, Area
from metrics.scope import Scope
from metrics.snapshot import Snapshot


def population(snapshot: Snapshot, column: str, scope: Scope) -> int | None:
    """None when any part is unknown: a sum over the known parts would be too small a base."""
    return snapshot.kept(("population", column, scope), lambda: _counted(snapshot, column, scope))


def populations(snapshot: Snapshot, column: str, level: str) -> Mapping[str | None, int | None]:
    """The same of every area of a level, by its code."""
    return snapshot.kept(
        ("populations", column, level),
        lambda: {
            area.code: population(snapshot, column, Scope(level, area.code))
            for area in snapshot.areas(level)
        },
    )


def _counted(snapshot: Snapshot, column: str, scope: Scope) -> int | None:
    if scope.code is None:
        if scope.level != "street":
            return None  # rows that were not placed in any area of that level
        streets = snapshot.areas("street")
        if len(streets) == 1:
            return _of(snapshot, column, streets[0])
        return _together(snapshot, column, _tops(snapshot))
    area = snapshot.area_by_code.get(scope.code)
    return None if area is None else _of(snapshot, column, area)


def _tops(snapshot: Snapshot) -> list[Area]:
    """The areas with no larger area above them in the ledger."""
    known = snapshot.area_by_code
    return [area for area in snapshot.areas() if area.parent not in known]


def _of(snapshot: Snapshot, column: str, area: Area) -> int | None:
    own: int | None = getattr(area, column)
    if own is not None or area.level == LEVELS[-1]:
        return own
    parts = [
        part
        for part in snapshot.areas()
        if part.parent == area.code and part.code != area.code and _stands(snapshot, part)
    ]
    return _together(snapshot, column, parts)


def _stands(snapshot: Snapshot, part: Area) -> bool:
    """A grid that was redrawn away would count its people a second time."""
    return part.valid_to is None or part.valid_to >= snapshot.as_of


def _together(snapshot: Snapshot, column: str, parts: list[Area]) -> int | None:
    found = [_of(snapshot, column, part) for part in parts]
    known = [count for count in found if count is not None]
    return sum(known) if found and len(known) == len(found) else None
