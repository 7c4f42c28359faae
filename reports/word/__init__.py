"""The 通报 as a Word document, in the official layout (GB/T 9704—2012): sizes, faces, numbers, page numbers."""

import io

from docx import Document

from reports.model import Report
from reports.parts import Blank, Chart, Paragraph, Part, Table
from reports.sources import PRINTED
from reports.word import charts, page, tables, text


def write(report: Report) -> bytes:
    document = Document()
    page.set_up(document, report)
    text.opening(document, report)
    for number, section in report.numbered():
        text.heading(document, f"{number}{section.heading}", section.level)
        for part in section.parts:
            _part(document, report, part)
    text.closing(document, report)
    _appendix(document, report)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _part(document: text.Document, report: Report, part: Part) -> None:
    if isinstance(part, Paragraph):
        text.paragraph(document, part)
    elif isinstance(part, Blank):
        text.blank(document, part)
    elif isinstance(part, Table):
        tables.table(document, part, report.captions[part.key])
    elif isinstance(part, Chart):
        charts.chart(document, part, report.captions[part.key])


def _appendix(document: text.Document, report: Report) -> None:
    text.appendix(document, "附件", "数据来源标号")
    text.note(document, report.origin)
    rows = [source.printed for source in report.sources]
    tables.grid(document, PRINTED, rows, frozenset(), tables.SMALL)
