"""A table that is coloured: every cell says its number in words, none is read by its colour alone."""

import re
from collections.abc import Collection, Mapping, Sequence

from ui import palette
from ui.charts.base import Figure, Mark, figure, hover, plain

ROW = 34  # pixels
HEAD = 60
MANY = 6  # more columns than this may be too narrow for their numbers on a phone
NARROW = 3  # characters of a name that then stand beside the next
LEVEL = "社区"
MONTH = re.compile(r"(\d{4}年)(\d{1,2}月)")


def matrix(
    cells: Mapping[tuple[str, str], Mark],
    fills: Mapping[tuple[str, str], str | None],
    *,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    unknown: Collection[tuple[str, str]] = (),
    fold: int = 5,
) -> Figure:
    """`rows` and `columns` are codes and their words, in order; `fold` is how many characters of a
    column's name stand on one line. A fill of None is hatched: there is no number to colour by; what
    is `unknown` is dotted instead. Cells that are missing altogether stay blank."""
    known = [(r, c) for r in rows for c in columns if (r, c) in cells]
    marks = [cells[at] for at in known]
    colours = [fills.get(at) or palette.PAPER for at in known]
    down, across = list(rows), list(columns)
    trace = {
        "type": "bar",
        "x": [across.index(c) for _, c in known],
        "base": [down.index(r) for r, _ in known],
        "y": [0.94] * len(known),
        "width": [0.97] * len(known),
        "text": [plain(mark.text) for mark in marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 12, "color": [palette.on(colour) for colour in colours]},
        **({"constraintext": "none"} if len(columns) <= MANY else {}),
        "marker": {
            # A point with a colour of its own hatches in it, whatever the pattern says.
            "color": [fills.get(at) or palette.LIMIT for at in known],
            "line": {
                "width": [2 if mark.special else 1 for mark in marks],
                "color": [palette.ALERT if mark.special else palette.RULE for mark in marks],
            },
            "pattern": {
                "shape": ["" if fills.get(at) else "." if at in unknown else "/" for at in known],
                "fgcolor": palette.LIMIT,
                "bgcolor": palette.PAPER,
                "size": 10,
                "solidity": 0.08,
            },
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        **hover(marks),
    }
    return figure(
        [trace],
        ROW * len(rows) + HEAD,
        barmode="overlay",
        xaxis=_axis(columns, fold, crowded=len(columns) > MANY)
        | {"side": "top", "range": [-0.5, len(columns) - 0.5]},
        yaxis=_axis(rows)
        | {"range": [len(rows), 0], "tickvals": [n + 0.47 for n in range(len(rows))]},
        margin={"t": 4, "b": 4},
        **({"uniformtext": {"mode": "hide", "minsize": 9}} if len(columns) > MANY else {}),
    )


def _axis(words: Mapping[str, str], fold: int = 5, *, crowded: bool = False) -> dict:
    names = list(words.values())
    return {
        "tickvals": list(range(len(names))),
        "ticktext": _narrow(names) if crowded else [_folded(name, fold) for name in names],
        "tickfont": {"size": 12, "color": palette.INK},
        "tickangle": 0,
        "showgrid": False,
        "showline": False,
        "ticks": "",
    }


def _folded(name: str, width: int) -> str:
    """Over two lines, three at most."""
    lines = [name[at : at + width] for at in range(0, len(name), width)]
    return "<br>".join(plain(line) for line in lines[:3]) + ("…" if len(lines) > 3 else "")


def _narrow(names: Sequence[str]) -> list[str]:
    """Many columns on a phone: months say their year once, communities what they are on a line of its own."""
    found: list[str] = []
    year = ""
    for name in names:
        if month := MONTH.fullmatch(name):
            found.append(month[2] if month[1] == year else f"{month[1]}<br>{month[2]}")
            year = month[1]
        elif name.endswith(LEVEL) and name != LEVEL:
            stem = _folded(name.removesuffix(LEVEL), NARROW)
            found.append(f"{stem}<br>{LEVEL}")
        else:
            found.append(_folded(name, NARROW))
    return found
