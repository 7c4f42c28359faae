"""A year of days, weeks across and weekdays down: when something happened and when nothing did."""

from collections.abc import Mapping
from datetime import date, timedelta

from ui import palette
from ui.charts.base import Figure, figure, plain

WEEKDAYS = "一二三四五六日"


def calendar(
    counts: Mapping[date, float], *, first: date, last: date, word: str, height: int = 190
) -> Figure:
    """`first` to `last` both included. A day without anything is pale, a day outside is blank."""
    monday = first - timedelta(days=first.weekday())
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weeks = [(day - monday).days // 7 for day in days]
    values = [counts.get(day, 0) for day in days]
    most = max([*values, 1])
    steps = palette.STEPS
    trace = {
        "type": "heatmap",
        "x": weeks,
        "y": [day.weekday() for day in days],
        "z": values,
        "text": [
            plain(
                f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}:{value:g}{word}"
            )
            for day, value in zip(days, values, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "colorscale": [
            [0, palette.ABSENT],
            [0.5 / most, palette.ABSENT],
            [0.5 / most, steps[1]],
            [1, steps[-1]],
        ],
        "zmin": 0,
        "zmax": most,
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
    }
    starts = [day for day in days if day.day == 1]
    return figure(
        [trace],
        height,
        xaxis={
            "tickvals": [(day - monday).days / 7 for day in starts],
            "ticktext": [_month(day, at) for at, day in enumerate(starts)],
            "tickangle": 0,
            "showgrid": False,
            "ticks": "",
            "side": "top",
        },
        yaxis={
            "tickvals": list(range(7)),
            "ticktext": [f"周{word}" for word in WEEKDAYS],
            "autorange": "reversed",
            "showgrid": False,
            "ticks": "",
        },
        margin={"t": 4, "b": 4},
    )


def _month(day: date, at: int) -> str:
    return f"{day.month}月" + (f"<br>{day.year}年" if at == 0 or day.month == 1 else "")
