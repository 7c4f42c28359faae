"""A strip of months for each source: how much came in, where nothing did, how far the data reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ui import palette
from ui.charts.base import Figure, figure, plain
from ui.charts.label import two_lines

ROW = 54  # pixels
TALL = 0.62  # of a row: its fullest month
ABOVE = 30  # pixels over the strips, for the as-of date


@dataclass(frozen=True)
class Bar:
    height: float  # of the fullest month of its strip
    text: str
    gap: bool = False
    unfinished: bool = False


@dataclass(frozen=True)
class Strip:
    """`bars` end with the last month drawn; a strip that begins later is shorter."""

    name: str
    about: str  # under the name
    verdict: str
    because: str  # under the verdict
    special: bool
    bars: Sequence[Bar]
    instead: str = ""  # of bars


def strips(found: Sequence[Strip], months: Sequence[date], *, until: float, as_of: str) -> Figure:
    """`until` is where the as-of day lies, in months from the first one drawn."""
    made = figure(
        [_bars(found, len(months)), _gaps(found, len(months))],
        ROW * max(len(found), 1) + ABOVE + 34,
        xaxis={"range": [-0.6, len(months) - 0.4], "showgrid": False, "ticks": "outside"}
        | _years(months),
        yaxis={
            "range": [len(found) - 0.25, -0.85],
            "tickvals": list(range(len(found))),
            "ticktext": [two_lines(strip.name, strip.about, 14) for strip in found],
            "tickfont": {"size": 13, "color": palette.INK},
            "ticks": "",
            "showgrid": False,
        },
        annotations=[*map(_verdict, found, range(len(found))), *_instead(found, len(months))],
        margin={"t": ABOVE, "r": 88},
        bargap=0.2,
    )
    if months:
        line = {"color": palette.QUIET, "width": 1.2, "dash": "dot"}
        made["layout"]["shapes"] = [
            {"type": "line", "yref": "paper", "x0": until, "x1": until, "y0": 0, "y1": 1}
            | {"line": line, "layer": "below"}
        ]
        made["layout"]["annotations"].append(
            {"x": until, "yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": "right"}
            | {"text": plain(as_of), "showarrow": False}
            | {"font": {"size": 12, "color": palette.QUIET}}
        )
    return made


def _placed(found: Sequence[Strip], count: int, *, gaps: bool) -> list[tuple[int, int, Bar]]:
    return [
        (count - len(strip.bars) + at, row, bar)
        for row, strip in enumerate(found)
        for at, bar in enumerate(strip.bars)
        if bar.gap == gaps and (gaps or bar.height)
    ]


def _bars(found: Sequence[Strip], count: int) -> dict[str, Any]:
    """Upwards is a negative height: the axis is turned over so that the first strip is on top."""
    drawn = _placed(found, count, gaps=False)
    return {
        "type": "bar",
        "x": [x for x, _, _ in drawn],
        "base": [row + TALL / 2 for _, row, _ in drawn],
        "y": [-TALL * bar.height for _, _, bar in drawn],
        "hovertext": [plain(bar.text) for _, _, bar in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "color": [palette.SOFT if bar.unfinished else palette.MAIN for *_, bar in drawn],
            "line": {"width": [int(bar.unfinished) for *_, bar in drawn], "color": palette.MAIN},
            "pattern": {
                "shape": ["/" if bar.unfinished else "" for *_, bar in drawn],
                "fgcolor": palette.MAIN,
                "bgcolor": palette.PAPER,
                "size": 5,
                "solidity": 0.3,
            },
        },
    }


def _gaps(found: Sequence[Strip], count: int) -> dict[str, Any]:
    drawn = _placed(found, count, gaps=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in drawn],
        "y": [row + TALL / 2 - 0.12 for _, row, _ in drawn],
        "hovertext": [plain(bar.text) for _, _, bar in drawn],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": "x-thin",
            "size": 9,
            "line": {"width": 2.5, "color": palette.ALERT},
        },
    }


def _verdict(strip: Strip, row: int) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 8,
        "y": row,
        "align": "left",
        "text": two_lines(strip.verdict, strip.because),
        "showarrow": False,
        "font": {"size": 13, "color": palette.ALERT if strip.special else palette.INK},
    }


def _instead(found: Sequence[Strip], count: int) -> list[dict[str, Any]]:
    return [
        {"x": -0.4 if count else 0, "y": row, "xanchor": "left", "text": plain(strip.instead)}
        | {"showarrow": False, "font": {"size": 12, "color": palette.QUIET}}
        for row, strip in enumerate(found)
        if strip.instead
    ]


def _years(months: Sequence[date]) -> dict[str, Any]:
    """Each January; the first month too where no January stands near it."""
    at = [place for place, month in enumerate(months) if month.month == 1]
    first = [] if not months or (at and at[0] < 6) else [0]
    return {
        "tickvals": [*first, *at],
        "ticktext": [f"{months[0]:%Y}年{months[0].month}月" for _ in first]
        + [f"{months[place]:%Y}年" for place in at],
        "tickangle": 0,
    }
