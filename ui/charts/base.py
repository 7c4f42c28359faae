"""What every figure shares: the mark, one template, the Chinese locale, words for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from metrics.status import SIGNS, Colour, Kind
from ui import palette

Figure = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """One thing drawn: a month, a unit, an area."""

    key: str
    label: str
    value: float | None
    text: str  # the value as a reader sees it; says why when there is none
    low: float | None = None
    high: float | None = None
    size: float | None = None  # the denominator, where it matters for the eye
    note: str = ""  # what hovering adds: numerator, denominator, interval
    unfinished: bool = False
    special: bool = False  # beyond its limits
    status: Kind | None = None  # what it was judged to be, where it was

    @property
    def hover(self) -> str:
        words = [f"<b>{plain(self.label)}</b>", plain(self.text)]
        return "<br>".join([*words, plain(self.note)] if self.note else words)

    @property
    def shape(self) -> str:
        """The second cue beside the colour of an exception."""
        return SIGNS[self.status].shape if self.special and self.status else ""


TONES: dict[Colour, str] = {"blue": "MAIN", "orange": "ALERT", "violet": "NOTICE", "gray": "QUIET"}
SYMBOLS = {"▲": "triangle-up", "▼": "triangle-down", "◆": "diamond", "◇": "diamond-open"}


def accent(mark: Mark) -> str:
    """The colour of an exception: better, worse, or only different."""
    tone = TONES[SIGNS[mark.status].colour] if mark.status else "ALERT"
    return str(getattr(palette.now(), tone))


def symbol(mark: Mark) -> str:
    return SYMBOLS.get(mark.shape, "diamond")


@dataclass(frozen=True)
class Flag:
    """A note on the time axis: a festival, a policy, a boundary change. The text is for the
    caption and for hovering: nine of them side by side do not fit any screen."""

    key: str  # of the mark it stands at
    text: str
    name: str = ""  # in a word, to stand at the sign where there is room


@dataclass(frozen=True)
class Band:
    """A season: from one mark to another, both within it."""

    first: str
    last: str
    name: str


def plain(text: str) -> str:
    """A label from a file, so that plotly does not read it as markup (it makes live links)."""
    return escape(text, quote=False)


_MONTHS = [f"{month}月" for month in range(1, 13)]
_LOCALE = {
    "format": {
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": _MONTHS,
        "shortMonths": _MONTHS,
        "date": "%Y-%m-%d",
        "year": "%Y年",
        "month": "%Y年%-m月",
        "dayMonth": "%-m月%-d日",
        "dayMonthYear": "%Y年%-m月%-d日",
    },
    "dictionary": {"Autoscale": "自动缩放", "Reset axes": "重置坐标轴"},
}
CONFIG: dict[str, Any] = {
    # A locale name alone does nothing: the bundle holds English only.
    "locale": "zh-CN",
    "locales": {"zh-CN": _LOCALE},
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
}
STILL: dict[str, Any] = {**CONFIG, "staticPlot": True}


@cache
def _template(colours: palette.Palette) -> dict[str, Any]:
    axis = {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": colours.RULE,
        "linecolor": colours.LIMIT,
        "tickcolor": colours.LIMIT,
        "tickfont": {"size": 12, "color": colours.QUIET},
        "title": {"font": {"size": 12, "color": colours.QUIET}, "standoff": 8},
        "automargin": True,
        "separatethousands": True,
        "exponentformat": "none",
    }
    type_ = {"family": palette.FONT, "size": 13, "color": colours.INK}
    hovered = {"bgcolor": colours.PAPER, "bordercolor": colours.LIMIT, "align": "left"}
    layout = {
        "font": type_,
        "paper_bgcolor": colours.PAPER,
        "plot_bgcolor": colours.PAPER,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": hovered | {"font": type_},
        "xaxis": axis,
        "yaxis": axis,
        "bargap": 0.3,
    }
    return {"layout": layout}


ROW = 30  # pixels: the least that is left to draw in, and the usual height of a bar


def figure(traces: Sequence[dict[str, Any]], height: int, **layout: Any) -> Figure:
    margin = {"l": 8, "r": 12, "t": 10, "b": 8, "pad": 2, **layout.pop("margin", {})}
    return {
        "data": list(traces),
        "layout": {
            "template": _template(palette.now()),
            "height": height,
            "margin": margin,
            "minreducedheight": ROW,  # by itself 64: a chart of one bar would lose its axis
            **layout,
        },
    }


def hover(marks: Sequence[Mark]) -> dict[str, Any]:
    return {
        "hovertext": [mark.hover for mark in marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": [mark.key for mark in marks],
    }


def describe(title: str, subtitle: str, marks: Sequence[Mark]) -> str:
    """The figure in one sentence, for a screen reader."""
    known = [mark for mark in marks if mark.value is not None]
    if not known:
        return f"{title}。{subtitle}。没有可显示的数值。"
    most = max(known, key=lambda mark: mark.value or 0)
    least = min(known, key=lambda mark: mark.value or 0)
    unusual = "、".join(mark.label for mark in marks if mark.special)
    return (
        f"{title}。{subtitle}。共{len(marks)}项,最高{most.label}{most.text},最低{least.label}{least.text}。"
        + (f"超出界限:{unusual}。" if unusual else "")
    )
