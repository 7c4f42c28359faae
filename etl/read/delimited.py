"""A csv, tsv or other delimited text file as one table: Arrow where it is clean, exact where not.

The file is read in blocks. A block that is well formed goes through Arrow's parser; in any other
each record is cut by hand, so that a bad row costs time but takes no other row with it.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa

from etl.errors import Unreadable
from etl.read import header
from etl.read.blocks import blocks
from etl.read.clean_block import measure, parse, sort_out
from etl.read.clerk import Clerk
from etl.read.encoding import Encoding, detect
from etl.read.names import clean
from etl.read.records import decode_lines, split
from etl.read.table import ReadOptions, Table, Vocabulary

DELIMITERS = ",\t;|"
_SAMPLE_BYTES = 1 << 20
_PIECE = 128 << 10
_SAMPLE_LINES = 400
_DECLARED = re.compile(r'"?sep=([,\t;|])"?\r?', re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How the file is cut, and where its data begins."""

    encoding: Encoding
    delimiter: str
    above: int  # physical lines before the data
    size: int  # bytes


def read_delimited(path: Path, vocabulary: Vocabulary, options: ReadOptions) -> list[Table]:
    encoding = detect(path, options.encoding)
    lines = decode_lines(_head(path, encoding))[:_SAMPLE_LINES]
    skip = min(options.skip_rows or 0, len(lines))
    delimiter = _sniff(lines[skip:], vocabulary)
    cut = split(lines[skip:], delimiter, 0, at_end=True)
    head = list(islice(cut, header.SAMPLE))
    rows = [(skip + index, record.cells) for index, record in enumerate(head, 1)]
    found = header.locate(rows, vocabulary, options)
    if found is None:
        raise Unreadable(
            f"前 {len(rows)} 行里没有像表头的一行。"
            "请确认数据上方有一行列名,或在对照文件的 [read] 里用 header_row 指明表头行号。"
        )
    above = skip + sum(record.lines for record in head[: found.data])
    return [
        Table(
            file=path,
            sheet=None,
            encoding=encoding.name,
            encoding_note=encoding.note,
            headers=found.names,
            header_rows=found.rows,
            titles=found.titles,
            first_row=skip + found.data + 1,
            source=partial(_stream, Layout(encoding, delimiter, above, path.stat().st_size)),
        )
    ]


def _sniff(lines: Sequence[str | None], vocabulary: Vocabulary) -> str:
    """The delimiter under which a header is recognised, else the one that cuts most evenly."""
    if lines and lines[0] and (declared := _DECLARED.fullmatch(lines[0])):
        return declared[1]
    return max(DELIMITERS, key=lambda delimiter: _fit(lines, delimiter, vocabulary))


def _fit(
    lines: Sequence[str | None], delimiter: str, vocabulary: Vocabulary
) -> tuple[int, float, int]:
    cut = [record.cells for record in split(lines, delimiter, 0, at_end=True)]
    widths = Counter(len(cells) for cells in cut if cells != [""])
    if max(widths, default=1) == 1:
        return 0, 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    heads = ([clean(cell) for cell in cells] for cells in cut[:30] if len(cells) > 1)
    known = max((vocabulary.score(cells) for cells in heads), default=0)
    return known, count / len(cut) if width > 1 else 0.0, width


def _stream(layout: Layout, table: Table) -> Iterator[pa.RecordBatch]:
    reading = _Reading(layout, table)
    seen, block = 0, b""
    for following in _data_blocks(table.file, layout):
        if block:
            yield from reading.take(block, at_end=False)
        seen, block = seen + len(following), following
        table.progress = min(1.0, seen / max(1, layout.size))
    yield from reading.take(block, at_end=True)


def _head(path: Path, encoding: Encoding) -> bytes:
    found = b""
    for block in blocks(path, encoding):
        found += block
        if len(found) >= _SAMPLE_BYTES:
            break
    return found[:_SAMPLE_BYTES]


def _data_blocks(path: Path, layout: Layout) -> Iterator[bytes]:
    above = layout.above
    for block in blocks(path, layout.encoding):
        if above:
            lines = block.count(b"\n")
            yield block[_after_lines(block, above) :]
            above = max(0, above - lines)
        else:
            yield block


def _after_lines(block: bytes, lines: int) -> int:
    """The length of the first so many lines."""
    at = 0
    for _ in range(lines):
        at = block.find(b"\n", at) + 1 or len(block)
    return at


def _pieces(block: bytes) -> list[bytes]:
    found, start = [], 0
    while start < len(block):
        stop = block.find(b"\n", start + _PIECE) + 1 or len(block)
        found.append(block[start:stop])
        start = stop
    return found or [block]


class _Reading:
    """One pass over the data of a file: the next row number, and bytes of an unfinished record."""

    def __init__(self, layout: Layout, table: Table) -> None:
        self._delimiter = layout.delimiter
        self._table = table
        self._width = len(table.headers)
        self._clerk = Clerk(table)
        self._row_no = table.first_row
        self._carry = b""

    def take(self, block: bytes, *, at_end: bool) -> Iterator[pa.RecordBatch]:
        """The whole block at once if it is clean; else piece by piece, so that each fault sends
        only the few hundred rows around it the slow way."""
        found = self._parse(self._carry + block, at_end=at_end)
        pieces = _pieces(block) if found is None else [block]
        for index, piece in enumerate(pieces, 1):
            last = at_end and index == len(pieces)
            buffer = self._carry + piece
            if found := found or self._parse(buffer, at_end=last):
                batch, length = found
                self._clerk.release()
                yield from self._clerk.batches()
                yield sort_out(batch, self._row_no, self._table)
                self._row_no += batch.num_rows
                buffer = buffer[length:]
            if found is None or last:
                taken = yield from self._cut_by_hand(buffer, at_end=last)
                buffer = buffer[_after_lines(buffer, taken) :]
            self._carry, found = buffer, None
        if at_end:
            yield from self._clerk.close()

    def _parse(self, buffer: bytes, *, at_end: bool) -> tuple[pa.RecordBatch, int] | None:
        length, count = measure(buffer, self._delimiter, self._width, at_end=at_end)
        batch = parse(buffer, length, count, self._table, self._delimiter)
        return None if batch is None else (batch, length)

    def _cut_by_hand(self, buffer: bytes, *, at_end: bool) -> Generator[pa.RecordBatch, None, int]:
        """Returns how many lines belong to finished records."""
        taken, clerk = 0, self._clerk
        lines = decode_lines(buffer) if buffer else []
        for record in split(lines, self._delimiter, self._width, at_end=at_end):
            if record.reason:
                clerk.refuse(self._row_no, record.reason, record.cells or None)
            else:
                clerk.lay(self._row_no, record.cells)
            self._row_no += 1
            taken += record.lines
            if clerk.full():
                yield from clerk.batches()
        return taken
