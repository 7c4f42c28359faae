"""What is still open, by how long it has waited: overdue on the left, the rest on the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui import palette
from ui.charts.base import Figure, Mark, figure, plain

ROW = 34  # pixels
ROOM = 1.28  # beside the longest bar, for its number


@dataclass(frozen=True)
class Layer:
    """One class of waiting. `undated` has no deadline, so nobody can say whether it is late."""

    mark: Mark
    overdue: float
    in_time: float
    undated: float = 0

    @property
    def right(self) -> float:
        return self.in_time + self.undated


def pyramid(layers: Sequence[Layer], *, unit: str) -> Figure:
    """The longest wait on top. What has no deadline is hatched."""
    most = max((max(each.overdue, each.right) for each in layers), default=0) or 1
    traces = [
        _bar(layers, "已逾期", [-each.overdue for each in layers], palette.ALERT, unit),
        _bar(layers, "未到期", [each.in_time for each in layers], palette.MAIN, unit),
    ]
    if any(each.undated for each in layers):
        traces.append(_bar(layers, "没有时限", [each.undated for each in layers], None, unit))
    places = list(range(len(layers)))  # not codes: on an axis of names, "1" would be a place
    return figure(
        traces,
        ROW * len(layers) + 74,
        barmode="relative",
        bargap=0.3,
        xaxis={"range": [-most * ROOM, most * ROOM], "showticklabels": False, "showgrid": False}
        | {"zeroline": True, "zerolinecolor": palette.LIMIT, "zerolinewidth": 1},
        yaxis={
            "range": [-0.5, len(layers) - 0.5],
            "tickvals": places,
            "ticktext": [plain(each.mark.label) for each in layers],
            "tickfont": {"size": 13, "color": palette.INK},
            "showgrid": False,
            "ticks": "",
        },
        annotations=[*_heads(layers, unit), *_numbers(layers)],
        margin={"t": 34},
    )


def _bar(
    layers: Sequence[Layer], name: str, widths: list[float], colour: str | None, unit: str
) -> dict[str, Any]:
    hatched = {"color": palette.PAPER, "line": {"width": 1, "color": palette.LIMIT}} | {
        "pattern": {"shape": "/", "fgcolor": palette.LIMIT, "bgcolor": palette.PAPER}
        | {"size": 6, "solidity": 0.2}
    }
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": widths,
        "y": list(range(len(layers))),
        "marker": {"color": colour} if colour else hatched,
        "hovertext": [
            f"<b>{plain(each.mark.label)}</b><br>{name}{abs(width):,.0f}{unit}"
            for each, width in zip(layers, widths, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _heads(layers: Sequence[Layer], unit: str) -> list[dict[str, Any]]:
    late, in_time, undated = (
        sum(getattr(each, side) for each in layers) for side in ("overdue", "in_time", "undated")
    )
    right = f"未到期 {in_time:,.0f}{unit}" + (
        f" · 没有时限(斜线){undated:,.0f}{unit}" if undated else ""
    )
    at = {"xref": "x", "x": 0, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    font = {"size": 13, "color": palette.INK}
    return [
        {
            **at,
            "xanchor": "right",
            "xshift": -10,
            "text": f"已逾期 {late:,.0f}{unit}",
            "font": font,
        },
        {**at, "xanchor": "left", "xshift": 10, "text": right, "font": font},
    ]


def _numbers(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """At the end of every bar; a side without anything says 0, quietly."""
    notes = []
    for place, each in enumerate(layers):
        for side, (n, sign) in {"right": (each.overdue, -1), "left": (each.right, 1)}.items():
            notes.append(
                {
                    "x": sign * n,
                    "y": place,
                    "xanchor": side,
                    "xshift": 6 * sign,
                    "text": f"{n:,.0f}",
                    "showarrow": False,
                    "font": {"size": 12, "color": palette.INK if n else palette.QUIET},
                }
            )
    return notes
