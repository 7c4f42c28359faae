"""Comparing: bars for counts, dot-and-interval and funnel for rates. The order is the caller's."""

import math
from collections.abc import Sequence
from typing import Any

from ui import palette
from ui.charts.base import ROW, Figure, Mark, accent, figure, hover, plain, symbol


def bars(marks: Sequence[Mark], *, unit: str, chosen: str | None = None, row: int = ROW) -> Figure:
    """Horizontal bars, the value written beside each; a chosen one leaves the others pale."""
    colours = [
        accent(mark)
        if mark.special
        else palette.SOFT
        if chosen and mark.key != chosen
        else palette.MAIN
        for mark in marks
    ]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [mark.value for mark in marks],
        "y": [mark.key for mark in marks],
        "text": [plain(mark.text) for mark in marks],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": palette.INK},
        "marker": {"color": colours},
        # A selection must not fade what the caller has already coloured.
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        **hover(marks),
    }
    widest = max((len(mark.text) for mark in marks), default=1)
    return figure(
        [trace],
        row * max(len(marks), 1) + 44,
        xaxis={"title": {"text": unit}, "rangemode": "tozero", **_steps(marks)},
        yaxis=_names(marks),
        margin={"r": 10 + 8 * widest},
        bargap=0.34,
    )


def _steps(marks: Sequence[Mark]) -> dict[str, int]:
    """There is no half of a thing: few things are counted one by one."""
    longest = max((mark.value or 0 for mark in marks), default=0)
    return {"dtick": 1} if longest <= 5 else {"nticks": 5}


def dots(
    marks: Sequence[Mark], *, unit: str, reference: float | None = None, row: int = ROW
) -> Figure:
    """A dot and its interval per row, against one line for the whole."""
    drawn = [mark for mark in marks if mark.value is not None]
    spans = [mark for mark in drawn if mark.low is not None and mark.high is not None]
    intervals = {
        "type": "scatter",
        "mode": "lines",
        "x": [edge for mark in spans for edge in (mark.low, mark.high, None)],
        "y": [name for mark in spans for name in (mark.key, mark.key, None)],
        "line": {"color": palette.SOFT, "width": 7},
        "hoverinfo": "skip",
    }
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.value for mark in drawn],
        "y": [mark.key for mark in drawn],
        "marker": _points(drawn),
        **hover(drawn),
    }
    made = figure(
        [intervals, points],
        row * max(len(marks), 1) + 44,
        xaxis={"title": {"text": unit}, "tickformat": ".0%", "nticks": 6},
        yaxis=_names(marks),
        annotations=_right_labels(marks),
        margin={"r": 76},
    )
    if reference is not None:
        line = {"color": palette.LIMIT, "width": 1.2}
        made["layout"]["shapes"] = [
            {"type": "line", "yref": "paper", "x0": reference, "x1": reference, "y0": 0, "y1": 1}
            | {"line": line, "layer": "below"}
        ]
    return made


def funnel(
    marks: Sequence[Mark],
    *,
    sizes: Sequence[float],
    centre: float,
    low: Sequence[float],
    high: Sequence[float],
    unit: str,
    base: str,
    percent: bool = True,
    height: int = 300,
) -> Figure:
    """Units against the limits that chance allows at their size. Only the exceptions are named:
    names of units that cannot be told apart would collide and say nothing."""
    edge = {"color": palette.LIMIT, "width": 1.2, "dash": "dot"}
    drawn = [mark for mark in marks if mark.value is not None and mark.size]
    traces: list[dict[str, Any]] = [
        {"type": "scatter", "mode": "lines", "x": list(sizes), "y": list(edges), "line": edge}
        | {"hoverinfo": "skip"}
        for edges in (low, high)
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [mark.size for mark in drawn],
            "y": [mark.value for mark in drawn],
            "text": [plain(mark.label) if mark.special else "" for mark in drawn],
            "textposition": "middle right",
            "cliponaxis": False,
            "marker": _points(drawn),
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}},
            **hover(drawn),
        }
    )
    made = figure(
        traces,
        height,
        xaxis={"title": {"text": base}, "rangemode": "tozero", "tickformat": ",d"},
        yaxis={"title": {"text": unit}, "range": _reach(drawn, sizes, low, high, percent=percent)}
        | ({"tickformat": ".0%"} if percent else {}),
        margin={"r": 84},
    )
    made["layout"]["shapes"] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": centre, "y1": centre}
        | {"line": {"color": palette.LIMIT, "width": 1.2}, "layer": "below"}
    ]
    return made


def _reach(
    marks: Sequence[Mark],
    sizes: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    *,
    percent: bool,
) -> list[float]:
    """As far as the units and their own limits go: the limits of very small units would flatten all."""
    smallest = min((mark.size or 0 for mark in marks), default=0)
    at = next((i for i, size in enumerate(sizes) if size >= smallest), 0)
    values = [mark.value or 0 for mark in marks] + [low[at], high[at]]
    pad = (max(values) - min(values)) * 0.08 or 0.05
    return [max(0.0, min(values) - pad), min(max(values) + pad, 1.02 if percent else math.inf)]


def _points(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "size": [12 if mark.special else 10 for mark in marks],
        "symbol": [_symbol(mark) for mark in marks],
        "color": [_colour(mark) for mark in marks],
        "line": {"width": 1, "color": palette.PAPER},
        "opacity": 1,
    }


def _symbol(mark: Mark) -> str:
    if mark.special:
        return symbol(mark)
    return "circle-open" if mark.status == "few" else "circle"


def _colour(mark: Mark) -> str:
    """Too few to be judged is grey: there is no colour for what may be anything."""
    if mark.special:
        return accent(mark)
    return palette.LIMIT if mark.status == "few" else palette.MAIN


def _names(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [mark.key for mark in reversed(marks)],
        "range": [-0.5, len(marks) - 0.5],
        "tickvals": [mark.key for mark in marks],
        "ticktext": [_short(mark.label) for mark in marks],
        "tickfont": {"size": 13, "color": palette.INK},
        "showgrid": False,
        "ticks": "",
    }


def _short(label: str, width: int = 14) -> str:
    """A long name on two lines; what is still too long ends in … and is whole in the tooltip."""
    if len(label) <= width:
        return plain(label)
    second = label[width : 2 * width - 1] + (
        "…" if len(label) >= 2 * width else label[2 * width - 1 :]
    )
    return f"{plain(label[:width])}<br>{plain(second)}"


def _right_labels(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """Each at the place of its row: plotly takes a code of digits for a place, not for the name of one."""
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 8,
            "y": len(marks) - 1 - at,
            "text": plain(mark.text),
            "showarrow": False,
            "font": {"size": 12, "color": palette.INK if mark.value is not None else palette.QUIET},
        }
        for at, mark in enumerate(marks)
    ]
