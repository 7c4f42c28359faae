"""The slides of a meeting: 16:9, the finding as the title, charts that can be edited, notes to speak from."""

import io
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from reports.model import Report
from reports.punctuation import official
from reports.slides import pages
from reports.slides.draw import HEIGHT, WIDTH, letter
from reports.slides.plan import LEAST, MOST, plan
from reports.slides.theme import dress


def write(report: Report) -> bytes:
    """The bytes of the file. Where long texts go on over further slides, tables make room for them."""
    report = official(report)
    for spare in range(MOST - LEAST):
        show = _made(report, MOST - spare)
        if len(show.slides) <= MOST:
            break
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _made(report: Report, most: int) -> Any:
    show = Presentation()
    show.slide_width, show.slide_height = Pt(WIDTH), Pt(HEIGHT)
    dress(show)
    _properties(show, report)
    pages.cover(_new(show), report)
    slides = plan(report, most)
    for slide in slides:
        pages.page(lambda: _new(show), report, slide)
    pages.appendix(lambda: _new(show), report, {mark for slide in slides for mark in slide.marks})
    for drawn in show.slides:
        letter(drawn._element)
        letter(drawn.notes_slide._element)
    return show


def _new(show: Any) -> Any:
    return show.slides.add_slide(show.slide_layouts[0])


def _properties(show: Any, report: Report) -> None:
    found = show.core_properties
    found.title = f"{report.title}({report.period.label})"
    found.author = report.street
    found.subject = f"数据截至{report.as_of:%Y-%m-%d},数据快照 {report.snapshot}"
    found.keywords = report.place
    found.language = "zh-CN"
