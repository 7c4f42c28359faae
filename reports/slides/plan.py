"""Which slides a report becomes: one message each, eight to fourteen for a monthly meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.model import Report, Section
from reports.parts import Blank, Chart, Paragraph, Part, Sentence, Table
from reports.punctuation import full_width

LEAST, MOST = 8, 14
FIRST = "terms"  # the table that comes before the others where there is room for one
LISTED = "problems"  # a chapter of equal items, none of which is the finding


@dataclass(frozen=True)
class Slide:
    """`title` is the finding, `kicker` the chapter it belongs to. `lines` stand as text, or above what
    `shown` holds. `footer` says base and n; `marks` are the sources of its figures; `spoken` goes into
    the notes with their definitions."""

    title: str
    kicker: str = ""
    lines: tuple[str, ...] = ()
    shown: Chart | Table | Blank | None = None
    footer: str = ""
    marks: tuple[int, ...] = ()
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A section of level 1 with its own sections, and the number it carries."""

    name: str
    sections: tuple[Section, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for section in self.sections for part in section.parts)


def plan(report: Report, most: int = MOST) -> tuple[Slide, ...]:
    """Between the cover and the appendix, which are drawn from the report itself.

    Chapters give their charts; tables come only where a chapter would show nothing else, and as long as
    there is room. What is left out is named on the page of sources."""
    told = [(chapter, _of(report, chapter)) for chapter in chapters(report)]
    pictures = [slide for _, slides in told for slide in slides if isinstance(slide.shown, Table)]
    fixed = sum(len(slides) for _, slides in told) - len(pictures) + FRAME
    pictures.sort(key=lambda slide: not isinstance(slide.shown, Table) or slide.shown.key != FIRST)
    kept = pictures[: max(0, most - fixed)]
    slides = [
        slide
        for _, found in told
        for slide in found
        if not isinstance(slide.shown, Table) or slide in kept
    ]
    shown = slides[: most - FRAME]
    return (*shown, _sources(report, shown))


FRAME = 3  # the cover, the page of sources, the appendix


def chapters(report: Report) -> tuple[Chapter, ...]:
    made: list[Chapter] = []
    for number, section in report.numbered():
        if section.level == 1 or not made:
            made.append(Chapter(f"{number}{section.heading}", (section,)))
        else:
            made[-1] = Chapter(made[-1].name, (*made[-1].sections, section))
    return tuple(made)


def _of(report: Report, chapter: Chapter) -> list[Slide]:
    if chapter.sections[0].key == "overall":
        return [_summary(chapter), *_charts(report, chapter)]
    return [slide for section in chapter.sections for slide in _section(report, chapter, section)]


def _section(report: Report, chapter: Chapter, section: Section) -> Iterator[Slide]:
    charts = [part for part in section.parts if isinstance(part, Chart) and has_values(part)]
    tables = [part for part in section.parts if isinstance(part, Table) and part.rows]
    blanks = [part for part in section.parts if isinstance(part, Blank)]
    spoken = _sentences(section.parts)
    for chart in charts:
        yield _chart(report, chapter, section, chart)
    if not charts and tables:
        yield _table(report, chapter, section, tables[0])
    elif not charts and spoken:
        counted = f"{section.heading}{len(spoken)}项" if section.key == LISTED else ""
        yield _text(counted, chapter, section.parts)
    for blank in blanks:
        yield Slide(section.heading, chapter.name, shown=blank)


def has_values(chart: Chart) -> bool:
    return any(value is not None for series in chart.series for value in series.values)


def _summary(chapter: Chapter) -> Slide:
    return _text("", chapter, chapter.parts)


def _charts(report: Report, chapter: Chapter) -> list[Slide]:
    return [
        _chart(report, chapter, section, part)
        for section in chapter.sections
        for part in section.parts
        if isinstance(part, Chart) and has_values(part)
    ]


def _text(title: str, chapter: Chapter, parts: Sequence[Part]) -> Slide:
    """The first sentence is the finding, where the text has no other title."""
    found = _sentences(parts)
    texts = tuple(sentence.text for sentence in found)
    marks = tuple(dict.fromkeys(mark for sentence in found for mark in sentence.marks))
    if title:
        return Slide(title, chapter.name, texts, marks=marks)
    first, rest = (texts[0], texts[1:]) if texts else (chapter.name, ())
    return Slide(first.rstrip("。"), chapter.name, rest, marks=marks)


def _chart(report: Report, chapter: Chapter, section: Section, chart: Chart) -> Slide:
    return Slide(
        title=chart.title,
        kicker=chapter.name,
        shown=chart,
        footer=full_width(" · ".join([chart.subtitle, *_sizes(report, chart.marks)])),
        marks=chart.marks,
        spoken=tuple(sentence.text for sentence in _sentences(section.parts)),
    )


def _table(report: Report, chapter: Chapter, section: Section, table: Table) -> Slide:
    texts = [sentence.text for sentence in _sentences(section.parts)]
    title, *rest = texts or [table.caption]
    when = [report.period.label] * (report.period.label not in table.caption)
    return Slide(
        title=title.rstrip("。"),
        kicker=chapter.name,
        shown=table,
        footer=" · ".join([table.caption, *when, *_sizes(report, table.marks)]),
        marks=table.marks,
        spoken=(*texts, *table.notes) if rest or texts else table.notes,
    )


def _sizes(report: Report, marks: Sequence[int]) -> list[str]:
    return [source.n for source in report.sources if source.mark in marks][:1]


def _sources(report: Report, shown: Sequence[Slide]) -> Slide:
    ledgers = full_width(report.ledgers)
    keys = {slide.shown.key for slide in shown if isinstance(slide.shown, Chart | Table)}
    left = [caption for key, caption in report.captions.items() if key not in keys]
    elsewhere = (f"通报中另有{'、'.join(left)}\uff0c本次汇报未列。",) if left else ()
    return Slide("数据来源与说明", lines=(ledgers, *report.notices, *elsewhere))


def _sentences(parts: Sequence[Part]) -> tuple[Sentence, ...]:
    return tuple(s for part in parts if isinstance(part, Paragraph) for s in part.sentences)
