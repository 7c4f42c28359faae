"""The schematic map: one equal cell per grid, grouped by community. For offices without boundaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui import palette
from ui.charts.base import Figure, Mark, accent, figure, hover, plain

BLOCKS = 3  # communities side by side
ACROSS = 6  # cells side by side in a community
CELL = 38  # pixels, high
GAP = 0.9  # of a cell, between communities
CLOSE = 0.06  # where every community is a single cell
TITLE = 0.85


@dataclass(frozen=True)
class Tile:
    """A mark with the place it belongs to and how it is filled. No fill means no value: hatched."""

    mark: Mark
    name: str  # short, written in the cell
    fill: str | None


def tiles(groups: Sequence[tuple[str, Sequence[Tile]]], *, chosen: str | None = None) -> Figure:
    """Groups keep their order; one cell per group (level community) draws larger cells."""
    single = all(len(cells) == 1 for _, cells in groups)
    across = 1 if single else ACROSS
    placed, titles, depth = _place(groups, across, single)
    trace = _cells(placed, chosen, wide=single)
    gap = CLOSE if single else GAP
    width = BLOCKS * (across + gap) - gap
    return figure(
        [trace],
        round(CELL * depth * (2.2 if single else 1)) + 16,
        xaxis={"visible": False, "range": [-0.02, width + 0.02], "fixedrange": True},
        yaxis={"visible": False, "range": [depth, -0.02], "fixedrange": True},
        annotations=titles,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        bargap=0,
        barmode="overlay",
        uniformtext={"mode": "hide", "minsize": 11},
    )


Place = tuple[Tile, float, float]


def _place(
    groups: Sequence[tuple[str, Sequence[Tile]]], across: int, single: bool
) -> tuple[list[Place], list[dict[str, Any]], float]:
    placed: list[Place] = []
    titles: list[dict[str, Any]] = []
    top = 0.0
    for start in range(0, len(groups), BLOCKS):
        line = groups[start : start + BLOCKS]
        for at, (name, cells) in enumerate(line):
            left = at * (across + (CLOSE if single else GAP))
            if not single:
                titles.append(_title(name, left, top))
            body = top + (0 if single else TITLE)
            placed += [
                (tile, left + order % across, body + order // across)
                for order, tile in enumerate(cells)
            ]
        deepest = max(-(-len(cells) // across) for _, cells in line)
        top += deepest + (0.08 if single else TITLE + GAP * 0.5)
    return placed, titles, top


def _cells(placed: Sequence[Place], chosen: str | None, *, wide: bool) -> dict[str, Any]:
    marks = [tile.mark for tile, _, _ in placed]
    fills = [tile.fill or palette.PAPER for tile, _, _ in placed]
    return {
        "type": "bar",
        "x": [left + 0.5 for _, left, _ in placed],
        "base": [top for _, _, top in placed],
        "y": [0.92] * len(placed),
        "width": [1 if wide else 0.94] * len(placed),
        "text": [
            f"{plain(tile.name)}<br><b>{plain(tile.mark.text)}</b>" if wide else plain(tile.name)
            for tile, _, _ in placed
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 14 if wide else 12, "color": [palette.on(fill) for fill in fills]},
        "marker": {
            # A point with a colour of its own hatches in it, whatever the pattern says.
            "color": [tile.fill or palette.LIMIT for tile, _, _ in placed],
            "line": _edges(marks, chosen),
            "pattern": {
                "shape": ["" if tile.fill else "/" for tile, _, _ in placed],
                "fgcolor": palette.LIMIT,
                "bgcolor": palette.PAPER,
                "size": 6,
                "solidity": 0.15,
            },
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        **hover(marks),
    }


def _edges(marks: Sequence[Mark], chosen: str | None) -> dict[str, Any]:
    """The chosen cell in black, one beyond chance in the colour of its status."""
    picked = [mark.key == chosen for mark in marks]
    return {
        "width": [
            3 if mine else 2.5 if mark.special else 1
            for mark, mine in zip(marks, picked, strict=True)
        ],
        "color": [
            palette.INK if mine else accent(mark) if mark.special else palette.RULE
            for mark, mine in zip(marks, picked, strict=True)
        ],
    }


def _title(name: str, left: float, top: float) -> dict[str, Any]:
    return {
        "x": left,
        "y": top,
        "xanchor": "left",
        "yanchor": "top",
        "text": f"<b>{plain(name)}</b>",
        "showarrow": False,
        "font": {"size": 13, "color": palette.INK},
    }
