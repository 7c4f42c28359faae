"""The sheets of a workbook, as the child process that parses it tells them."""

import marshal
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.errors import Unreadable
from etl.read.header import Merge
from etl.read.table import Table

_CHILD = Path(__file__).with_name("workbook_child.py")
# Rows of small sheets are kept from the first look; larger workbooks are parsed once more.
_BUDGET = 32 << 20

_REFUSALS = {
    "password": "文件有密码保护。请取消密码后另存一份再试。",
    "large": "工作簿解压后超过 400 MB。请按月份分开导出,或另存为 CSV 后再试。",
    "bomb": "工作簿的压缩率异常,可能是恶意文件,没有打开。如确认无误,请另存为 CSV 后再试。",
    "damaged": "工作簿已损坏或不完整。请重新导出,或在 Excel、WPS 中打开后另存为 xlsx。",
    "crashed": "工作簿无法解析:可能已损坏,或在离表格很远的地方还有内容。"
    "请在 Excel 或 WPS 中把表格复制到新工作簿,另存为 xlsx 后再试。",
}


@dataclass
class Sheet:
    """What the child said about one sheet. Columns count from the first that is used."""

    index: int
    name: str
    visible: bool
    rows: int = 0
    first_column: int = 0
    merges: list[Merge] = field(default_factory=list)  # rows and columns from 0
    uncached: list[tuple[int, int]] = field(default_factory=list)
    errors: int = 0
    long_numbers: int = 0
    blocks: list[bytes] = field(default_factory=list)
    complete: bool = True  # blocks are all of it

    @property
    def title(self) -> str:
        """The name as it may be shown: a sheet can be named for a phone or an id number."""
        return re.sub(r"\d{7,}", "*", self.name)

    def head(self) -> list[list[str | None]]:
        return marshal.loads(self.blocks[0]) if self.blocks else []


def peek(path: Path) -> list[Sheet]:
    sheets: list[Sheet] = []
    for payload, message in _ask(path, "peek", _BUDGET):
        if isinstance(message, list):
            sheets[-1].blocks.append(payload)
        elif "complete" in message:
            sheets[-1].complete = message["complete"]
            sheets[-1].long_numbers = message["long_numbers"]
        else:
            sheet = Sheet(**message)
            left = sheet.first_column
            sheet.merges = [(a, b - left, c, d - left) for a, b, c, d in sheet.merges]
            sheets.append(sheet)
    return sheets


def _ask(path: Path, verb: str, number: int) -> Iterator[tuple[bytes, Any]]:
    """The child's messages. Its errors become one sentence; its end is waited for."""
    command = [sys.executable, "-I", str(_CHILD), str(path), verb, str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        try:
            while prefix := child.stdout.read(8):
                payload = child.stdout.read(*struct.unpack(">Q", prefix))
                message = marshal.loads(payload)
                if isinstance(message, dict) and "error" in message:
                    raise Unreadable(_REFUSALS[message["error"]])
                yield payload, message
            crashed = child.wait() != 0
        except (EOFError, struct.error, ValueError, TypeError):
            crashed = True
        finally:
            child.kill()
    if crashed:
        raise Unreadable(_REFUSALS["crashed"])


def rows(sheet: Sheet, table: Table) -> Iterator[list[str | None]]:
    if sheet.complete:
        for block in sheet.blocks:
            yield from marshal.loads(block)
        long_numbers = sheet.long_numbers
    else:
        long_numbers = 0
        for _, message in _ask(table.file, "rows", sheet.index):
            if isinstance(message, list):
                yield from message
            else:
                long_numbers = message["long_numbers"]
    if long_numbers:
        table.warnings.append(
            f"有 {long_numbers} 个 15 位以上的数字以数值保存,末几位可能已被 Excel 改成 0;"
            "如果是编号,请把该列设为文本后重新导出。"
        )
