"""Where another definition begins on a time axis: the line stops, a rule stands, and words say why."""

from collections.abc import Iterator, Sequence
from typing import Any

from ui import palette
from ui.charts.base import Figure, Flag, Mark, plain

ROOM = 18  # pixels above the chart, for the words
NEXT = 8  # of the margin that is no line of words


def parts(marks: Sequence[Mark], breaks: Sequence[Flag]) -> Iterator[Sequence[Mark]]:
    """The marks of one definition after those of another."""
    starts = {flag.key for flag in breaks}
    first = 0
    for at, mark in enumerate(marks):
        if at and mark.key in starts:
            yield marks[first:at]
            first = at
    yield marks[first:]


def broken(made: Figure, marks: Sequence[Mark], breaks: Sequence[Flag]) -> Figure:
    """The figure with a rule before the first mark of each new definition."""
    at = {mark.key: place for place, mark in enumerate(marks)}
    found = [(at[flag.key], flag.text) for flag in breaks if at.get(flag.key)]
    if not found:
        return made
    layout = made["layout"]
    layout["shapes"] = [*layout.get("shapes", []), *(_rule(place) for place, _ in found)]
    above = layout["margin"]["t"] - NEXT  # over what stands there already
    words = [_words(place, text, len(marks), above) for place, text in found]
    layout["annotations"] = [*layout.get("annotations", []), *words]
    layout["margin"] = layout["margin"] | {"t": layout["margin"]["t"] + ROOM}
    return made


def _rule(place: int) -> dict[str, Any]:
    """Between two categories: they stand at whole numbers."""
    line = {"color": palette.QUIET, "width": 1.5, "dash": "dashdot"}
    edge = {"x0": place - 0.5, "x1": place - 0.5, "y0": 0, "y1": 1}
    return {"type": "line", "xref": "x", "yref": "paper", "line": line, **edge}


def _words(place: int, text: str, marks: int, above: int) -> dict[str, Any]:
    """Towards the side that has room."""
    return {
        "x": place - 0.5,
        "yref": "paper",
        "y": 1,
        "yshift": above,
        "text": plain(text),
        "showarrow": False,
        "xanchor": "left" if place < marks / 2 else "right",
        "yanchor": "bottom",
        "font": {"size": 12, "color": palette.QUIET},
    }
