"""Cuts lines of text into records, exactly, and finds its feet again after a stray quote.

Strict RFC 4180, with one mercy: where a quote is opened and never properly closed, only its own
line is refused. A reader that goes on to the next quote swallows the rows in between.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A quoted cell that runs on for longer was never meant to.
MAX_LINES = 1000
MAX_CHARS = 1 << 20
# Below this many columns a line inside a text may look like a row by accident.
TELLING_WIDTH = 6

UNREADABLE_BYTES = "本行含有无法解码的字节"
STRAY_QUOTE = "引号不成对"


@dataclass(frozen=True, slots=True)
class Record:
    lines: int  # physical lines it takes
    cells: list[str]
    reason: str | None = None  # why it is broken


def decode_lines(block: bytes) -> list[str | None]:
    """None where a line is not UTF-8. A final line feed does not start a line."""
    if block.endswith(b"\n"):
        block = block[:-1]
    try:
        return list(block.decode().split("\n"))
    except UnicodeDecodeError:
        return [_decoded(line) for line in block.split(b"\n")]


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def split(
    lines: Sequence[str | None], delimiter: str, width: int, *, at_end: bool
) -> Iterator[Record]:
    """Records in order. Stops before one that needs lines beyond these, unless at the end.

    `width` is the number of columns, or 0 while it is not known.
    """
    index = 0
    while index < len(lines):
        line = lines[index]
        if line is None:
            record = Record(1, [], UNREADABLE_BYTES)
        elif '"' not in line:
            record = Record(1, line.rstrip("\r").split(delimiter))
        else:
            cells, taken = _quoted(lines, index, delimiter)
            if cells is None and taken and not at_end:
                return
            record = _checked(cells, taken, lines[index : index + taken], delimiter, width)
            if record is None:
                record = Record(1, line.rstrip("\r").split(delimiter), STRAY_QUOTE)
        yield record
        index += record.lines


def _quoted(
    lines: Sequence[str | None], index: int, delimiter: str
) -> tuple[list[str] | None, int]:
    """Cells and lines taken; None and 0 if wrongly quoted; None and more if lines ran out."""
    text, taken = lines[index] or "", 1
    cells: list[str] = []
    at = 0
    while True:
        if not text.startswith('"', at):
            end = text.find(delimiter, at)
            if end < 0:
                return [*cells, text[at:].rstrip("\r")], taken
            cells.append(text[at:end])
            at = end + 1
            continue
        close = _closing(text, at + 1)
        while close < 0:
            reach = _next_quote(lines, index + taken, index + MAX_LINES)
            if reach is None or len(text) > MAX_CHARS:
                return None, 0
            if reach == len(lines):
                return None, reach - index
            more = (line or "" for line in lines[index + taken : reach + 1])
            text = "\n".join([text, *more])
            taken = reach + 1 - index
            close = _closing(text, -close)
        cells.append(text[at + 1 : close].replace('""', '"'))
        at = close + 1
        if text.startswith(delimiter, at):
            at += 1
        elif not text[at:].strip("\r"):
            return cells, taken
        else:
            return None, 0


def _next_quote(lines: Sequence[str | None], start: int, limit: int) -> int | None:
    """The next line with a quote, or the number of lines; None where there cannot be a record."""
    for index in range(start, len(lines)):
        line = lines[index]
        if line is None or index >= limit:
            return None
        if '"' in line:
            return index
    return len(lines)


def _closing(text: str, start: int) -> int:
    """Where the quote closes; if it does not, minus the place to go on from."""
    while True:
        end = text.find('"', start)
        if end < 0:
            return -len(text)
        if not text.startswith('"', end + 1):
            return end
        start = end + 2


def _checked(
    cells: list[str] | None,
    taken: int,
    lines: Sequence[str | None],
    delimiter: str,
    width: int,
) -> Record | None:
    """None where the lines are better read as rows of their own."""
    if cells is None:
        return None
    if taken > 1 and width >= TELLING_WIDTH:
        inner = lines[1:-1] if len(cells) == width else lines[1:]
        if holds_rows([line for line in inner if line is not None], delimiter, width):
            return None
    return Record(taken, cells)


def holds_rows(lines: Iterable[str], delimiter: str, width: int) -> bool:
    """A line inside quotes that has as many cells as the table was not inside quotes."""
    return any('"' not in line and line.count(delimiter) == width - 1 for line in lines)
