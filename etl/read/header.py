"""Finds the header of a sheet: which rows it takes, and one clean name for each column."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.read.names import clean, unique
from etl.read.rows import is_blank
from etl.read.table import ReadOptions, Vocabulary

SAMPLE = 60  # rows looked at
_DEEPEST = 30  # the header starts above this row of the sample
_LEVELS = 3
_LONGEST = 40  # characters in a header cell

Row = tuple[int, Sequence[str | None]]  # number, cells
Sample = list[tuple[int, list[str]]]  # cleaned
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; rows from 1

# Neither a number, nor a date, nor a code with digits enough to name a person or a case.
_VALUE = re.compile(r"[\d\s.,::/%+\-年月日时分秒]+|.*\d{6}.*|.*[::].+")
_ORDINAL = re.compile(r"\(?(\d{1,3})\)?")
_LETTERS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Header:
    names: tuple[str, ...]
    rows: tuple[int, int]
    titles: tuple[str, ...]
    data: int  # index of the first data row in the sample


@dataclass(frozen=True)
class _Span:
    """Rows top..bottom of the sample, tried as a header."""

    top: int
    bottom: int
    names: tuple[str, ...]
    score: int

    @property
    def merit(self) -> tuple[int, int, int, int]:
        distinct = len({name for name in self.names if name})
        return self.score, distinct, self.top - self.bottom, -self.top


def locate(
    rows: Sequence[Row],
    vocabulary: Vocabulary,
    options: ReadOptions,
    merges: Sequence[Merge] = (),
) -> Header | None:
    """None where no row can be a header."""
    sample = [(number, [clean(cell) for cell in cells]) for number, cells in rows]
    merges = [merge for merge in merges if rows and merge[0] <= rows[-1][0]]
    _spread_merges(sample, merges)
    spans = [
        _Span(top, bottom, names, _score(vocabulary, names, sample[bottom][1]))
        for top, bottom in _uncut(sample, _candidates(sample, options, merges), merges)
        if any(names := _join(sample, top, bottom))
    ]
    if not spans:
        return None
    span = max(spans, key=lambda one: one.merit)
    if span.score < 2 and not options.header_row:
        span = _by_shape(sample, [one for one in spans if one.score == span.score]) or span
    return _header(rows, sample, span)


def _header(rows: Sequence[Row], sample: Sample, span: _Span) -> Header:
    data = span.bottom + 1
    if data < len(sample) and _counts_columns(sample[data][1], len(span.names)):
        data += 1
    titles = tuple(
        " ".join(cell.strip() for cell in cells if cell and not cell.isspace())
        for _, cells in rows[: span.top]
        if not is_blank(cells)
    )
    return Header(unique(span.names), (rows[span.top][0], rows[data - 1][0]), titles, data)


def _candidates(
    sample: Sample, options: ReadOptions, merges: Sequence[Merge]
) -> list[tuple[int, int]]:
    found = []
    for top in range(min(_DEEPEST, len(sample))):
        if options.header_row and sample[top][0] != options.header_row:
            continue
        for bottom in range(top, min(top + _LEVELS, len(sample))):
            if not (_is_heading(sample[bottom][1]) or (bottom == top and options.header_row)):
                break
            if sample[bottom][0] - sample[top][0] != bottom - top:
                break
            if bottom == top or _groups(sample, top, bottom, merges):
                found.append((top, bottom))
    return found


def _uncut(
    sample: Sample, spans: list[tuple[int, int]], merges: Sequence[Merge]
) -> list[tuple[int, int]]:
    """A header ends where its merged cells end, above and below."""
    tall = [(r0, r1) for r0, _, r1, _ in merges if 0 < r1 - r0 < _LEVELS]

    def cuts(top: int, bottom: int) -> bool:
        first, last = sample[top][0], sample[bottom][0]
        return any(r0 < first <= r1 or r0 <= last < r1 for r0, r1 in tall)

    return [span for span in spans if not cuts(*span)] or spans


def _is_heading(cells: Sequence[str]) -> bool:
    """Mostly words. Month or day numbers may head some columns of a wide sheet."""
    filled = [cell for cell in cells if cell]
    words = [cell for cell in filled if len(cell) <= _LONGEST and not _VALUE.fullmatch(cell)]
    return bool(filled) and len(words) >= 0.6 * len(filled)


def _groups(sample: Sample, top: int, bottom: int, merges: Sequence[Merge]) -> bool:
    """True where the top row has a cell over several columns of the row below."""
    first, last = sample[top][0], sample[bottom][0]
    if any(r0 == first and first < r1 <= last and c0 == c1 for r0, c0, r1, c1 in merges):
        return True
    upper, lower = sample[top][1], sample[top + 1][1]
    if sum(bool(cell) for cell in upper) < 2:
        return False
    if any(r0 == r1 == first and c1 > c0 for r0, c0, r1, c1 in merges):
        return len({cell for cell in upper if cell}) > 1
    # Without merges: most labels that have something below reach over the next column as well.
    both = [c for c, (up, low) in enumerate(zip(upper, lower, strict=False)) if up and low]
    wide = sum(not _at(upper, c + 1) and bool(_at(lower, c + 1)) for c in both)
    return wide > len(both) - wide


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _join(sample: Sample, top: int, bottom: int) -> tuple[str, ...]:
    width = _width(sample, top, bottom)
    rows = [cells for _, cells in sample[top : bottom + 1]]
    levels = [[*cells[:width], *[""] * (width - len(cells))] for cells in rows]
    for upper, lower in pairwise(levels):
        for column in range(1, width):
            if not upper[column] and lower[column]:
                upper[column] = upper[column - 1]
    return tuple(
        "/".join(dict.fromkeys(cell for cell in parts if cell))
        for parts in zip(*levels, strict=True)
    )


def _score(vocabulary: Vocabulary, names: Sequence[str], bottom: Sequence[str]) -> int:
    return max(vocabulary.score(names), vocabulary.score(bottom))


def _by_shape(sample: Sample, spans: Sequence[_Span]) -> _Span | None:
    """Unknown words: the first span as wide as the table, at the fewest levels."""
    wide = max(sum(bool(name) for name in span.names) for span in spans)
    usual = Counter(sum(bool(cell) for cell in cells) for _, cells in sample)
    for span in sorted(spans, key=lambda one: (one.top, one.bottom)):
        filled = sum(bool(name) for name in span.names)
        if filled >= 0.6 * min(wide, usual.most_common(1)[0][0]) and (filled > 1 or wide == 1):
            deeper = [one for one in spans if one.top == span.top]
            return max(deeper, key=lambda one: one.merit)
    return None


def _width(sample: Sample, top: int, bottom: int) -> int:
    """Cells to the right of the last name are a column only if the header row, too, has room for
    them, or if they are always empty: otherwise the rows do not belong under this header."""
    heading = [cells for _, cells in sample[top : bottom + 1]]
    named = max(_end(cells) for cells in heading)
    lengths = Counter(len(cells) for _, cells in sample[bottom + 1 :] if any(cells))
    usual = lengths.most_common(1)[0][0] if lengths else named
    if usual <= max(len(cells) for cells in heading):
        return max(named, usual)
    filled = max(_end(cells) for _, cells in sample[bottom + 1 :] if len(cells) == usual)
    return usual if filled <= named else named


def _end(cells: Sequence[str]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if cell), default=0)


def _spread_merges(sample: Sample, merges: Sequence[Merge]) -> None:
    by_number = {number: cells for number, cells in sample}
    for r0, c0, r1, c1 in merges:
        source = by_number.get(r0)
        if source is None or c0 >= len(source) or r1 - r0 >= _LEVELS:
            continue
        for number in range(r0, r1 + 1):
            cells = by_number.get(number, [])
            for column in range(c0, min(c1 + 1, len(cells))):
                cells[column] = source[c0]


def _counts_columns(cells: Sequence[str], width: int) -> bool:
    """The row 甲 乙 1 2 3 … that statistical forms print under the header."""
    if width < 4 or len(cells) < width:
        return False
    expected = 1
    for index, cell in enumerate(cells[:width]):
        if cell in ("栏次", "序号") or (index < len(_LETTERS) and cell == _LETTERS[index]):
            continue
        found = _ORDINAL.fullmatch(cell)
        if not found or int(found[1]) not in (expected, index + 1):
            return False
        expected = int(found[1]) + 1
    return expected > 2
