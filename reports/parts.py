"""What a section of a report is made of: sentences, tables, charts, each with the marks of its sources.

Everything is frozen and ready to print: `text` is what stands there, `value` the number behind it.
"""

import re
from dataclasses import dataclass
from typing import Literal

from reports.cells import Kind

Shape = Literal["columns", "bars", "lines", "stacked"]
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Words:
    """A stretch of a sentence; `marks` are the sources of the figures in it, none where it has none."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Edit:
    """What a person wrote in place of a sentence, and the sentence the rules had made then."""

    text: str
    instead_of: str


@dataclass(frozen=True)
class Sentence:
    """`key` stays the same from month to month (overall.volume), so that an edit finds its place."""

    key: str
    words: tuple[Words, ...]
    edit: Edit | None = None

    @property
    def generated(self) -> str:
        return "".join(part.text for part in self.words)

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(mark for part in self.words for mark in part.marks))

    @property
    def shown(self) -> tuple[Words, ...]:
        """What a writer prints. An edit keeps the marks of what it stands for."""
        return (Words(self.edit.text, self.marks),) if self.edit else self.words

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.shown)

    @property
    def unfounded(self) -> tuple[str, ...]:
        """Numbers in the edit that the rules did not find: nothing stands behind them."""
        found = set(NUMERAL.findall(self.generated))
        return tuple(n for n in NUMERAL.findall(self.text) if n not in found)

    @property
    def outdated(self) -> bool:
        """Whether the numbers have changed since the edit was made."""
        return self.edit is not None and self.edit.instead_of != self.generated


@dataclass(frozen=True)
class Paragraph:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Blank:
    """Lines that a person fills in; `prompt` stands in brackets where they go."""

    prompt: str


@dataclass(frozen=True)
class Column:
    header: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Cell:
    """`text` as a document prints it, `value` as a workbook keeps it (a share as 0..1).

    `value` is None for words, and where a number is hidden (`hidden`) or unknown; `text` then says which.
    `mark` is the source of the number.
    """

    text: str
    value: float | None = None
    mark: int | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Table:
    """`key` is unique in the report. Rows have as many cells as there are columns. `notes` stand below."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[int, ...]:
        cells = (cell.mark for row in self.rows for cell in row)
        return tuple(dict.fromkeys(mark for mark in cells if mark is not None))

    @property
    def numeric(self) -> frozenset[int]:
        """The columns that hold numbers, also where each row has a unit of its own: set to the right."""
        return frozenset(
            at
            for at, column in enumerate(self.columns)
            if column.kind != "text" or any(row[at].value is not None for row in self.rows)
        )


@dataclass(frozen=True)
class Series:
    """One value per category: None where it is hidden or was not reported, which `texts` says. `low` and
    `high` bound the interval of each value; empty where values have none (counts)."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()

    @property
    def intervals(self) -> dict[int, tuple[float, float]]:
        """By the position of the category."""
        edges = enumerate(zip(self.low, self.high, strict=True))
        return {
            at: (low, high) for at, (low, high) in edges if low is not None and high is not None
        }


@dataclass(frozen=True)
class Corridor:
    """The limits of ordinary variation, one of each per category: None where there is no baseline."""

    low: tuple[float | None, ...]
    centre: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """`title` is the finding, `subtitle` says metric, base, period and n.

    `shape`: columns stand (time), bars lie (names, first on top), lines are over time, stacked are columns
    of parts. `kind` is of the values: a share is 0..1 and its axis is in percent. `unit` is the word of the
    axis (件, 场, %). `focus` are the categories to be picked out, by position: what the title speaks of.
    `note` stands below: what the marks cannot say (hidden, unreported, unfinished). `corridor` is drawn
    behind what is over time; `unfinished` are the categories, by position, that have not ended.
    """

    key: str
    shape: Shape
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    kind: Kind
    marks: tuple[int, ...]
    focus: tuple[int, ...] = ()
    note: str = ""
    corridor: Corridor | None = None
    unfinished: tuple[int, ...] = ()


Part = Paragraph | Blank | Table | Chart


def marks(part: Part) -> tuple[int, ...]:
    if isinstance(part, Paragraph):
        return tuple(mark for sentence in part.sentences for mark in sentence.marks)
    return () if isinstance(part, Blank) else part.marks
