"""Rungs of evidence, each drawn on its own base: yes, not known, no."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui import palette
from ui.charts.base import Figure, Mark, figure, hover, plain

BAR, LINE, GAP, AXIS = 18, 17, 12, 44  # pixels


@dataclass(frozen=True)
class Rung:
    """`words` stand above the bar, a line each: no more than a phone is wide."""

    mark: Mark
    yes: float
    unknown: float  # left out: whoever they are, the truth lies in this part of the bar
    no: float
    words: Sequence[str]
    dimmed: bool = False  # at its ceiling: it tells nothing any more


def ladder(rungs: Sequence[Rung], *, unit: str) -> Figure:
    """Top rung first. A rung that nobody reports is only words."""
    tops = _tops(rungs)
    height = tops[-1] + BAR + GAP
    hovered = hover([rung.mark for rung in rungs])
    return figure(
        [
            _bars(tops, [rung.yes for rung in rungs], _reached(rungs), hovered),
            _bars(tops, [rung.unknown for rung in rungs], _hatched(rungs)),
            _bars(tops, [rung.no for rung in rungs], {"color": palette.ALERT}),
        ],
        height + AXIS,
        barmode="stack",
        xaxis={"title": {"text": unit}, "rangemode": "tozero", "nticks": 5},
        # In pixels, since the rungs are as high as what they say.
        yaxis={"range": [height, 0], "showticklabels": False, "showgrid": False, "ticks": ""},
        annotations=[_said(rung, top) for rung, top in zip(rungs, tops, strict=True)],
        margin={"t": 0, "l": 4, "b": AXIS, "pad": 0},
    )


def _tops(rungs: Sequence[Rung]) -> list[int]:
    """Where each bar begins, below its words."""
    found, y = [], 0
    for rung in rungs:
        found.append(y + LINE * len(rung.words) + LINE // 4)
        y = found[-1] + BAR + GAP
    return found


def _bars(
    tops: Sequence[int],
    lengths: Sequence[float],
    marker: dict[str, Any],
    hovered: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": [top + BAR / 2 for top in tops],
        "width": BAR,
        "marker": marker,
        **(hovered or {"hoverinfo": "skip"}),
    }


def _reached(rungs: Sequence[Rung]) -> dict[str, Any]:
    return {"color": [palette.LIMIT if rung.dimmed else palette.MAIN for rung in rungs]}


def _hatched(rungs: Sequence[Rung]) -> dict[str, Any]:
    edges = [1 if rung.unknown else 0 for rung in rungs]
    return {
        "color": palette.PAPER,
        "line": {"width": edges, "color": palette.LIMIT},
        "pattern": {"shape": "/", "fgcolor": palette.LIMIT, "bgcolor": palette.PAPER}
        | {"size": 6, "solidity": 0.15},
    }


def _said(rung: Rung, top: int) -> dict[str, Any]:
    first, *rest = [plain(line) for line in rung.words]
    colour = palette.QUIET if rung.dimmed else palette.INK
    return {
        "x": 0,
        "xanchor": "left",
        "align": "left",
        "y": top,
        "yanchor": "bottom",
        "text": "<br>".join([f"<b>{first}</b>", *rest]),
        "showarrow": False,
        "font": {"size": 12, "color": colour},
    }
