"""Title, numbered headings, sentences with their marks, lines to fill in, and what stands at the end."""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from reports.ink import BRAND, QUIET
from reports.model import Report, signature
from reports.parts import Blank, Paragraph
from reports.punctuation import full_width
from reports.sources import ANNEX, marked
from reports.word.page import BODY, HEI, KAI, SIZE, SONG, TITLE, letter, off_grid

__all__ = ["Document"]
LEVELS = {1: ("Heading 1", HEI), 2: ("Heading 2", KAI)}
NOTE = 10.5
ROOM = 3  # lines left for a person


def opening(document: Document, report: Report) -> None:
    if report.red_head:
        _red_head(document, report.red_head)
    if report.demo:
        line = _centred(document, "演示数据,不代表任何真实情况", KAI, SIZE)
        line.runs[0].font.color.rgb = _rgb(BRAND)
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter(title.add_run(full_width(report.title)), TITLE, 22)
    _centred(document, f"({report.period.label})", KAI, SIZE)
    _centred(document, report.facts, KAI, 12).paragraph_format.space_after = Pt(14)


def heading(document: Document, words: str, level: int) -> None:
    style, face = LEVELS[level]
    line = document.add_paragraph(style=style)
    line.paragraph_format.keep_with_next = True
    _indent(line)
    letter(line.add_run(full_width(words)), face, SIZE)


def paragraph(document: Document, part: Paragraph) -> None:
    line = _body(document)
    for words in (each for sentence in part.sentences for each in sentence.shown):
        letter(line.add_run(full_width(words.text)), BODY, SIZE)
        if words.marks:
            mark = letter(line.add_run(marked(words.marks)), BODY, SIZE)
            mark.font.superscript = True
            mark.font.color.rgb = _rgb(QUIET)


def blank(document: Document, part: Blank) -> None:
    letter(_body(document).add_run(full_width(f"({part.prompt})")), KAI, SIZE)
    for _ in range(ROOM):
        letter(_body(document).add_run(""), BODY, SIZE)


def note(document: Document, words: str, *, keep: bool = False) -> Line:
    """Small, below a table or a chart."""
    line = document.add_paragraph()
    off_grid(line, 15)
    shape = line.paragraph_format
    shape.space_after, shape.keep_with_next, shape.keep_together = Pt(4), keep, True
    letter(line.add_run(full_width(words)), SONG, NOTE)
    return line


def caption(document: Document, words: str) -> Line:
    """Of a table above it, of a chart above it too: the finding comes before the picture."""
    line = document.add_paragraph(style="Caption")
    shape = line.paragraph_format
    shape.keep_with_next, shape.space_before = True, Pt(10)
    off_grid(line, 20)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter(line.add_run(full_width(words)), HEI, 12)
    return line


def closing(document: Document, report: Report) -> None:
    """数据来源, what was hidden, and who signs."""
    heading(document, "数据来源与说明", 1)
    for words in (report.ledgers, *report.notices):
        last = _body(document)
        letter(last.add_run(full_width(words)), BODY, SIZE)
    last.paragraph_format.keep_with_next = last.paragraph_format.keep_together = True
    letter(_kept(document).add_run(""), BODY, SIZE)
    annex = _kept(document)
    _indent(annex)
    letter(annex.add_run(ANNEX), BODY, SIZE)
    letter(_kept(document).add_run(""), BODY, SIZE)
    for words, right in signature(report):
        line = _kept(document)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(SIZE * right)
        letter(line.add_run(words), BODY, SIZE)
    line.paragraph_format.keep_with_next = False


def appendix(document: Document, word: str, title: str) -> None:
    first = document.add_paragraph(style="Heading 1")
    first.paragraph_format.page_break_before = True
    first.paragraph_format.keep_with_next = True
    letter(first.add_run(word), HEI, SIZE)
    _centred(document, title, TITLE, 18).paragraph_format.keep_with_next = True


def _kept(document: Document) -> Line:
    """Who signs never stands alone on a page."""
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    return line


def _body(document: Document) -> Line:
    line = document.add_paragraph()
    # Not justified: 9,500/21,100 is never broken, and the line before it would be torn apart.
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _indent(line)
    return line


def _indent(line: Line) -> None:
    """Two characters, in both units: other programs know only the one."""
    line.paragraph_format.first_line_indent = Pt(SIZE * 2)
    line._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _centred(document: Document, words: str, face: str, points: float) -> Line:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    letter(line.add_run(full_width(words)), face, points)
    return line


def _red_head(document: Document, words: str) -> None:
    """The issuer in red above a red line."""
    line = _centred(document, words, TITLE, 36)
    line.runs[0].font.color.rgb = RGBColor(0xE6, 0, 0)
    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(52)
    shape.space_after = Pt(24)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "E60000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour[1:])
