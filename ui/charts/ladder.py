"""Rungs of evidence: how many reached each, and how many of the rung before were left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui import palette
from ui.charts.base import Figure, Mark, figure, hover, plain

ROW = 56  # pixels


@dataclass(frozen=True)
class Rung:
    mark: Mark
    left: float  # of the rung before, not on this one
    said: str  # beside the bar: how many, and who was left out


def ladder(rungs: Sequence[Rung], *, unit: str) -> Figure:
    """Top rung first. What was left out is hatched; a rung that nobody reports is only words."""
    keys = [rung.mark.key for rung in rungs]
    marks = [rung.mark for rung in rungs]
    reached = {
        "type": "bar",
        "orientation": "h",
        "x": [mark.value or 0 for mark in marks],
        "y": keys,
        "marker": {"color": palette.MAIN},
        **hover(marks),
    }
    left = {
        "type": "bar",
        "orientation": "h",
        "x": [rung.left for rung in rungs],
        "y": keys,
        "hoverinfo": "skip",
        "marker": {
            "color": palette.PAPER,
            "line": {"width": 1, "color": palette.LIMIT},
            "pattern": {"shape": "/", "fgcolor": palette.LIMIT, "bgcolor": palette.PAPER}
            | {"size": 6, "solidity": 0.15},
        },
    }
    return figure(
        [reached, left],
        ROW * len(rungs) + 40,
        barmode="stack",
        bargap=0.5,
        xaxis={"title": {"text": unit}, "rangemode": "tozero", "nticks": 5},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys[::-1],
            "tickvals": keys,
            "ticktext": [plain(mark.label) for mark in marks],
            "tickfont": {"size": 13, "color": palette.INK},
            "showgrid": False,
            "ticks": "",
        },
        annotations=[_said(rung) for rung in rungs],
        margin={"t": 4},
    )


def _said(rung: Rung) -> dict:
    return {
        "x": 0,
        "xanchor": "left",
        "y": rung.mark.key,
        "yshift": 22,
        "text": plain(rung.said),
        "showarrow": False,
        "font": {"size": 12, "color": palette.INK},
    }
