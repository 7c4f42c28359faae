"""Which encoding a text file is in, and how that was decided."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from etl.errors import Unreadable

BLOCK = 4 << 20
# Bytes beyond ASCII after which no GBK text can still pass for UTF-8; two words can.
_TELLING = 600
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "utf-8-sig": "utf-8"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8", "有 UTF-8 BOM"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le", "有 UTF-32 BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le", "有 UTF-16 小端 BOM"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be", "有 UTF-16 大端 BOM"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030", "有 GB18030 BOM"),
)


@dataclass(frozen=True)
class Encoding:
    name: str  # as shown
    codec: str
    bom: int  # bytes to skip
    note: str


def detect(path: Path, wanted: str | None = None) -> Encoding:
    """The first block that is not mere ASCII decides: a file may begin with pages of it."""
    with path.open("rb") as file:
        head = file.read(4096)
    if wanted:
        return _declared(head, wanted)
    for bom, name, codec, note in _BOMS:
        if head.startswith(bom):
            return Encoding(name, codec, len(bom), note)
    if wide := _without_bom(head):
        return wide
    suspect = _first_invalid_block(path)
    if suspect is None:
        return Encoding("utf-8", "utf-8", 0, "无 BOM,按 UTF-8 严格解码")
    return _by_lines(head, suspect)


def raw(path: Path, skip: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(skip)
        while piece := file.read(BLOCK):
            yield piece


def _declared(head: bytes, wanted: str) -> Encoding:
    try:
        "".encode(wanted)
        codec = codecs.lookup(wanted).name
    except (LookupError, ValueError):
        raise Unreadable(
            f"不认识的编码“{wanted}”。常用的有 utf-8、gb18030、utf-16,请改正对照文件 [read] 的 encoding。"
        ) from None
    for bom, name, of_bom, _ in _BOMS:
        if head.startswith(bom) and codec[:5] == of_bom[:5]:
            return Encoding(name, of_bom, len(bom), "由对照文件指定,有 BOM")
    codec = _WIDER.get(codec, codec)
    return Encoding(codec, codec, 0, "由对照文件指定")


def _without_bom(head: bytes) -> Encoding | None:
    """UTF-16 betrays itself: its separators and digits put NULs in every other byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for name, many, few in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > len(head) // 20 and few * 20 < many:
            return Encoding("utf-16", name, 0, "无 BOM,按 UTF-16 的字节特征判断")
    return None


def is_utf8(block: bytes) -> bool:
    # Arrow validates in place, several times faster than decoding to a Python string.
    offsets = pa.array([0, len(block)], pa.int32()).buffers()[1]
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(block)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _first_invalid_block(path: Path) -> bytes | None:
    """None if the text is UTF-8, as far as the first few hundred characters beyond ASCII say."""
    carry, seen = b"", 0
    for piece in raw(path, 0):
        block = carry + piece
        cut = _character_boundary(block)
        if not block.isascii():
            if not is_utf8(block[:cut]):
                return block
            seen += int((np.frombuffer(block, np.uint8) > 127).sum())
            if seen >= _TELLING:
                return None
        carry = block[cut:]
    return carry or None


def _character_boundary(block: bytes) -> int:
    """Where the last character begins if it is cut short, else the end."""
    for back in range(1, min(4, len(block)) + 1):
        byte = block[-back]
        if byte < 0x80:
            break
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(block) - back if length > back else len(block)
    return len(block)


def _by_lines(head: bytes, suspect: bytes) -> Encoding:
    """Not UTF-8 throughout. A field cut at a byte limit must not turn a whole file into mojibake."""
    text = head + suspect
    lines = text.split(b"\n" if b"\n" in text else b"\r")
    telling = [line for line in lines[1:-1] if not line.isascii()][:5000]
    telling = telling or [line for line in lines if not line.isascii()]
    damaged = {codec: _undecodable(telling, codec) for codec in ("utf-8", "gb18030")}
    codec = min(damaged, key=lambda name: damaged[name])
    if damaged[codec] > max(0.5 * len(telling), 0.05 * len(lines)):
        raise Unreadable(
            "既不是 UTF-8 也不是 GB18030 编码的文本,文件可能损坏或不是表格。"
            "请在 Excel 或 WPS 中打开,另存为“CSV UTF-8”或 xlsx 后再试。"
        )
    if codec == "utf-8":
        note = "无 BOM,按 UTF-8 解码;少数行含残缺字节,这些行会被退回"
    else:
        note = "无 BOM,不是 UTF-8,按 GB18030 严格解码"
    return Encoding(codec, codec, 0, note)


def _undecodable(lines: list[bytes], codec: str) -> int:
    return sum(reencoded(line, codec) is None for line in lines)


def reencoded(line: bytes, codec: str) -> bytes | None:
    try:
        return line.decode(codec).encode()
    except UnicodeError:
        return None
