"""How long it takes: the share closed by each day, with its interval."""

from collections.abc import Sequence
from typing import Protocol

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


def curve(steps: Sequence[Step], height: int = 260) -> Figure:
    """The share closed by each day, as a staircase with its interval."""
    days = [0.0, *(step.day for step in steps)]
    closed = [0.0, *(1 - step.open for step in steps)]
    low, high = ([0.0, *(1 - getattr(step, side) for step in steps)] for side in ("high", "low"))
    shape = {"type": "scatter", "mode": "lines", "x": days}
    edge = {"line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    line = {"color": palette.MAIN, "width": 2, "shape": "hv"}
    return figure(
        [
            {**shape, **edge, "y": low},
            {**shape, **edge, "y": high, "fill": "tonexty", "fillcolor": palette.FAINT},
            {**shape, "y": closed, "line": line}
            | {"hovertemplate": "%{x:.1f}天内办结 %{y:.1%}<extra></extra>"},
        ],
        height,
        xaxis={"title": {"text": "受理后天数"}, "rangemode": "tozero"},
        yaxis={"title": {"text": "已办结"}, "tickformat": ".0%", "range": [0, 1.02]},
    )
