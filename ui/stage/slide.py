"""One step ready to be shown: a sentence, a chart, how many it is made of, by which definition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from metrics import Measurement
from ui.charts import Mark
from ui.charts.base import Figure
from ui.words import wide

# The stage is drawn at this size and scaled to the screen: on 1920×1080 a pixel here is 2.18 there.
HEIGHT, ACROSS = 495, 820
AROUND = 103  # what stands above and below sentence, base and chart
SIZES = (30, 27, 24, 21, 18, 16, 14, 12)
BASES, BASE_LINE = (14, 13, 12), 1.45
LISTED, ROW_EDGE = (20, 18, 16, 14, 12), 15
LINE = 1.35
TALLEST = 115  # of the sentence: the chart needs the rest


@dataclass(frozen=True)
class Line:
    """Of a list in place of a chart."""

    sign: str
    who: str
    what: str


@dataclass(frozen=True)
class Slide:
    name: str
    sentence: str
    base: str  # n, base, period, as-of
    figure: Figure | None = None
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()
    instead: str = ""  # why there is neither
    measured: Sequence[Measurement] = ()
    remarks: Sequence[str] = ()  # for the speaker
    number: Measurement | None = None  # what is looked up again on newer data
    keys: Sequence[str] = field(default=())  # metric@version where nothing was measured alone

    @property
    def versions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*(each.card.key for each in self.measured), *self.keys]))


@dataclass(frozen=True)
class Room:
    """How large sentence and base stand, and what is left for the chart: pixels of the stage."""

    size: int
    base: int
    chart: int


def room(sentence: str, base: str) -> Room:
    """The largest type in which the sentence leaves the chart its room: nothing is cut, long names are
    written smaller."""
    small = next((size for size in BASES if wide(base) * size <= ACROSS), BASES[-1])
    under = ceil(max(1, wide(base) * small / ACROSS)) * small * BASE_LINE
    for size in SIZES:
        lines = _lines(sentence, size)
        tall = lines * size * LINE
        if tall <= TALLEST and (lines <= 2 or size <= 24):
            break
    return Room(size, small, int(HEIGHT - AROUND - ceil(tall) - ceil(under)))


def type_of(lines: Sequence[Line], height: int) -> int:
    """Of a list in place of a chart: as large as all of it fits."""
    return next((size for size in LISTED if _tall(lines, size) <= height), LISTED[-1])


def _tall(lines: Sequence[Line], size: int) -> float:
    across = (ACROSS / size - 10) * 0.85  # beside the sign; two columns never fill evenly
    rows = [ceil((wide(line.who) + wide(line.what)) / across) for line in lines]
    return sum(row * size * LINE + ROW_EDGE for row in rows)


def clauses(sentence: str) -> list[str]:
    """What a line should not be broken inside of, where it can be helped."""
    return [part for part in re.split(r"(?<=[,;:])(?<!\d,)", sentence) if part]


def _lines(sentence: str, size: int) -> int:
    """As a browser fills lines with unbroken clauses; one longer than a line is broken anyway."""
    across = ACROSS / size - 1  # a line never ends exactly at the edge
    lines, used = 1, 0.0
    for clause in clauses(sentence):
        need = wide(clause)
        if used and used + need > across:
            lines, used = lines + 1, 0.0
        lines += ceil(need / across) - 1
        used = min(used + need, across)
    return lines
