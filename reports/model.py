"""A report as every file shows it: sections of sentences, tables and charts, and where each figure is from.

Built once (reports/monthly.py) from measurements of the role `presenter`, then written by each writer
(reports/writers.py) without asking the data again. A writer prints what stands here and works nothing out:
`text` is ready to print, `value` is the number behind it (None where it is hidden or was not reported).

Every figure has a mark, the number of a row of `Report.sources`: sentences as [1], tables and charts in
the line below them. Everything is frozen, so a report can be kept with its snapshot and shared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from metrics import Period, Scope
from metrics.quality import Quality
from reports.lettering import ems
from reports.parts import Chart, Edit, Paragraph, Part, Sentence, Table, marks
from reports.sources import Source

ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Section:
    """Level 1 is 一、, level 2 is (一); a section of level 2 belongs to the last of level 1 above it."""

    key: str
    heading: str
    level: Literal[1, 2]
    parts: tuple[Part, ...]


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


def _edited(section: Section, edits: Mapping[str, Edit]) -> Section:
    parts = tuple(
        Paragraph(tuple(replace(s, edit=edits.get(s.key)) for s in part.sentences))
        if isinstance(part, Paragraph)
        else part
        for part in section.parts
    )
    return replace(section, parts=parts)
