"""The metric card: label, value, what it is made of, how to judge it, how it has been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from metrics.status import Colour, Status
from ui.charts import Limits, Mark
from ui.sparkline import sparkline
from ui.words import unbroken


@dataclass(frozen=True)
class Chip:
    """Shape and word first; the colour only repeats them."""

    shape: str
    words: str
    colour: Colour

    @classmethod
    def of(cls, status: Status) -> "Chip":
        return cls(status.sign.shape, status.short, status.sign.colour)

    @property
    def markdown(self) -> str:
        return f":{self.colour}-badge[{self.shape} {self.words}]"


@dataclass(frozen=True)
class Face:
    """A card ready to be drawn: every word is already decided."""

    metric: str
    label: str
    value: str
    base: str  # numerator, denominator, base, as-of: wraps, is never cut
    chips: Sequence[Chip]
    definition: Sequence[str]
    marks: Sequence[Mark] = ()
    limits: Limits | None = None
    counts: bool = False
    delta: str = ""
    link: str = ""  # the page that tells more
    dim: bool = False  # at its ceiling: the number says nothing any more


def rows(blocks: Mapping[str, Sequence[Face]], across: int = 4) -> None:
    """Cards of equal height in rows; each says its block, so that a phone's single column reads too."""
    named = [(block, face) for block, found in blocks.items() for face in found]
    for start in range(0, len(named), across):
        for column, (block, face) in zip(st.columns(across), named[start:], strict=False):
            with column:
                draw(face, block)


def draw(face: Face, block: str = "", *, height: Literal["stretch", "content"] = "stretch") -> None:
    with st.container(border=True, height=height, gap="xxsmall", key=f"card-{face.metric}"):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", wrap=False):
            of_block = f" :gray[:small[{unbroken(block)}]]" if block else ""
            name = f"[{face.label}]({face.link})" if face.link else face.label
            st.markdown(f"**{name}**{of_block}", width="stretch")
            with st.popover("口径", type="tertiary", key=f"about-{face.metric}"):
                st.markdown("\n\n".join(face.definition))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            value = f":gray[{face.value}]" if face.dim else face.value
            st.metric(face.label, value, label_visibility="collapsed", width="content")
            for chip in face.chips:
                st.markdown(chip.markdown, width="content")
        st.caption("  \n".join(filter(None, [face.base, face.delta])))
        if height == "stretch":
            st.space("stretch")
        if face.marks:
            drawn = sparkline(face.marks, limits=face.limits, counts=face.counts)
            st.image(drawn, width="stretch", alt=_trend_words(face))


def _trend_words(face: Face) -> str:
    known = [mark for mark in face.marks if mark.value is not None]
    if not known:
        return f"{face.label}:没有可显示的走势"
    return f"{face.label}走势,{known[0].label}{known[0].text}至{known[-1].label}{known[-1].text}"
