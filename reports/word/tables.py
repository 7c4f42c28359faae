"""Real tables: a caption above, a header that repeats on every page, rows that no page break cuts."""

from collections.abc import Collection, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from reports.lettering import INSET, widths
from reports.parts import Table
from reports.punctuation import full_width
from reports.scale import beneath
from reports.word.page import HEI, INNER, SONG, letter, off_grid
from reports.word.text import caption, note

POINTS, SMALL, LEADING = 10.5, 9.0, 4.5
WHOLE = 12  # rows; up to so many a table stays on one page


def table(document: Document, part: Table, name: str) -> None:
    caption(document, f"{name} {part.caption}")
    rows = [[cell.text for cell in row] for row in part.rows]
    grid(document, [column.header for column in part.columns], rows, part.numeric, noted=True)
    note(document, beneath(part))


def grid(
    document: Document,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Collection[int],
    size: float = POINTS,
    *,
    noted: bool = False,
) -> None:
    """`numbers` are the columns set to the right; `noted` keeps the last row with the note below."""
    made = document.add_table(rows=0, cols=len(headers), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _inset(made)
    wide = [Pt(each) for each in widths(headers, rows, size, INNER.pt)]
    for at, width in enumerate(wide):
        made.columns[at].width = width
    _row(made, headers, wide, frozenset(), HEI, size, follow=bool(rows))
    _mark(made.rows[0], "w:tblHeader")
    last = len(rows) - 1
    for at, row in enumerate(rows):
        # A short table stays whole; of a long one the first row stays with the header, the last two together.
        together = len(rows) <= WHOLE or at in (0, last - 1)
        follow = noted if at == last else together
        _row(made, row, wide, numbers, SONG, size, follow=follow)


def _row(
    made: Any, texts: Sequence[str], widths: Sequence[Length], numbers: Collection[int], face: str,
    size: float, *, follow: bool,
) -> None:  # fmt: skip
    row = made.add_row()
    _mark(row, "w:cantSplit")
    for at, (cell, words) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = widths[at]
        line = cell.paragraphs[0]
        off_grid(line, size + LEADING)
        line.paragraph_format.keep_with_next = follow
        side = WD_ALIGN_PARAGRAPH.RIGHT if at in numbers else WD_ALIGN_PARAGRAPH.LEFT
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER if face == HEI else side
        letter(line.add_run(full_width(words)), face, size)


def _inset(made: Any) -> None:
    """Cells as narrow as the widths of the columns were worked out for."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(INSET / 2 * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _mark(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))
