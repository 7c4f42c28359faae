"""What reading hands on: one sheet as rows of text, and an account of every row that is not data."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from etl.errors import EtlError, Unreadable


class Vocabulary(Protocol):
    """Knows the words that headers are made of. The header is the row it knows best."""

    def score(self, headers: Sequence[str]) -> int: ...


@dataclass(frozen=True)
class ReadOptions:
    """What a map may say about a file. Row numbers count from 1."""

    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    skip_rows: int | None = None


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be laid under the header. It was read, and will be rejected."""

    row_no: int
    reason: str
    cells: tuple[str, ...] | None


@dataclass
class Table:
    """One sheet, or one file that is not a workbook.

    `batches()` may be called again; the account below it starts anew each time and is complete
    when the iterator is exhausted. Row numbers are those Excel and WPS show: a quoted line break
    in a csv does not start a row. In json they count records.
    """

    file: Path
    sheet: str | None
    encoding: str
    encoding_note: str
    headers: tuple[str, ...]
    header_rows: tuple[int, int]
    titles: tuple[str, ...]
    first_row: int
    source: Callable[["Table"], Iterator[pa.RecordBatch]] = field(repr=False)
    totals: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    notes: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)
    rows_read: int = 0
    blank: int = 0
    progress: float = 0.0
    warnings: list[str] = field(default_factory=list)
    failure: EtlError | None = None  # what ended the last pass early; DuckDB would hide its class

    def __post_init__(self) -> None:
        self._standing_warnings = tuple(self.warnings)

    @property
    def schema(self) -> pa.Schema:
        columns = [(f"c{index}", pa.string()) for index in range(len(self.headers))]
        return pa.schema([("row_no", pa.int64()), *columns])

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Rows as row_no, c0, c1 …: text as it stands in the file, None where a cell is empty."""
        self.totals, self.notes, self.broken = [], [], []
        self.rows_read, self.blank, self.progress = 0, 0, 0.0
        self.warnings, self.failure = list(self._standing_warnings), None
        try:
            for batch in self.source(self):
                self.rows_read += batch.num_rows
                yield batch
        except EtlError as error:
            self.failure = error
            raise
        except OSError as error:
            self.failure = Unreadable(f"读到一半文件无法继续读取({error.strerror or '读取失败'})。")
            raise self.failure from None
        self.progress = 1.0

    def reader(self) -> pa.RecordBatchReader:
        """The same batches as one Arrow stream, which DuckDB can scan."""
        return pa.RecordBatchReader.from_batches(self.schema, self.batches())
