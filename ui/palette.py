"""The colours and the type of everything drawn: safe for colour-blind readers, never the only cue.

Two sets of the same names, one for the office and one for a dark wall. A name is looked up when
something is drawn (`palette.INK`): what a reader sees depends on the theme of their browser.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"


@dataclass(frozen=True)
class Palette:
    INK: str
    QUIET: str
    RULE: str
    LIMIT: str
    PAPER: str
    MAIN: str
    SOFT: str
    FAINT: str
    ALERT: str
    AMBER: str  # the paler side of an exception
    NOTICE: str  # out of the ordinary, neither good nor bad
    HINT: str  # the paler side of that
    ABSENT: str
    BRAND: str
    HEAT: tuple[str, ...]  # density of points
    # Five steps of one hue: more than five cannot be told apart in a legend.
    STEPS: tuple[str, str, str, str, str]


LIGHT = Palette(
    INK="#161B22",
    QUIET="#5B6B7B",
    RULE="#E6EBF0",
    LIMIT="#8A97A5",
    PAPER="#FFFFFF",
    MAIN="#1F5AA6",
    SOFT="#A9C6E6",
    FAINT="#E3EDF8",
    ALERT="#C4540A",
    AMBER="#E9B872",
    NOTICE="#6B4C9A",
    HINT="#D3C4E8",
    ABSENT="#EEF1F4",
    BRAND="#A61C28",
    HEAT=("#FFF1DC", "#F5C178", "#E08A2B", "#C4540A"),
    STEPS=("#E3EDF8", "#B9D3EC", "#82B0DC", "#3B78B5", "#1B4F89"),
)
DARK = Palette(
    INK="#EEF2F6",
    QUIET="#A9B6C3",
    RULE="#2A333D",
    LIMIT="#7C8A98",
    PAPER="#12171E",
    MAIN="#7FB2EA",
    SOFT="#335B80",
    FAINT="#1E2F40",
    ALERT="#F5A04A",
    AMBER="#856632",
    NOTICE="#C3A6EA",
    HINT="#4A3A66",
    ABSENT="#222B35",
    BRAND="#F0A39B",
    HEAT=("#3A2B14", "#7A5620", "#C08230", "#F5C178"),
    STEPS=("#1E2F40", "#27486A", "#356A9B", "#5E97CC", "#A8D0F5"),
)
_chosen: ContextVar[Palette | None] = ContextVar("palette", default=None)


def choose() -> None:
    """At the start of a run: the reader may have changed the theme since the last."""
    _chosen.set(DARK if st.context.theme.type == "dark" else LIGHT)


def now() -> Palette:
    return _chosen.get() or LIGHT


def on(colour: str) -> str:
    """The text colour that can be read on a fill: whichever of ink and paper stands out more."""
    chosen = now()
    return max((chosen.INK, chosen.PAPER), key=lambda text: contrast(text, colour))


@cache
def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2 counts it: 4.5 and more can be read."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def __getattr__(name: str) -> Any:
    if name in Palette.__dataclass_fields__:
        return getattr(now(), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
