"""The sheet: A4, margins, faces, the line of page numbers, what the file says about itself."""

from copy import deepcopy
from functools import cache
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.run import Run

from reports.model import Report

# The faces the standard names; offices have them. Word and WPS put their own in where one is missing.
TITLE, BODY, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
PITCH, SIZE = Pt(28), 16  # 22 lines of 28 characters on a page
INNER = Mm(156)  # between the margins


def set_up(document: Document, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _line_grid(section._sectPr)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], side)
    _styles(document)
    facts = document.core_properties
    facts.title, facts.author, facts.language = report.title, report.street, "zh-CN"
    facts.subject, facts.comments = report.period.label, f"数据快照 {report.snapshot}"
    facts.keywords = "演示数据" if report.demo else ""


def off_grid(line: Any, leading: float) -> None:
    """Small print keeps a pitch of its own: the grid would set every line of it 28 points apart."""
    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(leading)
    free_of_grid(line)


def free_of_grid(line: Any) -> None:
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    line._p.get_or_add_pPr().insert_element_before(free, "w:spacing", "w:ind", "w:jc", "w:rPr")


def letter(run: Run, face: str, points: float) -> Run:
    """python-docx sets the Latin face only."""
    run._element.insert(0, deepcopy(_properties(face, points)))
    return run


@cache
def _properties(face: str, points: float) -> Any:
    """The same few over and over: a tenth of the work of setting them run by run."""
    made = OxmlElement("w:rPr")
    fonts = made.get_or_add_rFonts()
    for name, value in (
        ("ascii", LATIN),
        ("hAnsi", LATIN),
        ("eastAsia", face),
        ("hint", "eastAsia"),
    ):
        fonts.set(qn(f"w:{name}"), value)
    made.sz_val = Pt(points)
    return made


def _styles(document: Document) -> None:
    """Headings are Word's own, so that its outline and its table of contents find them."""
    for style in document.styles.element.iter(qn("w:lang")):
        style.set(qn("w:eastAsia"), "zh-CN")
    for name, face, points in (
        ("Normal", BODY, SIZE), ("Title", TITLE, 22), ("Heading 1", HEI, SIZE), ("Heading 2", KAI, SIZE),
        ("Caption", HEI, 12),
    ):  # fmt: skip
        style = document.styles[name]
        assert style.type == WD_STYLE_TYPE.PARAGRAPH
        _plain(style, face, points)


def _plain(style: Any, face: str, points: float) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    style.font.name, style.font.size = LATIN, Pt(points)
    fonts.set(qn("w:eastAsia"), face)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = None
    for border in style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    shape = style.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = True


def _line_grid(section: Any) -> None:
    """Lines only: a grid of characters explodes in LibreOffice."""
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH.twips))
    section.append(grid)


def _page_number(paragraph: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, on odd pages right and on even ones left, one character from the edge."""
    paragraph.alignment = side
    indent = Pt(14)
    if side == WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.right_indent = indent
    else:
        paragraph.paragraph_format.left_indent = indent
    letter(paragraph.add_run("— "), SONG, 14)
    _field(paragraph, "PAGE")
    letter(paragraph.add_run(" —"), SONG, 14)


def _field(paragraph: Any, code: str) -> None:
    for kind, words in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = letter(paragraph.add_run(words if kind == "text" else ""), SONG, 14)
        if kind == "text":
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._element.append(part)
