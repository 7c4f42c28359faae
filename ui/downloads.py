"""Tables as files: csv that Excel opens in Chinese, xlsx with its notes; no cell is ever a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.cells import Cell, Kind, harmless, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DEFINED = "口径编号"
FORMATS: dict[Kind, str] = {"count": "#,##0", "share": "0.0%", "decimal": "#,##0.0"}


@dataclass(frozen=True)
class Column:
    header: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """What is written: columns, rows of numbers and words, and the lines that say what they are.
    `metrics` are the definitions behind the numbers, each as metric@version."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    metrics: Sequence[str] = ()

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]


def as_csv(sheet: Sheet) -> bytes:
    """A csv has no second sheet for notes, so each of its rows says by which definitions it was made."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    told = not sheet.metrics or DEFINED in sheet.headers
    defined = [] if told else [" ".join(sheet.metrics)]
    writer.writerow([harmless(header) for header in (*sheet.headers, *(DEFINED for _ in defined))])
    writer.writerows([harmless(_short(cell)) for cell in (*row, *defined)] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _short(cell: Cell) -> Cell:
    """Six digits say more than any rate here can; the rest is noise of the division."""
    return round(cell, 6) if isinstance(cell, float) else cell


def as_xlsx(sheet: Sheet) -> bytes:
    # Imported here: a page that nobody downloads from does not pay for it.
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        kinds = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        page = book.add_worksheet("数据")
        page.freeze_panes(1, 0)
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, str(harmless(column.header)), head)
            page.set_column(
                at,
                at,
                width([sheet.headers[at], *(row[at] for row in sheet.rows)]),
                kinds.get(column.kind),
            )
        for at, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, at, column, harmless(cell), kinds.get(sheet.columns[column].kind))
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 90)
        for at, note in enumerate(sheet.notes):
            notes.write_string(at, 0, str(harmless(note)))
    return out.getvalue()


def _write(page: "Worksheet", at: int, column: int, cell: Cell, form: "Format | None") -> None:
    if isinstance(cell, str):
        page.write_string(at, column, cell)
    elif cell is not None:
        page.write_number(at, column, cell, form)
