"""What is written on a time axis: seasons as shaded bands, events as flags, by name where there is room."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from ui import palette
from ui.charts.base import Band, Figure, Flag, Mark, plain

NAMES = 12  # of bands that fit side by side on a phone
FLAGS = 8  # of events, with their sign
LINE = 16  # pixels of one line of words above the chart


def noted(
    made: Figure, marks: Sequence[Mark], flags: Sequence[Flag], bands: Sequence[Band]
) -> Figure:
    """Flags stand above the chart; the names of bands in a line above them, each where its band begins."""
    at = {mark.key: place for place, mark in enumerate(marks)}
    shown = [band for band in bands if band.first in at and band.last in at]
    layout = made["layout"]
    layout["shapes"] = [
        *layout.get("shapes", []),
        *(_shade(at[band.first], at[band.last]) for band in shown),
    ]
    above = LINE if flags else 0
    layout["annotations"] = [
        *layout.get("annotations", []),
        *_flags(flags, at, ceil(len(marks) / FLAGS)),
        *(
            _name(at[band.first], band.name, above)
            for band in _spaced(shown, at, ceil(len(marks) / NAMES))
        ),
    ]
    room = above + (LINE if shown else 0)
    layout["margin"] = layout["margin"] | {"t": layout["margin"]["t"] + room}
    return made


def _spaced(bands: Sequence[Band], at: dict[str, int], apart: int) -> Iterator[Band]:
    last = -apart
    for band in bands:
        if at[band.first] - last >= apart:
            last = at[band.first]
            yield band


def _flags(flags: Sequence[Flag], at: dict[str, int], apart: int) -> Iterator[dict[str, Any]]:
    """Those too near another are a sign only; what all of them say stands under the chart."""
    last = -apart
    for flag in sorted((f for f in flags if f.key in at), key=lambda each: at[each.key]):
        place = at[flag.key]
        named = bool(flag.name) and place - last >= apart
        last = place if named else last
        yield {
            "x": place,
            "yref": "paper",
            "y": 1,
            "text": f"▾{plain(flag.name)}" if named else "▾",
            "hovertext": plain(flag.text),
            "showarrow": False,
            "yanchor": "bottom",
            "font": {"size": 12, "color": palette.QUIET},
        }


def _shade(first: int, last: int) -> dict[str, Any]:
    """Over whole categories: they stand at whole numbers."""
    edge = {"x0": first - 0.5, "x1": last + 0.5, "y0": 0, "y1": 1}
    look = {"fillcolor": palette.FAINT, "opacity": 0.6, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", "xref": "x", "yref": "paper", **edge, **look}


def _name(place: int, name: str, above: int) -> dict[str, Any]:
    return {
        "x": place - 0.5,
        "yref": "paper",
        "y": 1,
        "yshift": above,
        "text": plain(name),
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 12, "color": palette.QUIET},
    }
