"""The fast path: a block of well-formed records goes through Arrow's parser in one call.

It accepts a block only where Arrow and the exact path in records.py cannot differ, and says no
to everything else.
"""

from itertools import chain, product

import numpy as np
import pyarrow as pa
from pyarrow import csv

from etl.read.clerk import texts
from etl.read.records import MAX_CHARS, MAX_LINES, TELLING_WIDTH, holds_rows
from etl.read.rows import TOTAL_WORDS, names_total
from etl.read.table import Table

# The last lines of a file go the exact way, because notes stand under a table.
FOOTER_LINES = 40
_QUOTE, _FEED, _RETURN = b'"\n\r'


def measure(buffer: bytes, delimiter: str, width: int, *, at_end: bool) -> tuple[int, int]:
    """How many leading bytes are well-formed whole records, and how many records those are.

    (0, 0) where the block is not clean. One column is never: there a blank line is a record.
    """
    if width < 2 or not buffer:
        return 0, 0
    quoted = b'"' in buffer
    if not quoted and not at_end:
        return buffer.rfind(b"\n") + 1, buffer.count(b"\n")
    octets = np.frombuffer(buffer, np.uint8)
    feeds = np.flatnonzero(octets == _FEED)
    quotes = np.flatnonzero(octets == _QUOTE) if quoted else np.empty(0, np.int64)
    # A line feed with an even number of quotes before it ends a record.
    ends = feeds[np.searchsorted(quotes, feeds) % 2 == 0] if len(quotes) else feeds
    count = len(ends) - (FOOTER_LINES if at_end else 0)
    if count <= 0:
        return 0, 0
    length = int(ends[count - 1]) + 1
    inside = quotes[: np.searchsorted(quotes, length)]
    if len(inside) and not _well_quoted(buffer, octets, feeds, inside, delimiter, width):
        return 0, 0
    return length, count


def _well_quoted(
    buffer: bytes,
    octets: np.ndarray,
    feeds: np.ndarray,
    quotes: np.ndarray,
    delimiter: str,
    width: int,
) -> bool:
    """Every cell that is quoted at all is quoted from its first character to its last."""
    opens, closes = quotes[0::2], quotes[1::2]
    before = octets[np.maximum(opens - 1, 0)]
    after = octets[np.minimum(closes + 1, len(octets) - 1)]
    stop = ord(delimiter)
    if not (np.isin(before, (stop, _FEED, _QUOTE)) | (opens == 0)).all():
        return False
    if not np.isin(after, (stop, _FEED, _RETURN, _QUOTE)).all():
        return False
    breaks = np.searchsorted(feeds, closes) - np.searchsorted(feeds, opens)
    if (breaks >= MAX_LINES).any() or (closes - opens >= MAX_CHARS).any():
        return False
    if width < TELLING_WIDTH:
        return True
    spans = zip(opens[breaks > 1], closes[breaks > 1], strict=True)
    inner = chain.from_iterable(buffer[a:b].decode("latin-1").split("\n")[1:-1] for a, b in spans)
    return not holds_rows(inner, delimiter, width)


def parse(
    buffer: bytes, length: int, count: int, table: Table, delimiter: str
) -> pa.RecordBatch | None:
    """The records as a batch of text columns, or None where Arrow does not see `count` of them."""
    if not count:
        return None
    names = table.schema.names[1:]
    source = pa.BufferReader(pa.py_buffer(memoryview(buffer)[:length]))
    try:
        found = csv.read_csv(
            source,
            csv.ReadOptions(column_names=names, use_threads=False, block_size=length + 1),
            csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid:
        return None
    batches = found.to_batches()
    return batches[0] if found.num_rows == count and len(batches) == 1 else None


def sort_out(batch: pa.RecordBatch, row_no: int, table: Table) -> pa.RecordBatch:
    """The data rows, numbered from row_no; totals and blank rows are booked."""
    blank, total = _leading_cells(batch)
    numbers = np.arange(row_no, row_no + batch.num_rows)
    for index in np.flatnonzero(total):
        cells = [column[int(index)].as_py() for column in batch.columns]
        table.totals.append((int(numbers[index]), texts(cells)))
    table.blank += int(blank.sum())
    columns = [pa.array(numbers), *batch.columns]
    whole = pa.RecordBatch.from_arrays(columns, schema=table.schema)
    aside = blank | total
    return whole.filter(pa.array(~aside)) if aside.any() else whole


def _leading_cells(batch: pa.RecordBatch) -> tuple[np.ndarray, np.ndarray]:
    """Masks of blank rows and of rows whose first or second filled cell names a total.

    Columns are looked at from the left, each time only for the rows not yet decided: two columns
    for nearly every row of a real file.
    """
    seen = np.zeros(batch.num_rows, np.int8)
    total = np.zeros(batch.num_rows, bool)
    open_rows = np.arange(batch.num_rows)
    for column in batch.columns:
        filled, named = _look(column, open_rows)
        total[open_rows[named]] = True
        seen[open_rows[filled]] += 1
        open_rows = open_rows[(seen[open_rows] < 2) & ~total[open_rows]]
        if not len(open_rows):
            break
    return seen == 0, total


def _look(column: pa.Array, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of these rows: which cells hold more than spaces, and which name a total."""
    _, offset_buffer, data_buffer = column.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32)[column.offset :][: len(column) + 1]
    starts, lengths = offsets[:-1][rows], np.diff(offsets)[rows]
    filled = lengths > 0
    named = np.zeros(len(rows), bool)
    if data_buffer is None or not filled.any():
        return filled, named
    octets = np.frombuffer(data_buffer, np.uint8)
    first, second = (octets[np.minimum(starts + k, len(octets) - 1)] for k in (0, 1))
    suspects = np.flatnonzero(filled & (_SUSPICIOUS[first, second] | (lengths == 1)))
    for index in suspects:
        cell = column[int(rows[index])].as_py()
        filled[index] = not cell.isspace()
        named[index] = names_total(cell)
    return filled, named


def _suspicious() -> np.ndarray:
    """Pairs of leading bytes with which a total, or a cell of spaces, can begin.

    A guard such as the TAB before an id says nothing by itself: what follows it must fit as well.
    """
    spaces = [chr(code) for code in range(0x3001) if chr(code).isspace()]
    words = [*(word[0] for word in TOTAL_WORDS), *"ｔＴｇＧ\u200b\ufeff‘’"]
    starts = [start.encode() for start in (*spaces, *words)]
    table = np.zeros((256, 256), bool)
    for first, second in product(b"tTgG", b"oOrR"):
        table[first, second] = True
    for start in starts:
        if len(start) > 1:
            table[start[0], start[1]] = True
    guards = [start[0] for start in starts if len(start) == 1] + [*b"'\""]
    for guard, follower in product(guards, [*(start[0] for start in starts), *b"tTgG'\""]):
        table[guard, follower] = True
    return table


_SUSPICIOUS = _suspicious()
