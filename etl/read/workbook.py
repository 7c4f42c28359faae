"""A workbook (xlsx, xlsm, xlsb, xls, et) as one table for each visible sheet that has a header."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import pyarrow as pa

from etl.errors import Unreadable
from etl.read import header
from etl.read.clerk import Clerk
from etl.read.rows import is_total
from etl.read.sheets import Sheet, peek, rows
from etl.read.table import ReadOptions, Table, Vocabulary


def read_workbook(
    path: Path, vocabulary: Vocabulary, options: ReadOptions, form: Literal["xlsx", "xls"]
) -> list[Table]:
    sheets = peek(path)
    remarks = [f"工作表“{one.title}”是隐藏的,没有读取。" for one in sheets if not one.visible]
    found = []
    for sheet in _wanted(path, sheets, options):
        if heading := _locate(sheet, vocabulary, options):
            found.append((sheet, heading))
        else:
            remarks.append(f"工作表“{sheet.title}”里没有找到表头,没有读取。")
    if not found:
        raise Unreadable(
            f"没有一个可见的工作表含有表头。{''.join(remarks)}"
            "请确认数据上方有一行列名,或在对照文件的 [read] 里用 header_row 指明表头行号。"
        )
    first = found[0][0]
    return [
        _table(path, form, sheet, heading, remarks if sheet is first else [])
        for sheet, heading in found
    ]


def _wanted(path: Path, sheets: Sequence[Sheet], options: ReadOptions) -> list[Sheet]:
    filled = [sheet for sheet in sheets if sheet.visible and sheet.rows]
    if options.sheet is None:
        return filled
    named = [sheet for sheet in filled if sheet.name.strip() == options.sheet.strip()]
    if not named:
        names = "、".join(sheet.title for sheet in filled) or "无"
        raise Unreadable(f"没有名为“{options.sheet}”的可见且非空的工作表。现有工作表:{names}。")
    return named


def _locate(sheet: Sheet, vocabulary: Vocabulary, options: ReadOptions) -> header.Header | None:
    skip = options.skip_rows or 0
    rows = list(enumerate(sheet.head(), 1))[skip : skip + header.SAMPLE]
    merges = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in sheet.merges]
    return header.locate(rows, vocabulary, options, merges)


def _table(
    path: Path, form: str, sheet: Sheet, heading: header.Header, warnings: list[str]
) -> Table:
    if sheet.errors:
        warnings.append(f"有 {sheet.errors} 个单元格是公式错误值(如 #N/A),按空值读取。")
    return Table(
        file=path,
        sheet=sheet.name,
        encoding=form,
        encoding_note="工作簿,文字编码由文件格式规定",
        headers=heading.names,
        header_rows=heading.rows,
        titles=heading.titles,
        first_row=heading.rows[1] + 1,
        source=partial(_stream, sheet),
        warnings=warnings,
    )


def _stream(sheet: Sheet, table: Table) -> Iterator[pa.RecordBatch]:
    clerk = Clerk(table)
    uncached = defaultdict(list)
    for row, column in sheet.uncached:
        uncached[row + 1].append(column - sheet.first_column)
    merges = _Merges(sheet, table.first_row)
    for number, cells in enumerate(rows(sheet, table), 1):
        if number < table.first_row:
            continue
        # A total is not data, so it may well be an uncalculated SUM.
        if number in uncached and not is_total(cells):
            names = "、".join(table.headers[c] for c in uncached[number] if c < len(table.headers))
            reason = f"{names}:公式没有保存计算结果,请用 Excel 或 WPS 打开并保存一次"
            clerk.refuse(number, reason, cells)
        else:
            clerk.lay(number, merges.fill(number, cells))
        if clerk.full():
            table.progress = min(1.0, number / sheet.rows)
            yield from clerk.batches()
    if merges.filled:
        table.warnings.append(f"有 {merges.filled} 个纵向合并的单元格,已按第一行的内容补齐。")
    yield from clerk.close()


class _Merges:
    """Cells merged downwards in the body stand for every row they cover."""

    def __init__(self, sheet: Sheet, first_row: int) -> None:
        self.filled = 0
        self._starts = defaultdict(list)
        for top, left, bottom, _ in sheet.merges:
            if bottom > top and top + 1 >= first_row:
                self._starts[top + 1].append((left, bottom + 1))
        self._open: list[tuple[int, int, str]] = []

    def fill(self, number: int, cells: list[str | None]) -> list[str | None]:
        # A subtotal that closes a merged group must not start to look like data.
        if not self._starts or is_total(cells):
            return cells
        self._open = [merge for merge in self._open if merge[1] >= number]
        for column, _, value in self._open:
            if not cells[column]:
                cells[column] = value
                self.filled += 1
        for column, last in self._starts.get(number, ()):
            if value := cells[column]:
                self._open.append((column, last, value))
        return cells
