"""A report as every file shows it: sections of sentences, tables and charts, and where each figure is from.

Built once (reports/monthly.py) from measurements of the role `presenter`, then written by each writer
(reports/writers.py) without asking the data again. A writer prints what stands here and works nothing out:
`text` is ready to print, `value` is the number behind it (None where it is hidden or was not reported).

Every figure has a mark, the number of a row of `Report.sources`: sentences as [1], tables and charts in
the line below them. Everything is frozen, so a report can be kept with its snapshot and shared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from metrics import Measurement, Period, Scope
from metrics.quality import Quality
from reports.cells import Kind
from reports.lettering import ems

Shape = Literal["columns", "bars", "lines", "stacked"]
NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
ORDINALS = "一二三四五六七八九十"


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


@dataclass(frozen=True)
class Section:
    """Level 1 is 一、, level 2 is (一); a section of level 2 belongs to the last of level 1 above it."""

    key: str
    heading: str
    level: Literal[1, 2]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Source:
    """A row of the appendix: how a figure is found again. `metric`, `where` and `n` are in words.

    `key` is metric@version, or name@方法 for a result that no card defines (words of orders, forecasts):
    `measured` is None there, and `meaning` tells the method.
    """

    mark: int
    key: str
    metric: str
    meaning: str
    scope: str
    where: str
    period: Period
    n: str
    snapshot: str
    measured: Measurement | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """As APPENDIX names them."""
        return (
            f"[{self.mark}]", self.metric, self.key, " · ".join(filter(None, [self.scope, self.where])),
            self.period.label, self.n, self.snapshot,
        )  # fmt: skip

    @property
    def printed(self) -> tuple[str, ...]:
        """As PRINTED names them: the metric over its key, so that neither column is narrow; one snapshot is
        behind all rows and is told once, above them."""
        number, metric, key, *others, _ = self.columns
        return number, f"{metric}\n{key}", *others


ANNEX = "附件：数据来源标号"
APPENDIX = ("标号", "指标", "口径编号", "范围与筛选", "期间", "样本量", "数据快照")
PRINTED = ("标号", "指标与口径编号", *APPENDIX[3:-1])


@dataclass(frozen=True)
class Report:
    """`street` issues it; `place` is what it is about (the street itself, or one of its areas).

    `data_sources` are the ledgers behind it with the day each reaches. `notices` must stand in every file:
    what was hidden and why, that nobody had to fill in anything for it. `demo` must show as 演示数据. `red_head` are the words of the
    red head of an official document, none where it is printed on headed paper. `signed` is the 成文日期, the
    day it is signed on: the data may be older.
    """

    title: str
    street: str
    place: str
    scope: Scope
    period: Period
    snapshot: str
    as_of: date
    demo: bool
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    data_sources: tuple[str, ...]
    notices: tuple[str, ...]
    quality: Quality
    signed: date
    red_head: str = ""

    @property
    def facts(self) -> str:
        """What a reader must know before the first number."""
        said = [f"数据截至{dated(self.as_of)}"]
        if self.period.is_open:
            said.append("本期尚未结束")
        return ",".join([*said, f"数据快照 {self.snapshot}"])

    @property
    def ledgers(self) -> str:
        return f"数据来源:{'、'.join(self.data_sources) or '无'}。"

    @property
    def origin(self) -> str:
        """Above the rows of the appendix."""
        keys = "口径编号为“指标@版本”,不由口径卡定义的为“名称@方法”"
        return f"全部数字取自数据快照 {self.snapshot},{keys}。"

    @property
    def file_name(self) -> str:
        """Without its ending."""
        return f"{self.place}-{self.period.code}-通报"

    @property
    def parts(self) -> Iterator[Part]:
        return (part for section in self.sections for part in section.parts)

    @property
    def sentences(self) -> Iterator[Sentence]:
        for part in self.parts:
            if isinstance(part, Paragraph):
                yield from part.sentences

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        return tuple(part for part in self.parts if isinstance(part, Chart))

    @property
    def captions(self) -> dict[str, str]:
        """表1, 图2 … by the key of a table or chart, in the order of reading."""
        tables = {table.key: f"表{at}" for at, table in enumerate(self.tables, 1)}
        return tables | {chart.key: f"图{at}" for at, chart in enumerate(self.charts, 1)}

    @property
    def chapters(self) -> dict[str, tuple[str, ...]]:
        """The keys of a section of level 1 and of those in it, by its key."""
        found: dict[str, tuple[str, ...]] = {}
        for section in self.sections:
            head = section.key if section.level == 1 else next(reversed(found))
            found[head] = (*found.get(head, ()), section.key)
        return found

    def numbered(self) -> Iterator[tuple[str, Section]]:
        """Every section with its number: 一、 or (一), and none where it is the only one of its chapter."""
        alone = {keys[1] for keys in self.chapters.values() if len(keys) == 2}
        first = second = 0
        for section in self.sections:
            if section.level == 1:
                first, second = first + 1, 0
                yield f"{ORDINALS[first - 1]}、", section
            else:
                second += 1
                yield "" if section.key in alone else f"({ORDINALS[second - 1]})", section

    def only(self, keys: Iterable[str]) -> "Report":
        """With these sections only, and those of their sources that are still spoken of. Marks stay the same."""
        wanted = set(keys)
        if wanted.issuperset(section.key for section in self.sections):
            return self
        return replace(
            self, sections=tuple(s for s in self.sections if s.key in wanted)
        ).without_idle_sources()

    def without_idle_sources(self) -> "Report":
        """With those of its sources only that are spoken of."""
        used = {mark for part in self.parts for mark in marks(part)}
        return replace(self, sources=tuple(s for s in self.sources if s.mark in used))

    def edited(self, edits: Mapping[str, Edit]) -> "Report":
        """With sentences replaced by what a person wrote, by their keys."""
        return replace(self, sections=tuple(_edited(s, edits) for s in self.sections))


def dated(day: date) -> str:
    """2024年10月24日, as official documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def signature(report: Report) -> tuple[tuple[str, float], tuple[str, float]]:
    """Who signs and when, each with its distance from the right edge in ems: the date four from it, the
    name above its middle; a name longer than the date pushes the date in (GB/T 9704, 7.3.5)."""
    day = dated(report.signed)
    over = (ems(report.street, 0.5) - ems(day, 0.5)) / 2
    edge = max(4.0, 2.0 + over)
    return (report.street, edge - over), (day, edge)


def marks(part: Part) -> tuple[int, ...]:
    if isinstance(part, Paragraph):
        return tuple(mark for sentence in part.sentences for mark in sentence.marks)
    return () if isinstance(part, Blank) else part.marks


def marked(numbers: Sequence[int]) -> str:
    """[1][3], as it stands behind a figure."""
    return "".join(f"[{number}]" for number in numbers)


def cited(numbers: Iterable[int]) -> str:
    """[1]至[4]、[7], as it stands below a table or a chart: in order, three and more in a row as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"[{run[0]}]至[{run[-1]}]" if len(run) > 2 else "、".join(f"[{n}]" for n in run)
        for run in runs
    )


def _edited(section: Section, edits: Mapping[str, Edit]) -> Section:
    parts = tuple(
        Paragraph(tuple(replace(s, edit=edits.get(s.key)) for s in part.sentences))
        if isinstance(part, Paragraph)
        else part
        for part in section.parts
    )
    return replace(section, parts=parts)
