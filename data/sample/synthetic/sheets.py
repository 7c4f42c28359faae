"""Writing files the way exports look: guarded csv in an old encoding, workbooks with banners and totals."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2024, 10, 24, 18, 0)  # a workbook stores this; the clock would change every byte


def write_csv(path: Path, rows: Iterable[Sequence[Any]], encoding: str, newline: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=newline).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


class Book:
    """A workbook whose bytes depend on its content alone."""

    def __init__(self, path: Path):
        self.book = Workbook(path, {"default_date_format": "yyyy/m/d h:mm"})
        self.book.set_properties({"created": CREATED})
        self.bold = self.book.add_format({"bold": True, "align": "center", "text_wrap": True})

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.book.close()

    def sheet(self, name: str, title: str, header: Sequence[Sequence[str]]) -> "Sheet":
        """A sheet with a title over its whole width and a header of one row or two."""
        page = self.book.add_worksheet(name)
        page.merge_range(0, 0, 0, len(header[0]) - 1, title, self.bold)
        sheet = Sheet(page)
        _write_header(page, header, self.bold)
        sheet.next_row = 1 + len(header)
        return sheet


class Sheet:
    def __init__(self, page: Worksheet):
        self.page = page
        self.next_row = 0

    def append(self, cells: Sequence[Any]) -> None:
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, datetime):
                self.page.write_datetime(self.next_row, column, cell)
            elif isinstance(cell, date):
                self.page.write_datetime(
                    self.next_row, column, datetime(cell.year, cell.month, cell.day)
                )
            elif isinstance(cell, str):
                self.page.write_string(self.next_row, column, cell)
            else:
                self.page.write_number(self.next_row, column, cell)
        self.next_row += 1


def _write_header(page: Worksheet, header: Sequence[Sequence[str]], bold: Any) -> None:
    """Equal neighbours in the upper of two rows are one merged cell; an empty lower cell merges up."""
    if len(header) == 1:
        page.write_row(1, 0, header[0], bold)
        return
    upper, lower = header
    column = 0
    while column < len(upper):
        last = column
        while last + 1 < len(upper) and upper[last + 1] == upper[column] and lower[column]:
            last += 1
        if not lower[column]:
            page.merge_range(1, column, 2, column, upper[column], bold)
        else:
            if last > column:
                page.merge_range(1, column, 1, last, upper[column], bold)
            else:
                page.write_string(1, column, upper[column], bold)
            page.write_row(2, column, lower[column : last + 1], bold)
        column = last + 1
