"""Totals rows of a file against the rows they claim to add up. A total is never trusted, only compared.

A 小计 stands for the rows since the total before it, or for the block below it. A 合计 stands for all
rows, or, in a sheet of monthly blocks, for its own block. The reading that fits best is the one meant.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy as np

from etl.stream import Stream
from etl.words import plain

PARTIAL = ("小计", "小計")
START, END = 0, 2**62
Rows = tuple[int, int]  # between these two row numbers


@dataclass(frozen=True)
class Total:
    row_no: int
    cells: tuple[str, ...]
    word: str
    meant: tuple[Rows, ...]  # the blocks it can stand for, likeliest first


@dataclass(frozen=True)
class Column:
    """What the kept rows say in one column of the file, added up row by row."""

    name: str
    rows: np.ndarray
    running: np.ndarray

    def added(self, block: Rows) -> float:
        first, last = np.searchsorted(self.rows, (block[0] + 1, block[1]))
        return float(self.running[last] - self.running[first])


def reconciled(
    con: duckdb.DuckDBPyConnection, stream: Stream, kept: int, refused: int
) -> list[str]:
    """One sentence for each totals row and column that disagrees, or one that all agree."""
    totals = _totals(stream.table.totals)
    if not totals or stream.recognition.people:
        return []
    columns = _columns(con, stream)
    said: list[str] = []
    compared = 0
    for total in totals:
        told = {c: n for c in columns if (n := _number(_cell(total, c))) is not None}
        differing = [_differing(total, block, told, columns) for block in total.meant]
        said += min(differing, key=len)
        compared += len(told)
        count = None if columns or total.word in PARTIAL else _only_number(total.cells)
        if count is not None:
            compared += 1
            if count != kept + refused:
                said.append(f"第{total.row_no}行合计为{count:g},数据行为{kept + refused}行。")
    if said and refused:
        said.append(f"另有{refused}行被拒绝,未计入各行相加。")
    return said or ([f"合计行与各行相加一致(核对{compared}处)。"] if compared else [])


def _totals(rows: list[tuple[int, tuple[str, ...]]]) -> list[Total]:
    words = [_word(cells) for _, cells in rows]
    numbers = [START, *(number for number, _ in rows), END]
    blocks = list(pairwise(numbers))  # before the first total, between two, after the last
    whole = [START, *(n for (n, _), word in zip(rows, words, strict=True) if word not in PARTIAL)]
    found = []
    for i, (number, cells) in enumerate(rows):
        above, below = blocks[i], blocks[i + 1]
        if words[i] in PARTIAL:
            meant = (above, below)
        else:
            since = max(n for n in whole if n < number)
            meant = ((START, END), (since, number), above, below, (START, number))
        found.append(Total(number, cells, words[i], meant))
    return found


def _word(cells: tuple[str, ...]) -> str:
    said = [plain(cell) for cell in cells if cell][:2]
    return next((word for word in PARTIAL if any(s.startswith(word) for s in said)), "合计")


def _differing(
    total: Total, block: Rows, told: dict[int, float], columns: dict[int, Column]
) -> list[str]:
    found = []
    for number, said in told.items():
        added = columns[number].added(block)
        if abs(said - added) > 1e-6:
            found.append(
                f"第{total.row_no}行{total.word}“{columns[number].name}”为{said:g},"
                f"各行相加为{added:g},相差{said - added:+g}。"
            )
    return found


def _columns(con: duckdb.DuckDBPyConnection, stream: Stream) -> dict[int, Column]:
    """Columns of the file whose numbers were kept, by place."""
    recognition, names = stream.recognition, stream.table.headers
    group = next((f for f in stream.source.fields if f.spread), None)
    found: dict[int, Column] = {}
    for part in recognition.spread:
        for name, column in part.columns.items():
            assert group, "only a source with a spread field is spread"
            found[column] = _column(con, names[column], name, f'"{group.column}" = ?', [part.code])
    if not recognition.spread:
        for matched in recognition.columns:
            if matched.field.type in ("integer", "number") and len(matched.columns) == 1:
                column = matched.columns[0]
                found[column] = _column(con, names[column], matched.field.column, "TRUE", [])
    return found


def _column(
    con: duckdb.DuckDBPyConnection, header: str, column: str, where: str, values: list[str]
) -> Column:
    table = con.execute(
        f'SELECT row_no, coalesce("{column}", 0)::DOUBLE AS value FROM staged '
        f"WHERE {where} ORDER BY row_no",
        values,
    ).fetchnumpy()
    running = np.concatenate([[0.0], np.cumsum(np.asarray(table["value"]))])
    return Column(header, np.asarray(table["row_no"]), running)


def _cell(total: Total, column: int) -> str | None:
    return total.cells[column] if column < len(total.cells) else None


def _number(cell: str | None) -> float | None:
    said = plain(cell or "").replace(",", "")
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)[^\d%.]{0,3}", said)
    return float(found[1]) if found else None


def _only_number(cells: tuple[str, ...]) -> float | None:
    found = [n for cell in cells if (n := _number(cell)) is not None]
    return found[0] if len(found) == 1 else None
