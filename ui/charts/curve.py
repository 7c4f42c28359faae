"""How long it takes: the share closed by each day, with its interval."""

import math
from collections.abc import Sequence
from typing import Any, Protocol

from metrics.words import number
from ui import palette
from ui.charts.base import Figure, figure


class Step(Protocol):
    """A step of a survival estimate: of all, the share still open after `day` days."""

    @property
    def day(self) -> float: ...
    @property
    def open(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def curve(
    steps: Sequence[Step],
    *,
    unit: str = "天",
    median: float | None = None,
    until: float = math.inf,
    followed: float = math.inf,
    height: int = 260,
) -> Figure:
    """The share closed by each day, as a staircase with its interval, up to `until` or to where anything
    was followed."""
    shown = [step for step in steps if step.day <= until]
    last = min(until, followed if math.isfinite(followed) else until)
    ends = last if math.isfinite(last) else (shown[-1].day if shown else 0.0)
    marked = median is not None and median <= ends
    made = figure(
        [*_staircase(shown, ends, unit), *([_half(median, unit)] if marked else [])],
        height,
        xaxis={
            "title": {"text": f"受理后{unit.removeprefix('个')}数"},
            "range": [0, max(ends, 1)],
            "tickvals": _ticks(ends),
        },
        yaxis={"title": {"text": "已办结"}, "tickformat": ".0%", "range": [0, 1.02]},
    )
    if marked:
        made["layout"]["shapes"] = _lead(median)
    return made


def _staircase(shown: Sequence[Step], ends: float, unit: str) -> list[dict[str, Any]]:
    days = [0.0, *(step.day for step in shown), ends]
    closed = _held([1 - step.open for step in shown])
    low, high = (_held([1 - getattr(step, side) for step in shown]) for side in ("high", "low"))
    shape = {"type": "scatter", "mode": "lines", "x": days}
    edge = {"line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    line = {"color": palette.MAIN, "width": 2, "shape": "hv"}
    return [
        {**shape, **edge, "y": low},
        {**shape, **edge, "y": high, "fill": "tonexty", "fillcolor": palette.FAINT},
        {**shape, "y": closed, "line": line}
        | {"hovertemplate": f"%{{x:.1f}}{unit}内办结 %{{y:.1%}}<extra></extra>"},
    ]


def _held(values: Sequence[float]) -> list[float]:
    """From nothing, and on at the last height: nobody ended after it, but they were watched."""
    return [0.0, *values, values[-1] if values else 0.0]


def _half(median: float, unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [median],
        "y": [0.5],
        "text": [f"一半:{number(median, 1)}{unit}"],
        "textposition": "bottom right",
        "textfont": {"size": 12, "color": palette.INK},
        "marker": {"size": 9, "color": palette.MAIN, "line": {"width": 1, "color": palette.PAPER}},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _lead(median: float) -> list[dict[str, Any]]:
    """From the half down to the day."""
    line = {"color": palette.LIMIT, "width": 1.2, "dash": "dot"}
    return [
        {"type": "line", "x0": 0, "x1": median, "y0": 0.5, "y1": 0.5, "line": line, "layer": "below"},
        {"type": "line", "x0": median, "x1": median, "y0": 0, "y1": 0.5, "line": line, "layer": "below"},
    ]  # fmt: skip


def _ticks(last: float) -> list[int]:
    """The days that people ask about."""
    asked = (0, 7, 15, 30, 45, 60, 90) if last > 30 else (0, 3, 7, 15, 21, 30)
    return [day for day in asked if day <= max(last, 3)]
