"""Charts that Word can edit: the chart's XML as a part of the document, its workbook as a part of that.

python-docx has no charts; python-pptx writes the same chart XML, and a document holds it in a drawing.
"""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Mm, Pt
from pptx.chart.chart import Chart as Drawn
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml as parse_chart

from reports.drawing import TYPES, data
from reports.parts import Chart
from reports.scale import beneath, described
from reports.word import drawing
from reports.word.page import HEI, INNER, free_of_grid
from reports.word.text import caption, note

POINTS = 9
HEIGHT, PER_BAR, LEAST = Mm(66), Mm(8), Mm(40)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/chart"


def chart(document: Document, part: Chart, name: str) -> None:
    caption(document, f"{name} {part.title}")
    about = note(document, f"{part.subtitle}(单位:{part.unit})", keep=True)
    about.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line = document.add_paragraph()
    shape = line.paragraph_format
    shape.line_spacing_rule, shape.keep_with_next = WD_LINE_SPACING.SINGLE, True
    shape.line_spacing = 1
    free_of_grid(line)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    relation = document.part.relate_to(_part(document, part), RELATIONSHIP_TYPE.CHART)
    line.add_run()._r.append(_inline(relation, len(_charts(document)), part))
    note(document, beneath(part)).paragraph_format.space_after = Pt(10)


def _part(document: Document, part: Chart) -> Part:
    package, number = document.part.package, len(_charts(document)) + 1
    figures = data(part)
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), CONTENT_TYPE.SML_SHEET,
        CategoryWorkbookWriter(figures).xlsx_blob, package,
    )  # fmt: skip
    space = parse_chart(ChartXmlWriter(TYPES[part.shape], figures).xml.encode())
    drawing.style(Drawn(space, None), part, POINTS, HEI)
    made = _ChartPart(
        PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, None, package
    )
    space._add_externalData().rId = made.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    made.drawn = space
    return made


class _ChartPart(Part):
    """A part whose bytes are the chart as it stands when the document is saved."""

    drawn: Any

    @property
    def blob(self) -> bytes:
        return serialize_part_xml(self.drawn)


def _charts(document: Document) -> list[Any]:
    return [each for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.CHART]


def _inline(relation: str, number: int, part: Chart) -> Any:
    height = max(LEAST, Length(PER_BAR * len(part.categories))) if part.shape == "bars" else HEIGHT
    alt = quoteattr(described(part))
    return parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{INNER}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="chart{number}" descr={alt}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}"><c:chart xmlns:c="{DRAWING}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
