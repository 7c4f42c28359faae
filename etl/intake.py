"""One file on its way into the store: read, recognised, staged and merged in a single transaction."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.errors import EtlError, Unreadable, Unrecognised
from etl.mapping import Mapping
from etl.match import Recognition, recognise, source_named, vocabulary
from etl.merge import Twin, merge
from etl.read import ReadOptions, Table, read_file
from etl.report import Accounting, FileReport
from etl.stage import Context, Staged, stage
from etl.store import scalar, version

# A file or sheet can be named after a person's number.
NUMBERS = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{15}|\d{17}[\dXx])(?!\d)")

Progress = Callable[[str, float | None], None]


@dataclass
class Arrival:
    """A file and the sheets of it that are understood."""

    path: Path
    parts: list[tuple[Table, Recognition]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return shown(self.path.name)

    def holds(self, source: str) -> bool:
        return any(recognition.source.name == source for _, recognition in self.parts)


def shown(name: str) -> str:
    return NUMBERS.sub("*", name)


def understand(path: Path, source: str | None, mapping: Mapping | None) -> Arrival:
    """Read the head of a file and decide what each sheet is; nothing is kept yet."""
    arrival = Arrival(path)
    try:
        if source is not None:
            source_named(source)
        if not path.is_file():
            raise Unreadable(f"找不到文件 {shown(str(path))}。请检查路径。")
        tables = read_file(path, vocabulary(mapping), _options(mapping))
    except EtlError as error:
        arrival.errors.append(str(error))
        return arrival
    for table in tables:
        try:
            arrival.parts.append((table, recognise(table, source, mapping)))
        except Unrecognised as error:
            sheet = f"工作表「{shown(table.sheet)}」:" if table.sheet else ""
            arrival.errors.append(f"{sheet}{error}")
    return arrival


def _options(mapping: Mapping | None) -> ReadOptions:
    if mapping is None:
        return ReadOptions()
    return ReadOptions(mapping.sheet, mapping.encoding, mapping.header_row, mapping.skip_rows)


def keep(
    con: duckdb.DuckDBPyConnection,
    arrival: Arrival,
    batch: int,
    context: Context,
    progress: Progress,
) -> list[FileReport]:
    """Stage and merge every understood sheet. The caller holds the transaction."""
    reports = []
    for table, recognition in arrival.parts:
        _watch(table, arrival.name, progress)
        staged = stage(con, table, recognition, context)
        progress(f"{arrival.name}:合并 {staged.read:,} 行…", None)
        reports.append(_merge(con, arrival.name, table, recognition, staged, batch))
        # They hold the whole sheet in memory, and the snapshot needs room next.
        con.execute("DROP TABLE staged")
        con.execute("DROP TABLE refused")
    return reports


def _watch(table: Table, name: str, progress: Progress) -> None:
    """Report how far reading is, batch by batch."""
    rows_of = table.source

    def watched(table: Table) -> Iterator[pa.RecordBatch]:
        for batch in rows_of(table):
            progress(f"{name}:读取 {table.rows_read:,} 行…", table.progress)
            yield batch

    table.source = watched


def _merge(
    con: duckdb.DuckDBPyConnection,
    name: str,
    table: Table,
    recognition: Recognition,
    staged: Staged,
    batch: int,
) -> FileReport:
    source = recognition.source
    file_no = scalar(con, "SELECT count(*) + 1 FROM files WHERE batch = ?", [batch])
    digest = scalar(
        con,
        "SELECT concat_ws(' ', count(*), bit_xor(content), bit_xor(hash(record_key, content, row_no))) "
        "FROM staged",
    )
    twin = _twin(con, source.name, digest)
    outcome, written = merge(con, source, batch, file_no, twin)
    event = (
        f'min("{source.event}")::DATE, max("{source.event}")::DATE'
        if source.event
        else "NULL, NULL"
    )
    span = con.execute(
        f"SELECT count(*) FILTER (WHERE len(flags) > 0), {event} FROM staged"
    ).fetchone()
    assert span
    accounting = Accounting(
        staged.read, outcome.loaded, outcome.updated, outcome.unchanged, outcome.duplicate,
        staged.rejected,
    )  # fmt: skip
    sheet = shown(table.sheet) if table.sheet else None
    con.execute(
        f"INSERT INTO files VALUES ({', '.join('?' * 20)})",
        [
            *(batch, file_no, source.name, name, sheet, digest, table.encoding),
            _headers(table, recognition),
            *(accounting.read, accounting.loaded, accounting.updated, accounting.unchanged),
            *(accounting.duplicate, accounting.rejected, *span, staged.warnings),
            *((None, None) if written or twin is None else twin),
        ],
    )
    if written:
        con.execute(
            "INSERT INTO changes VALUES (?, 'load', ?, ?, ?)",
            [version(con) + 1, batch, file_no, source.name],
        )
    reasons = _keep_rejects(con, batch, file_no)
    return FileReport(
        name, sheet, source.name, source.label, table.encoding, recognition, accounting,
        staged.flags, staged.unmapped, staged.warnings, staged.reconciliation, reasons,
    )  # fmt: skip


def _headers(table: Table, recognition: Recognition) -> list[str | None]:
    """The words that mean something; of other columns nothing is stored, not even the name."""
    ignored = set(recognition.ignored)
    return [None if header in ignored else shown(header) for header in table.headers]


def _twin(con: duckdb.DuckDBPyConnection, source: str, digest: str) -> Twin | None:
    """An earlier file, not undone, whose rows were the same."""
    return con.execute(
        """
        SELECT f.batch, f.file_no
        FROM files AS f
        JOIN batches AS b USING (batch)
        WHERE f.source = ? AND f.digest = ? AND f.kept_by_batch IS NULL AND b.undone_at IS NULL
        ORDER BY f.batch, f.file_no
        LIMIT 1""",
        [source, digest],
    ).fetchone()


def _keep_rejects(con: duckdb.DuckDBPyConnection, batch: int, file_no: int) -> dict[str, int]:
    con.execute(
        "INSERT INTO rejects SELECT ?, ?, row_no, reasons, cells FROM refused", [batch, file_no]
    )
    rows = con.execute(
        "SELECT reason, count(*) FROM (SELECT unnest(reasons) AS reason FROM refused) "
        "GROUP BY reason ORDER BY count(*) DESC, reason"
    )
    return dict(rows.fetchall())
