"""A text file as UTF-8 blocks of whole lines, whatever its encoding.

Nothing is decoded with replacement characters. A line that cannot be decoded arrives as the one
byte 0xFF, which UTF-8 never contains, and is refused further on.
"""

import codecs
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from etl.errors import Unreadable
from etl.read.encoding import Encoding, raw, reencoded

UNDECODABLE = b"\xff"
# A longer line is not a record; keeping it would unbound memory.
LINE_LIMIT = 32 << 20
# Multi-byte codecs in which a line feed byte is always a line feed, so that lines can be cut first.
_LINEWISE = {"gb18030", "big5", "big5hkscs", "cp950", "ascii", "iso8859-1", "cp1252"}


def blocks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """UTF-8, cut after line feeds; a file whose lines end in CR alone gets line feeds."""
    if encoding.codec == "utf-8":
        yield from _whole_lines(raw(path, encoding.bom))
    elif encoding.codec in _LINEWISE:
        lines = _whole_lines(raw(path, encoding.bom))
        yield from _ahead(_transcode(block, encoding.codec) for block in lines)
    else:
        yield from _whole_lines(_ahead(_transcoded(raw(path, encoding.bom), encoding.codec)))


def characters(path: Path, encoding: Encoding) -> Iterator[str]:
    """The text without regard to lines. One bad byte is an error here."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    try:
        for piece in raw(path, encoding.bom):
            yield decoder.decode(piece)
        yield decoder.decode(b"", True)
    except UnicodeError:
        raise Unreadable(
            f"按 {encoding.name} 解码失败,文件可能不完整。请重新导出,或另存为 UTF-8 后再试。"
        ) from None


def _transcode(block: bytes, codec: str) -> bytes:
    whole = reencoded(block, codec)
    if whole is not None:
        return whole
    lines = (reencoded(line, codec) for line in block.split(b"\n"))
    return b"\n".join(UNDECODABLE if line is None else line for line in lines)


def _transcoded(pieces: Iterable[bytes], codec: str) -> Iterator[bytes]:
    # Lone surrogates pass through as invalid UTF-8, so only their own line is refused.
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    for piece in pieces:
        try:
            yield decoder.decode(piece).encode("utf-8", "surrogatepass")
        except UnicodeError:
            raise Unreadable(
                f"按 {codec} 解码到一半失败,文件可能损坏。请另存为“CSV UTF-8”或 xlsx 后再试。"
            ) from None
    if decoder.getstate()[0]:
        yield UNDECODABLE


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    carry: list[bytes] = []
    held, overlong, only_cr = 0, False, None
    for piece in pieces:
        if only_cr is None:
            only_cr = b"\n" not in piece and b"\r" in piece
        if only_cr:
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        cut = piece.rfind(b"\n") + 1
        if cut:
            start = piece.find(b"\n") if overlong else 0
            lead = UNDECODABLE if overlong else b"".join(carry)
            yield lead + piece[start:cut]
            carry, held, overlong = [], 0, False
        held += len(piece) - cut
        overlong = overlong or held > LINE_LIMIT
        carry = [] if overlong else [*carry, piece[cut:]]
    rest = UNDECODABLE if overlong else b"".join(carry)
    if rest:
        yield rest


def _ahead(items: Iterator[bytes], depth: int = 2) -> Iterator[bytes]:
    """Transcode the next blocks while this one is parsed: Arrow lets go of the GIL."""

    def following() -> bytes | None:
        return next(items, None)

    with ThreadPoolExecutor(1) as pool:
        waiting = deque(pool.submit(following) for _ in range(depth))
        while (item := waiting.popleft().result()) is not None:
            waiting.append(pool.submit(following))
            yield item
