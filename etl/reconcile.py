"""Totals rows of a file against the rows they claim to add up. A total is never trusted, only compared."""

import re

import duckdb

from etl.stream import Stream
from etl.words import plain

PARTIAL = ("小计",)


def reconciled(
    con: duckdb.DuckDBPyConnection, stream: Stream, kept: int, refused: int
) -> list[str]:
    """One sentence for each totals row and column that disagrees, or one that all agree."""
    totals = [row for row in stream.table.totals if not _is_partial(row[1])]
    if not totals:
        return []
    sums = _sums(con, stream)
    said: list[str] = []
    compared = 0
    for row_no, cells in totals:
        for column, added in sums.items():
            total = _number(cells[column]) if column < len(cells) else None
            if total is None:
                continue
            compared += 1
            if abs(total - added) > 1e-6:
                name = stream.table.headers[column]
                said.append(
                    f"第{row_no}行合计“{name}”为{total:g},各行相加为{added:g},相差{total - added:+g}。"
                )
        if not sums and (count := _only_number(cells)) is not None:
            compared += 1
            if count != kept + refused:
                said.append(f"第{row_no}行合计为{count:g},数据行为{kept + refused}行。")
    if said and refused:
        said.append(f"另有{refused}行被拒绝,未计入各行相加。")
    return said or ([f"合计行与各行相加一致(核对{compared}处)。"] if compared else [])


def _is_partial(cells: tuple[str, ...]) -> bool:
    said = [plain(cell) for cell in cells if cell][:2]
    return any(word.startswith(PARTIAL) for word in said)


def _sums(con: duckdb.DuckDBPyConnection, stream: Stream) -> dict[int, float]:
    """What the kept rows add up to, by column of the file."""
    sums: dict[int, float] = {}
    group = next((f for f in stream.source.fields if f.spread), None)
    for part in stream.recognition.spread:
        for name, column in part.columns.items():
            assert group, "only a source with a spread field is spread"
            sums[column] = _sum(con, name, f'WHERE "{group.column}" = ?', [part.code])
    if not stream.recognition.spread and not stream.recognition.people:
        for found in stream.recognition.columns:
            if found.field.type in ("integer", "number") and len(found.columns) == 1:
                sums[found.columns[0]] = _sum(con, found.field.column, "", [])
    return sums


def _sum(con: duckdb.DuckDBPyConnection, column: str, where: str, values: list[str]) -> float:
    row = con.execute(f'SELECT coalesce(sum("{column}"), 0) FROM staged {where}', values).fetchone()
    return float(row[0]) if row else 0.0


def _number(cell: str | None) -> float | None:
    said = plain(cell or "").replace(",", "")
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)[^\d%.]{0,3}", said)
    return float(found[1]) if found else None


def _only_number(cells: tuple[str, ...]) -> float | None:
    found = [n for cell in cells if (n := _number(cell)) is not None]
    return found[0] if len(found) == 1 else None
