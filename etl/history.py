"""Looking back: which batches there were, what they rejected, which snapshots are kept."""

import re
from pathlib import Path
from typing import Any

import duckdb

from etl import shelf
from etl.engine import failures_in_words
from etl.errors import NotFound
from etl.lock import exclusive
from etl.place import Place
from etl.snapshot import read_meta
from etl.store import open_store, scalar
from etl.tables import read_model

TEXT_IS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
PATIENCE = 30.0  # seconds a question waits for a running load


def batches(place: Place) -> list[dict[str, Any]]:
    """Every sheet of every batch, newest first."""
    if not place.store.exists():
        return []
    with exclusive(place, wait=PATIENCE), failures_in_words(place), open_store(place) as con:
        found = con.execute(read_model("batches"))
        names = [column[0] for column in found.description or ()]
        sheets = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    # The files of a batch stay in their order.
    return sorted(sheets, key=lambda sheet: -sheet["batch"])


def rejected(batch: int, *, place: Place) -> list[dict[str, Any]]:
    """One entry per file of the batch that had rejects: file, sheet, headers and rows.

    A row is its number in the file, its reasons, and its cells with personal data removed.
    """
    if not place.store.exists():
        raise NotFound(f"{place.root} 里还没有加载过数据,没有第 {batch} 批。")
    with exclusive(place, wait=PATIENCE), failures_in_words(place), open_store(place) as con:
        if not scalar(con, "SELECT count(*) FROM batches WHERE batch = ?", [batch]):
            raise NotFound(f"没有第 {batch} 批。用 python -m etl batches 查看已有批次。")
        files = con.execute(
            "SELECT file_no, file, sheet, headers FROM files "
            "WHERE batch = ? AND rejected > 0 ORDER BY file_no",
            [batch],
        ).fetchall()
        return [
            {"file": file, "sheet": sheet, "headers": headers, "rows": _rows(con, batch, file_no)}
            for file_no, file, sheet, headers in files
        ]


def _rows(
    con: duckdb.DuckDBPyConnection, batch: int, file_no: int
) -> list[tuple[int | None, list[str], list[str | None] | None]]:
    return con.execute(
        "SELECT row_no, reasons, cells FROM rejects WHERE batch = ? AND file_no = ? ORDER BY row_no",
        [batch, file_no],
    ).fetchall()


def write_rejects(batch: int, out: Path, *, place: Place) -> int:
    """Write the rejected rows as a workbook in the layout of their files; return how many."""
    import xlsxwriter  # only needed here

    files = rejected(batch, place=place)
    titles: set[str] = set()
    with xlsxwriter.Workbook(str(out), TEXT_IS_TEXT) as book:
        for number, file in enumerate(files, 1):
            _write_sheet(book.add_worksheet(_title(file["sheet"], number, titles)), file)
        if not files:
            book.add_worksheet("1").write_string(0, 0, f"第 {batch} 批没有未加载的行")
    return sum(len(file["rows"]) for file in files)


def _title(sheet: str | None, number: int, taken: set[str]) -> str:
    """The sheet's own name, which can say what its rows are; a number where it cannot be used."""
    name = re.sub(r"[\[\]:*?/\\']", "", sheet or "")[:31] or str(number)
    title = f"{name[:25]}({number})" if name.casefold() in taken else name
    taken.add(title.casefold())
    return title


def _write_sheet(sheet: Any, file: dict[str, Any]) -> None:
    width = len(file["headers"])
    headers = [header or "(未用列)" for header in file["headers"]]
    for column, header in enumerate([*headers, "原行号", "未加载原因"]):
        sheet.write_string(0, column, header)
    for line, (row_no, reasons, cells) in enumerate(file["rows"], 1):
        for column, cell in enumerate((cells or [])[:width]):
            if cell is not None:
                sheet.write_string(line, column, cell)
        if row_no is not None:
            sheet.write_number(line, width, row_no)
        sheet.write_string(line, width + 1, ";".join(reasons))


def snapshots(place: Place) -> list[dict[str, Any]]:
    """Kept snapshots, newest first."""
    pointed, pinned = shelf.current(place), shelf.pinned(place)
    return [
        {
            "snapshot": file.stem,
            "built_at": meta.get("built_at"),
            "as_of": meta.get("as_of"),
            "bytes": file.stat().st_size,
            "current": file == pointed,
            "pinned": file.stem in pinned,
        }
        for file in reversed(shelf.files(place))
        for meta in [read_meta(file) or {}]
    ]


def use(snapshot: str, *, place: Place) -> None:
    """Make an earlier snapshot current again. The next load publishes a new one."""
    with exclusive(place, wait=PATIENCE):
        file = shelf.find(place, snapshot)
        if read_meta(file) is None:
            raise NotFound(f"快照 {file.stem} 已损坏,打不开。请选另一个:python -m etl snapshots。")
        shelf.point_to(place, file)
