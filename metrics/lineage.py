"""Grids that were redrawn: which became which, when, and by what share.

Two periods on either side of a redrawing count different places under one name, so they are not compared
unless what happened before is counted to today's grids (metrics/redrawn.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from metrics.period import Period
from metrics.scope import Scope
from metrics.snapshot import Snapshot

WHOLE = 1e-6  # shares may miss their sum by this


@dataclass(frozen=True)
class Piece:
    """A part of one grid that became, or stayed, part of another. `share` is of the old grid, as told."""

    old: str
    new: str
    day: date
    share: float
    edited: bool = False


@dataclass(frozen=True)
class Lineage:
    pieces: tuple[Piece, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """Of the redrawings, in order: from that day on the new grids count."""
        return tuple(sorted({piece.day for piece in self.pieces}))

    def of(self, old: str, day: date) -> tuple[Piece, ...]:
        return tuple(piece for piece in self.pieces if (piece.old, piece.day) == (old, day))

    def told(self, old: str, day: date) -> float:
        """The sum of the shares of one redrawn grid: 1, unless the table is wrong."""
        return sum(piece.share for piece in self.of(old, day))

    def today(self, grid: str, day: date, located: str | None = None) -> Mapping[str, float]:
        """Where what happened in a grid on a day lies by the latest division: parts of one whole.

        `located` is today's grid around the record's point; it decides where the grid can have become it.
        Shares that do not add up to one are taken in proportion, so that nothing is lost or made.
        """
        parts = {grid: 1.0}
        for at in self.days:
            if at > day:
                parts = self._redrawn(parts, at)
        return {located: 1.0} if located in parts else parts

    def _redrawn(self, parts: Mapping[str, float], at: date) -> dict[str, float]:
        found: dict[str, float] = {}
        for code, weight in parts.items():
            whole = self.told(code, at)
            into = {piece.new: piece.share / whole for piece in self.of(code, at)} or {code: 1.0}
            for new, share in into.items():
                found[new] = found.get(new, 0.0) + weight * share
        return found


def lineage(snapshot: Snapshot) -> Lineage:
    return snapshot.kept("lineage", lambda: Lineage(_read(snapshot)))


def _read(snapshot: Snapshot) -> tuple[Piece, ...]:
    if not snapshot.columns("area_lineage"):
        return ()  # a snapshot from before there was such a table
    rows = snapshot.query(
        "SELECT from_grid, to_grid, date, share, edited FROM area_lineage ORDER BY date, from_grid, to_grid"
    )
    return tuple(Piece(*row) for row in rows)


def broken(snapshot: Snapshot, scope: Scope, one: Period, other: Period) -> tuple[Piece, ...]:
    """The redrawings between the first day of either period and the last that change what an area is."""
    start, end = min(one.start, other.start), max(one.until, other.until)
    return tuple(
        piece
        for piece in lineage(snapshot).pieces
        if start < piece.day < end and piece.old != piece.new and _changes(snapshot, scope, piece)
    )


def redrawn(snapshot: Snapshot, scope: Scope) -> tuple[date, ...]:
    """The days from which on an area is another place than before, in order."""
    pieces = lineage(snapshot).pieces
    return tuple(
        sorted(
            {
                piece.day
                for piece in pieces
                if piece.old != piece.new and _changes(snapshot, scope, piece)
            }
        )
    )


def _changes(snapshot: Snapshot, scope: Scope, piece: Piece) -> bool:
    """Whether the piece left the area or came to it; moved inside, the area stays what it was."""
    if scope.code is None:
        return False
    inside = [_above(snapshot, code, scope.level) == scope.code for code in (piece.old, piece.new)]
    return inside[0] != inside[1]


def _above(snapshot: Snapshot, grid: str, level: str) -> str | None:
    area = snapshot.area_by_code.get(grid)
    return grid if level == "grid" else getattr(area, level, None)


def refusal(
    snapshot: Snapshot, scope: Scope, one: Period, other: Period, word: str = "比较"
) -> str | None:
    """Why two periods of an area cannot be compared as they were recorded; None where they can."""
    if not (found := broken(snapshot, scope, one, other)):
        return None
    days = "、".join(spoken(day) for day in sorted({piece.day for piece in found}))
    return f"网格在{days}划分过,{word}须折算"


def spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
