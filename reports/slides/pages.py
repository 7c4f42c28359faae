"""Each kind of slide: a cover, a message with what shows it, and the appendix of definitions."""

from collections.abc import Callable
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports import ink
from reports.lettering import cut, lines
from reports.model import Report, dated
from reports.parts import Blank, Cell, Chart, Column, Table
from reports.punctuation import full_width
from reports.scale import explained
from reports.slides.charts import chart
from reports.slides.draw import (
    HEIGHT,
    LEADING,
    MARGIN,
    ROOM,
    WIDTH,
    block,
    fill,
    table,
    tall,
    text,
)
from reports.slides.plan import Slide
from reports.sources import Source, marked

New = Callable[[], Any]
TITLE, SMALLER, LEAD, BODY, LEAST, FOOT = 30, 28, 20, 24, 18, 14
KICKER_TOP, TITLE_TOP, FLOOR, FOOT_TOP = 22, 44, 484, 496
TITLE_LINES = 2
DEMO = "演示数据,不代表任何真实情况"
CONTINUED = "(续)"


def cover(slide: Any, report: Report) -> None:
    block(slide, (0, 0, 18, HEIGHT), ink.BRAND)
    room = (WIDTH - 2 * 84) / 44
    high = lines(report.title, room) * 44 * LEADING
    _title(slide, report.title, (84, 190 - high / 2, WIDTH - 168, high), 44)
    text(slide, (84, 210 + high / 2, 700, 44), [report.period.label], 30, tint=ink.QUIET)
    open_ = ",本期尚未结束" if report.period.is_open else ""
    facts = [f"{report.street} {dated(report.signed)}", f"数据截至{dated(report.as_of)}{open_}"]
    text(slide, (84, 400, 700, 66), facts, 20, gap=4)
    text(slide, (84, 488, 700, 20), [f"数据快照 {report.snapshot}"], FOOT, tint=ink.QUIET)
    if report.demo:
        text(slide, (84, 60, 500, 30), [DEMO], 20, tint=ink.BRAND, bold=True)
    told = f"本汇报的全部数字取自数据快照 {report.snapshot}。"
    slide.notes_slide.notes_text_frame.text = "\n".join([told, *report.notices])


def page(new: New, report: Report, slide: Slide) -> None:
    """One slide; further ones where text has to go on."""
    drawn = new()
    top = _head(drawn, report, slide.title, slide.kicker)
    rest: tuple[str, ...] = ()
    if isinstance(slide.shown, Chart):
        _picture(drawn, slide.shown, top)
    elif isinstance(slide.shown, Table):
        _grid(drawn, report, slide.shown, top)
    elif isinstance(slide.shown, Blank):
        _blank(drawn, slide.shown, top)
    else:
        rest = _lines(drawn, slide.lines, top)
    _foot(drawn, report, slide.footer, slide.marks)
    _notes(drawn, report, slide)
    while rest:
        drawn = new()
        top = _head(drawn, report, slide.title + CONTINUED, slide.kicker)
        rest = _lines(drawn, rest, top)
        _foot(drawn, report, slide.footer, slide.marks)
        _notes(drawn, report, slide)


def _head(drawn: Any, report: Report, title: str, kicker: str) -> float:
    """Chapter, finding; a finding too long for a title goes on below it, smaller. Where the rest begins."""
    block(drawn, (0, TITLE_TOP + 4, 8, TITLE + 6), ink.BRAND)
    text(drawn, (MARGIN, KICKER_TOP, 600, 20), [kicker], FOOT, tint=ink.QUIET)
    if report.demo:
        place = (WIDTH - MARGIN - 260, KICKER_TOP, 260, 20)
        text(drawn, place, [DEMO], FOOT, tint=ink.BRAND, align=PP_ALIGN.RIGHT)
    head, lead = cut(title, TITLE_LINES * (ROOM / TITLE - 1))
    # A little smaller rather than one character on a line of its own.
    size = min((TITLE, SMALLER), key=lambda each: (lines(head, ROOM / each), -each))
    high = lines(head, ROOM / size) * size * LEADING
    _title(drawn, head, (MARGIN, TITLE_TOP, ROOM, high), size)
    top = TITLE_TOP + high + 6
    if lead:
        more = tall([lead], LEAD)
        text(drawn, (MARGIN, top, ROOM, more), [lead], LEAD, tint=ink.QUIET)
        top += more + 4
    return top + 4


def _title(drawn: Any, words: str, box: tuple[float, float, float, float], size: float) -> None:
    shape = drawn.shapes.title
    shape.left, shape.top, shape.width, shape.height = (Pt(edge) for edge in box)
    fill(shape.text_frame, [words], size, bold=True)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP


