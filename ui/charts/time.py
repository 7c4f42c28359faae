"""Time: bars for counts, lines for rates, limits drawn, the unfinished period hatched."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ui import palette
from ui.charts.base import Band, Figure, Flag, Mark, accent, figure, hover, plain, symbol
from ui.charts.breaks import broken, parts
from ui.charts.notes import noted

TICKS = 8
NARROW = 0.05


@dataclass(frozen=True)
class Limits:
    """The corridor of ordinary variation, one entry per mark (None where there is no baseline)."""

    centre: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]


def trend_bars(
    marks: Sequence[Mark],
    *,
    unit: str,
    limits: Limits | None = None,
    flags: Sequence[Flag] = (),
    bands: Sequence[Band] = (),
    breaks: Sequence[Flag] = (),
    chosen: Collection[str] = (),
    height: int = 280,
) -> Figure:
    """`chosen` are the months on show: they alone are dark, so that the limits stay readable."""
    colours = [
        accent(mark) if mark.special else palette.MAIN if mark.key in chosen else palette.SOFT
        for mark in marks
    ]
    trace = {
        "type": "bar",
        "x": [mark.key for mark in marks],
        "y": [mark.value for mark in marks],
        "text": [mark.shape for mark in marks],
        "textposition": "outside",
        "textangle": 0,
        "cliponaxis": False,
        "marker": {
            "color": [
                palette.MAIN if mark.unfinished else colour
                for mark, colour in zip(marks, colours, strict=True)
            ],
            "line": {
                "width": [1 if mark.unfinished else 0 for mark in marks],
                "color": palette.MAIN,
            },
            "pattern": _hatch(marks),
        },
        **hover(marks),
    }
    made = _over_time([trace, *_corridor(marks, limits)], marks, unit, height, zero=True)
    return broken(noted(made, marks, flags, bands), marks, breaks)


def trend_line(
    marks: Sequence[Mark],
    *,
    unit: str,
    limits: Limits | None = None,
    target: float | None = None,
    flags: Sequence[Flag] = (),
    bands: Sequence[Band] = (),
    breaks: Sequence[Flag] = (),
    height: int = 280,
    percent: bool = True,
) -> Figure:
    """`breaks` are the marks at which another definition begins: the line does not cross them."""
    lines = [_line(part) for part in parts(marks, breaks)]
    made = _over_time([*_corridor(marks, limits), *lines], marks, unit, height, percent=percent)
    if target is not None:
        made["layout"]["shapes"] = [_rule(target)]
        made["layout"]["annotations"] = [_rule_label(target, f"目标 {target:.0%}")]
    return broken(noted(made, marks, flags, bands), marks, breaks)


def _line(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [mark.key for mark in marks],
        "y": [mark.value for mark in marks],
        "line": {"color": palette.MAIN, "width": 2},
        "marker": _markers(marks),
        "connectgaps": False,
        **hover(marks),
    }


def waits(
    marks: Sequence[Mark],
    *,
    unit: str,
    limits: Limits,
    flags: Sequence[Flag] = (),
    height: int = 280,
) -> Figure:
    """One point per rare event: the days since the one before."""
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [mark.key for mark in marks],
        "y": [mark.value for mark in marks],
        "line": {"color": palette.SOFT, "width": 1},
        "marker": _markers(marks),
        **hover(marks),
    }
    made = _over_time([*_corridor(marks, limits), trace], marks, unit, height, zero=True)
    return noted(made, marks, flags, ())


def _markers(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "size": [9 if mark.special or mark.unfinished else 5 for mark in marks],
        "symbol": [
            symbol(mark) if mark.special else "circle-open" if mark.unfinished else "circle"
            for mark in marks
        ],
        "color": [accent(mark) if mark.special else palette.MAIN for mark in marks],
        "line": {"width": [2 if mark.unfinished else 0 for mark in marks], "color": palette.MAIN},
        "opacity": 1,
    }


def _hatch(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "shape": ["/" if mark.unfinished else "" for mark in marks],
        "fgcolor": palette.MAIN,
        "bgcolor": palette.FAINT,
        "size": 6,
        "solidity": 0.2,
    }


def _corridor(marks: Sequence[Mark], limits: Limits | None) -> list[dict[str, Any]]:
    if limits is None:
        return []
    keys = [mark.key for mark in marks]
    lines = ((limits.low, "dot", 1.2), (limits.high, "dot", 1.2), (limits.centre, "solid", 1.2))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": keys,
            "y": list(values),
            "line": {"color": palette.QUIET, "width": width, "dash": dash, "shape": "hvh"},
            "hoverinfo": "skip",
            "connectgaps": False,
        }
        for values, dash, width in lines
    ]


def _rule(level: float) -> dict[str, Any]:
    line = {"color": palette.ALERT, "width": 1.2, "dash": "dash"}
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": level,
        "y1": level,
        "line": line,
    }


def _rule_label(level: float, text: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "x": 1,
        "y": level,
        "text": text,
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom",
        "font": {"size": 12, "color": palette.ALERT},
    }


def _over_time(
    traces: list[dict[str, Any]],
    marks: Sequence[Mark],
    unit: str,
    height: int,
    *,
    zero: bool = False,
    percent: bool = False,
) -> Figure:
    """Categories, not dates: an unfinished or missing month keeps its place and its width."""
    every = max(1, -(-len(marks) // TICKS))
    shown = marks[(len(marks) - 1) % every :: every]
    xaxis = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [mark.key for mark in marks],
        "tickvals": [mark.key for mark in shown],
        "ticktext": _ticks([mark.label for mark in shown]),
        "tickangle": 0,
        "showgrid": False,
        "showline": True,
    }
    yaxis: dict[str, Any] = {"title": {"text": unit}, "rangemode": "tozero" if zero else "normal"}
    if percent:
        yaxis |= {"tickformat": _percent_ticks(marks)}
    return figure(
        traces,
        height,
        xaxis=xaxis,
        yaxis=yaxis,
    )


def _percent_ticks(marks: Sequence[Mark]) -> str:
    """Whole percents, unless they would print one number twice."""
    values = [mark.value for mark in marks if mark.value is not None]
    return ".0%" if not values or max(values) - min(values) > NARROW else ".1%"


def _ticks(labels: Sequence[str]) -> list[str]:
    """2024年9月 over two lines, the year only where it changes, a week without its days: whole labels
    do not fit a phone."""
    texts, last = [], ""
    for label in labels:
        year, sign, rest = label.partition("(")[0].rpartition("年")
        texts.append(plain(rest) + (f"<br>{plain(year)}{sign}" if sign and year != last else ""))
        last = year
    return texts
