"""Text and tables on a slide, in points from its upper left corner; every run in a face that has Chinese."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports import ink
from reports.drawing import colour
from reports.lettering import ems, lines, longest_word, shared_out
from reports.parts import Cell, Table
from reports.punctuation import full_width

FACE = "Microsoft YaHei"
EAST = "微软雅黑"
WIDTH, HEIGHT = 960, 540
MARGIN = 44
ROOM = WIDTH - 2 * MARGIN
LEADING = 1.3
AIRY = 12  # what a row may grow where there is room
PADDING = 24  # of a cell, left and right together


def letter(root: Any) -> None:
    """The faces of every run and every default below an element. python-pptx names the Latin one alone, and
    Chinese would fall to whatever the machine takes for it."""
    for run in root.iter(qn("a:r"), qn("a:fld")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {}))
    for properties in root.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        for tag in ("a:latin", "a:ea", "a:cs"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        links = [child for child in properties if child.tag == qn("a:hlinkClick")]
        faces = [("a:latin", FACE), ("a:ea", EAST), ("a:cs", FACE)]
        made = [properties.makeelement(qn(tag), {"typeface": face}) for tag, face in faces]
        properties[:] = [child for child in properties if child not in links] + made + links
        if properties.tag != qn("a:defRPr"):
            properties.set("lang", "zh-CN")


def text(
    slide: Any,
    box: tuple[float, float, float, float],
    paragraphs: Sequence[str],
    size: float,
    *,
    tint: str = ink.INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    gap: float = 0,
) -> Any:
    """A box at (left, top, width, height). Boxes have no inner margin: edges line up."""
    shape = slide.shapes.add_textbox(*(Pt(edge) for edge in box))
    fill(shape.text_frame, paragraphs, size, tint=tint, bold=bold, align=align, gap=gap)
    shape.text_frame.vertical_anchor = anchor
    return shape


def fill(
    frame: Any,
    paragraphs: Sequence[str],
    size: float,
    *,
    tint: str = ink.INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    gap: float = 0,
) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = align
        paragraph.line_spacing = 1.15
        paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = full_width(words)
        run.font.size = Pt(size)
        run.font.bold = bold
        run.font.color.rgb = colour(tint)


def block(slide: Any, box: tuple[float, float, float, float], tint: str) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(edge) for edge in box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(tint)
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))  # the theme's has a shadow


def tall(paragraphs: Sequence[str], size: float, width: float = ROOM, gap: float = 0) -> float:
    """Points of height that paragraphs take."""
    return sum(lines(words, width / size) * size * LEADING + gap for words in paragraphs)


def table(slide: Any, made: Table, top: float, bottom: float, size: float) -> int:
    """As many rows as fit; how many were drawn."""
    wide = columns(made, size)
    heights = [_high([column.header for column in made.columns], wide, size)]
    for row in made.rows:
        heights.append(_high([cell.text for cell in row], wide, size))
        if sum(heights) > bottom - top:
            heights.pop()
            break
    drawn = made.rows[: len(heights) - 1]
    spare = min(AIRY, (bottom - top - sum(heights)) / len(heights))
    heights = [height + max(spare, 0) for height in heights]
    frame = slide.shapes.add_table(
        len(heights), len(wide), Pt(MARGIN), Pt(top), Pt(sum(wide)), Pt(sum(heights))
    )
    grid = frame.table
    _plain(frame)
    for at, width in enumerate(wide):
        grid.columns[at].width = Pt(width)
    for at, height in enumerate(heights):
        grid.rows[at].height = Pt(height)
    head = tuple(Cell(column.header) for column in made.columns)
    for at, row in enumerate((head, *drawn)):
        for column, cell in enumerate(row):
            right = made.columns[column].kind != "text"
            _cell(grid.cell(at, column), cell, size, right=right, head=at == 0)
    return len(drawn)


def columns(made: Table, size: float) -> list[float]:
    """Points per column: what the widest cell wants; the longest give way where not all can have it."""
    texts = [
        [column.header, *(row[at].text for row in made.rows)]
        for at, column in enumerate(made.columns)
    ]
    wanted = [max(ems(t) for t in column) * size + PADDING + size for column in texts]
    least = [max(longest_word(t) for t in column) * size + PADDING + size for column in texts]
    return shared_out(least, wanted, size, ROOM)


def _high(texts: Sequence[str], wide: Sequence[float], size: float) -> float:
    most = max(lines(t, (width - PADDING) / size) for t, width in zip(texts, wide, strict=True))
    return most * size * LEADING + 8


def _cell(cell: Any, made: Cell, size: float, *, right: bool, head: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(PADDING / 2)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    tint = ink.QUIET if head or made.hidden else ink.INK
    align = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    frame = cell.text_frame
    run = frame.paragraphs[0].add_run()
    frame.paragraphs[0].alignment = align
    run.text = full_width(made.text)
    run.font.size = Pt(size)
    run.font.bold = head
    run.font.color.rgb = colour(tint)
    _rule(cell, ink.LIMIT if head else ink.RULE)


def _plain(frame: Any) -> None:
    """No bands, no filled head: lines between rows are enough."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    for name in ("firstRow", "bandRow"):
        properties.set(name, "0")
    style = properties.find(qn("a:tableStyleId"))
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # 无样式,无网格


def _rule(cell: Any, tint: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    edge = properties.makeelement(qn("a:lnB"), {"w": str(Pt(1))})
    solid = edge.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": tint.lstrip("#")}))
    edge.append(solid)
    properties.insert(0, edge)