def _picture(drawn: Any, shown: Chart, top: float) -> None:
    note = full_width(explained(shown))
    high = tall([note], FOOT) if note else 0
    unit = f"单位:{shown.unit}"
    text(drawn, (MARGIN, top, ROOM, 20), [unit], FOOT, tint=ink.QUIET)
    chart(drawn, shown, (MARGIN, top + 20, ROOM, FLOOR - high - top - 24))
    if note:
        text(drawn, (MARGIN, FLOOR - high, ROOM, high), [note], FOOT, tint=ink.QUIET)


def _grid(drawn: Any, report: Report, shown: Table, top: float) -> None:
    size = next((s for s in (20, LEAST) if _fits(shown, top, s)), LEAST)
    done = table(drawn, shown, top, FLOOR - 22, size)
    left = len(shown.rows) - done
    if left:
        said = f"另有{left}行,见通报{report.captions[shown.key]}。"
        text(drawn, (MARGIN, FLOOR - 20, ROOM, 20), [said], FOOT, tint=ink.QUIET)


def _fits(shown: Table, top: float, size: float) -> bool:
    return (len(shown.rows) + 1) * (size * LEADING + 8) <= FLOOR - 22 - top


def _lines(drawn: Any, paragraphs: tuple[str, ...], top: float) -> tuple[str, ...]:
    """As large as the room allows; what does not fit at the smallest size is handed back."""
    room = FLOOR - top
    gap = 12
    size = next(
        (s for s in range(BODY, LEAST - 1, -1) if tall(paragraphs, s, gap=gap) <= room), LEAST
    )
    fitting = len(paragraphs)
    while fitting > 1 and tall(paragraphs[:fitting], size, gap=gap) > room:
        fitting -= 1
    text(drawn, (MARGIN, top + 6, ROOM, room), paragraphs[:fitting], size, gap=gap)
    return paragraphs[fitting:]


def _blank(drawn: Any, shown: Blank, top: float) -> None:
    """Room to write in during the meeting."""
    text(drawn, (MARGIN, top, ROOM, 60), [shown.prompt], LEAD, tint=ink.QUIET)
    for at in range(5):
        block(drawn, (MARGIN, top + 130 + at * 60, ROOM, 1), ink.LIMIT)


def _foot(drawn: Any, report: Report, words: str, marks: tuple[int, ...]) -> None:
    block(drawn, (MARGIN, FOOT_TOP - 6, ROOM, 0.75), ink.RULE)
    few = marked(marks) if len(marks) <= 6 else ""
    said = " ".join(filter(None, [words, few]))
    text(drawn, (MARGIN, FOOT_TOP, 640, 18), [said], FOOT, tint=ink.QUIET)
    day = f"数据截至{report.as_of:%Y-%m-%d}"
    box = text(
        drawn,
        (WIDTH - MARGIN - 220, FOOT_TOP, 220, 18),
        [f"{day} · "],
        FOOT,
        tint=ink.QUIET,
        align=PP_ALIGN.RIGHT,
    )
    _page_number(box)


def _page_number(box: Any) -> None:
    """A field, so that it stays true when slides are moved."""
    paragraph = box.text_frame.paragraphs[0]._p
    run = paragraph.r_lst[0]
    field = paragraph.makeelement(
        qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"}
    )
    field.append(run.get_or_add_rPr().__deepcopy__({}))
    number = paragraph.makeelement(qn("a:t"), {})
    number.text = "‹#›"
    field.append(number)
    run.addnext(field)


def _notes(drawn: Any, report: Report, slide: Slide) -> None:
    """What to say, then every definition behind the slide."""
    told = [source for source in report.sources if source.mark in slide.marks]
    spoken = slide.spoken or (slide.title, *slide.lines)
    said = [*spoken, *(defined(source) for source in told)]
    drawn.notes_slide.notes_text_frame.text = "\n".join(said)


def defined(source: Source) -> str:
    where = " · ".join(filter(None, [source.scope, source.where]))
    return (
        f"[{source.mark}] {source.metric},{source.key}:{source.meaning}"
        f"({where},{source.period.label},{source.n},数据快照 {source.snapshot})"
    )


def appendix(new: New, report: Report, used: set[int]) -> None:
    """The definitions behind the slides, each with the marks it stands behind."""
    by_key: dict[str, list[Source]] = {}
    for source in report.sources:
        if source.mark in used:
            by_key.setdefault(source.key, []).append(source)
    rows = tuple(
        (Cell(found[0].metric), Cell(key), Cell(marked([s.mark for s in found])))
        for key, found in by_key.items()
    )
    told = [defined(source) for source in report.sources if source.mark in used]
    columns = tuple(map(Column, ("指标", "口径编号", "标号")))
    title = "附:本汇报各数字的口径"
    while True:
        drawn = new()
        top = _head(drawn, report, title, f"数据快照 {report.snapshot}")
        done = table(drawn, Table("sources", title, columns, rows), top, FLOOR, FOOT)
        _foot(drawn, report, "定义见各页备注和“指标口径”页", ())
        drawn.notes_slide.notes_text_frame.text = "\n".join(told)
        rows = rows[done:]
        if not rows:
            return
