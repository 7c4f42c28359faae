"""Parses one workbook in a process of its own, and prints its rows as marshalled blocks.

A crafted or merely damaged workbook can make the parser ask for more memory than there is, which
ends the process it runs in. So it runs here, under a limit, and never in the app or the loader.
Started by file path: it imports nothing of the project, and is ready in some 20 ms.

    python workbook_child.py PATH peek BUDGET     every sheet, until BUDGET bytes of rows are sent
    python workbook_child.py PATH rows INDEX      all rows of one sheet
"""

import marshal
import re
import struct
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import python_calamine as calamine

MEMORY = 3 << 30
BLOCK_ROWS = 2000
# 400 MB of sheet XML take some 850 MB of memory here; a year of a city's orders needs 200 MB.
MAX_UNPACKED = 400 << 20
MAX_RATIO = 100
MAX_PARTS = 5000
_LONGEST_CELL = 1 << 20
# Excel keeps fifteen digits of a number; the rest of a longer one is zeros by now.
_LONG = 1e15
_EXACT = 2**53  # above this a float no longer holds every integer

# A formula is the first child of its cell; the result, if stored, follows it. Some writers put a
# namespace prefix before every tag.
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)(?<!/)>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v\b[^>]*>[^<]*)?"
)
_RESULT = re.compile(rb"<[^>]*[^/]>\s*[^<\s]")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_CELL_END = re.compile(rb".*</(?:\w+:)?c>", re.DOTALL)


def main(path: str, verb: str, number: int) -> None:
    _limit_memory()
    try:
        _check_package(path)
        with open(path, "rb") as file, calamine.load_workbook(file) as workbook:  # noqa: PTH123
            if verb == "peek":
                peek(path, workbook, number)
            else:
                _send_rows(workbook.get_sheet_by_index(number), None)
    except Refused as refusal:
        _send({"error": str(refusal)})
    except calamine.PasswordError:
        _send({"error": "password"})
    except (calamine.CalamineError, OSError, zipfile.BadZipFile, ValueError) as error:
        _send({"error": "damaged", "kind": type(error).__name__})


class Refused(Exception):
    """The argument names the reason; the parent words it."""


def peek(path: str, workbook: Any, budget: int) -> None:
    parts = _sheet_parts(path)
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        visible = sheet.visible == calamine.SheetVisibleEnum.Visible
        cells = workbook.get_sheet_by_index(index) if visible else None
        found = {"index": index, "name": sheet.name, "visible": visible}
        if cells is not None and cells.start is not None:
            uncached, errors = _formula_faults(path, parts.get(sheet.name))
            found |= {
                "rows": cells.total_height,
                "first_column": cells.start[1],
                "merges": [(a, b, c, d) for (a, b), (c, d) in cells.merged_cell_ranges or ()],
                "uncached": uncached,
                "errors": errors,
            }
        _send(found)
        if cells is not None and cells.start is not None:
            budget -= _send_rows(cells, max(budget, 1))


def _send_rows(sheet: Any, budget: int | None) -> int:
    """Blocks of rows, then how it ended: the budget may end before the rows do."""
    sent, block, long_numbers = 0, [], 0
    complete = True
    for row in sheet.iter_rows():
        if len(block) == BLOCK_ROWS:
            sent += _send(block)
            block = []
            if budget is not None and sent > budget:
                complete = False
                break
        block.append([text(value) for value in row])
        long_numbers += sum(1 for value in row if type(value) is float and abs(value) >= _LONG)
    if complete:
        sent += _send(block)
    _send({"complete": complete, "long_numbers": long_numbers})
    return sent


def text(value: object) -> str | None:
    """What a reader would type to get this cell: no exponents, no trailing .0, ISO dates."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        if value.microsecond:
            value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value) and abs(value) < _EXACT:
        return str(int(value))
    # Fifteen digits are what Excel keeps and shows: 0.1+0.2 is 0.3 there.
    digits = f"{value:.15g}" if abs(value) < _EXACT else repr(value)
    return f"{Decimal(digits):f}" if "e" in digits else digits


def _check_package(path: str) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise Refused("large")
    if unpacked > 20 << 20 and unpacked > MAX_RATIO * packed:
        raise Refused("bomb")


def _sheet_parts(path: str) -> dict[str, str]:
    """Sheet names and where their XML lies. Empty for formats that are not XML."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        try:
            book = ElementTree.fromstring(package.read("xl/workbook.xml"))
            links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        except (KeyError, ElementTree.ParseError):
            return {}
        names = set(package.namelist())
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in (node for node in book.iter() if node.tag.endswith("}sheet")):
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            parts[sheet.get("name", "")] = part
    return parts


def _formula_faults(path: str, part: str | None) -> tuple[list[tuple[int, int]], int]:
    """Cells with a formula but no stored result, rows and columns from 0, and how many hold an
    error such as #N/A. The parser shows both as empty."""
    uncached: list[tuple[int, int]] = []
    errors = 0
    if part is None:
        return uncached, errors
    with zipfile.ZipFile(path) as package, package.open(part) as stream:
        rest = b""
        while piece := stream.read(1 << 20):
            window = rest + piece
            last = _CELL_END.match(window)
            cut = last.end() if last else 0
            # No cell is as long as the tail that is kept: what is longer is padding.
            window, rest = window[:cut], window[cut:][-_LONGEST_CELL:]
            errors += window.count(b't="e"')
            uncached += _uncached(window)
    return uncached, errors


def _uncached(window: bytes) -> list[tuple[int, int]]:
    found = []
    if b"<f" not in window and b":f" not in window:
        return found
    for attributes, value in _FORMULA.findall(window):
        # An empty text is a result, an empty number is none.
        if _RESULT.match(value) or (value and b't="str"' in attributes):
            continue
        if reference := _REFERENCE.search(attributes):
            column = 0
            for letter in reference[1]:
                column = column * 26 + letter - 64
            found.append((int(reference[2]) - 1, column - 1))
    return found


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # neither Windows nor macOS has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _send(message: Any) -> int:
    payload = marshal.dumps(message)
    sys.stdout.buffer.write(struct.pack(">Q", len(payload)) + payload)
    return len(payload)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
