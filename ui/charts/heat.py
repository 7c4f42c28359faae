"""Two ways at once: hour and weekday, community and month."""

from collections.abc import Sequence

from ui import palette
from ui.charts.base import Figure, figure, plain


def heat(
    values: Sequence[Sequence[float | None]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    texts: Sequence[Sequence[str]],
    unit: str,
    height: int = 260,
) -> Figure:
    """`texts` is what hovering says. A cell without a value stays white with a dash, never zero."""
    steps = len(palette.STEPS) - 1
    trace = {
        "type": "heatmap",
        "z": [list(row) for row in values],
        "x": list(columns),
        "y": list(rows),
        "text": [[plain(text) for text in row] for row in texts],
        "hovertemplate": "%{text}<extra></extra>",
        "hoverongaps": True,
        "colorscale": [[at / steps, colour] for at, colour in enumerate(palette.STEPS)],
        "zmin": 0,
        "xgap": 2,
        "ygap": 2,
        "colorbar": {
            "title": {"text": unit, "font": {"size": 12}, "side": "top"},
            "thickness": 10,
            "outlinewidth": 0,
            "tickfont": {"size": 12, "color": palette.QUIET},
        },
    }
    return figure(
        [trace],
        height,
        xaxis={"showgrid": False, "type": "category", "tickangle": 0, "ticks": ""}
        | {"tickvals": list(columns)[:: max(1, len(columns) // 8)]},
        yaxis={"showgrid": False, "type": "category", "autorange": "reversed", "ticks": ""},
    )
