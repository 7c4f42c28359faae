"""Rungs of evidence, each drawn on its own base: yes, not known, no."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import Figure, Mark, figure, hover, plain

BAR, LINE, GAP = 18, 17, 14  # pixels


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
    most = max((len(rung.words) for rung in rungs), default=1)
    row = BAR + LINE * most + GAP
    return figure(
        [
            _bars(
                rungs, [rung.yes for rung in rungs], _reached(rungs), hover([r.mark for r in rungs])
            ),
            _bars(rungs, [rung.unknown for rung in rungs], _hatched()),
            _bars(rungs, [rung.no for rung in rungs], {"color": palette.ALERT}),
        ],
        row * len(rungs) + 44,
        barmode="stack",
        bargap=1 - BAR / row,
        xaxis={"title": {"text": unit}, "rangemode": "tozero", "nticks": 5},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [rung.mark.key for rung in rungs][::-1],
            # The bar lies low in its row, the words above it.
            "range": [-0.5 + (most * LINE / 2) / row - 0.12, len(rungs) - 0.5 + most * LINE / row],
            "showticklabels": False,
            "showgrid": False,
            "ticks": "",
        },
        annotations=[_said(rung) for rung in rungs],
        margin={"t": 0, "l": 4},
    )


def _bars(
    rungs: Sequence[Rung], lengths: Sequence[float], marker: dict, hovered: dict | None = None
) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "y": [rung.mark.key for rung in rungs],
        "marker": marker,
        **(hovered or {"hoverinfo": "skip"}),
    }


def _reached(rungs: Sequence[Rung]) -> dict:
    return {"color": [palette.LIMIT if rung.dimmed else palette.MAIN for rung in rungs]}


def _hatched() -> dict:
    return {
        "color": palette.PAPER,
        "line": {"width": 1, "color": palette.LIMIT},
        "pattern": {"shape": "/", "fgcolor": palette.LIMIT, "bgcolor": palette.PAPER}
        | {"size": 6, "solidity": 0.15},
    }


def _said(rung: Rung) -> dict:
    first, *rest = [plain(line) for line in rung.words]
    colour = palette.QUIET if rung.dimmed else palette.INK
    return {
        "x": 0,
        "xanchor": "left",
        "align": "left",
        "y": rung.mark.key,
        "yanchor": "bottom",
        "yshift": BAR / 2,
        "text": "<br>".join([f"<b>{first}</b>", *rest]),
        "showarrow": False,
        "font": {"size": 12, "color": colour},
    }
