"""Real tables: a caption above, a header that repeats on every page, rows that no page break cuts."""

from collections.abc import Collection, Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length

from reports.lettering import ems
from reports.model import Table, marked
from reports.punctuation import full_width
from reports.word.page import HEI, INNER, SONG, letter, off_grid
from reports.word.text import caption, note

POINTS, SMALL, LEADING = 10.5, 9.0, 4.5
WIDEST, NARROWEST, SLIM = 16.0, 3.0, 8.5  # ems of a column, before the widths are shared out
PADDING = 1.4  # ems, left and right of a cell together


def table(document: Document, part: Table, name: str) -> None:
    caption(document, f"{name} {part.caption}")
    numbers = frozenset(at for at, column in enumerate(part.columns) if column.kind != "text")
    rows = [[cell.text for cell in row] for row in part.rows]
    grid(document, [column.header for column in part.columns], rows, numbers)
    said = [*part.notes, f"数据来源标号:{marked(part.marks)}"]
    note(document, f"注:{';'.join(said)}。")


def grid(
    document: Document,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Collection[int],
    size: float = POINTS,
) -> None:
    """`numbers` are the columns set to the right."""
    made = document.add_table(rows=0, cols=len(headers), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(headers, rows, size)
    for at, width in enumerate(widths):
        made.columns[at].width = width
    _row(made, headers, widths, frozenset(), HEI, size, follow=bool(rows))
    _mark(made.rows[0], "w:tblHeader")
    for at, row in enumerate(rows):
        # The first row stays with the header, and the last but one with the last.
        _row(
            made,
            row,
            widths,
            numbers,
            SONG,
            size,
            follow=at in (0, len(rows) - 2) and at < len(rows) - 1,
        )


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


def _mark(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _widths(headers: Sequence[str], rows: Sequence[Sequence[str]], size: float) -> list[Length]:
    """As much as the widest cell wants, a header on two lines; where that is more than the page has, only
    the wide columns give way."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in headers]
    wanted = [
        min(max([ems(header) / 2, NARROWEST, *map(ems, column)]), WIDEST) + PADDING
        for header, column in zip(headers, columns, strict=True)
    ]
    room = INNER.pt / size
    slim = sum(each for each in wanted if each <= SLIM)
    wide = sum(wanted) - slim
    squeezed = (room - slim) / wide if sum(wanted) > room > slim and wide else None
    every = room / sum(wanted)
    return [
        Length(
            int(
                INNER
                / room
                * each
                * (every if squeezed is None else 1 if each <= SLIM else squeezed)
            )
        )
        for each in wanted
    ]
