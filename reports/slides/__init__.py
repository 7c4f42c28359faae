"""The slides of a meeting: 16:9, the finding as the title, charts that can be edited, notes to speak from."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.util import Pt

from reports.model import Report
from reports.slides import pages
from reports.slides.draw import HEIGHT, WIDTH, letter
from reports.slides.plan import plan
from reports.slides.theme import dress

if TYPE_CHECKING:
    from pptx.slide import Slide as Drawn


def write(report: Report) -> bytes:
    """The bytes of the file."""
    show = Presentation()
    show.slide_width, show.slide_height = Pt(WIDTH), Pt(HEIGHT)
    dress(show)
    _properties(show, report)
    pages.cover(_new(show), report)
    slides = plan(report)
    for slide in slides:
        pages.page(lambda: _new(show), report, slide)
    pages.appendix(lambda: _new(show), report, _used(slides))
    for drawn in show.slides:
        letter(drawn._element)
        if drawn.has_notes_slide:
            letter(drawn.notes_slide._element)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _new(show: Any) -> "Drawn":
    return show.slides.add_slide(show.slide_layouts[0])


def _used(slides: Sequence[Any]) -> set[int]:
    return {mark for slide in slides for mark in slide.marks}


def _properties(show: Any, report: Report) -> None:
    found = show.core_properties
    found.title = f"{report.title}({report.period.label})"
    found.author = report.street
    found.subject = f"数据截至{report.as_of:%Y-%m-%d},数据快照 {report.snapshot}"
    found.keywords = report.place
    found.language = "zh-CN"
