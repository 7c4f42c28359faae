"""Lays rows of cells under the header one by one, and books every row that is not data."""

from collections.abc import Iterator, Sequence
from sys import intern

import pyarrow as pa

from etl.read.rows import is_blank, is_total, may_be_note
from etl.read.table import BrokenRow, Table

# A batch is full at so many cells or characters: few enough for 16,384 columns or for a map in
# every row, enough that Arrow's overhead vanishes.
_CELLS = 200_000
_CHARACTERS = 8 << 20
# Beyond this many, broken rows keep their number and reason but not their cells.
_KEEP_CELLS = 10_000
# More than this is not a footer, whatever its rows look like.
_NOTES = 40

Cells = Sequence[str | None]


class Clerk:
    """Rows that look like notes wait: they are notes only if no data follows."""

    def __init__(self, table: Table, *, notes: bool = True) -> None:
        self._table = table
        self._notes = _NOTES if notes else 0
        self._width = len(table.headers)
        self._limit = max(1, _CELLS // max(1, self._width))
        self._characters = 0
        self._numbers: list[int] = []
        self._rows: list[Cells] = []
        self._waiting: list[tuple[int, Cells]] = []

    def lay(self, row_no: int, cells: Cells) -> None:
        if is_blank(cells):
            self._table.blank += 1
        elif is_total(cells):
            self._table.totals.append((row_no, texts(cells)))
        elif len(self._waiting) < self._notes and may_be_note(cells, self._width):
            self._waiting.append((row_no, cells))
        else:
            if self._waiting:
                self.release()
            self._lay_data(row_no, cells)

    def refuse(self, row_no: int, reason: str, cells: Cells | None = None) -> None:
        table = self._table
        kept = texts(cells) if cells is not None and len(table.broken) < _KEEP_CELLS else None
        table.broken.append(BrokenRow(row_no, intern(reason), kept))
        table.rows_read += 1

    def release(self) -> None:
        """Data follows, so the waiting rows were data as well."""
        waiting, self._waiting = self._waiting, []
        for row_no, cells in waiting:
            self._lay_data(row_no, cells)

    def full(self) -> bool:
        return len(self._rows) >= self._limit or self._characters >= _CHARACTERS

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Hand over what has been laid so far."""
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [pa.array(self._numbers, pa.int64())]
            arrays += [pa.array(column, pa.string()) for column in columns]
            self._numbers, self._rows, self._characters = [], [], 0
            yield pa.RecordBatch.from_arrays(arrays, schema=self._table.schema)

    def close(self) -> Iterator[pa.RecordBatch]:
        """The end of the table: rows still waiting are notes."""
        notes = [(row_no, texts(cells)) for row_no, cells in self._waiting]
        if notes:
            self._table.notes.extend(notes)
            self._table.warnings.append(f"表尾有 {len(notes)} 行说明文字,未计入数据。")
        yield from self.batches()

    def _lay_data(self, row_no: int, cells: Cells) -> None:
        width = self._width
        if len(cells) > width and is_blank(cells[width:]):
            cells = cells[:width]
        if len(cells) != width:
            self.refuse(row_no, f"表头有 {width} 列,本行有 {len(cells)} 格", cells)
            return
        self._numbers.append(row_no)
        self._rows.append([cell or None for cell in cells])
        self._characters += sum(map(len, filter(None, cells)))


def texts(cells: Cells) -> tuple[str, ...]:
    return tuple(cell or "" for cell in cells)
