"""Load an office's files: read, recognise, stage, merge into the store, publish a snapshot."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.engine import failures_in_words, known_failure
from etl.errors import EtlError
from etl.history import batches, rejected, snapshots, use, write_rejects
from etl.intake import Arrival, Progress, keep, shown, understand
from etl.journal import note
from etl.lock import exclusive
from etl.map_file import read_map
from etl.mapping import Mapping
from etl.place import ROOT, Place
from etl.places import know_areas
from etl.pseudonym import pseudonym_key
from etl.report import Accounting, FileReport, LoadReport
from etl.snapshot import outdated, publish
from etl.stage import Context
from etl.store import clock, open_store, scalar
from etl.undo import take_back

__all__ = [
    "Accounting",
    "FileReport",
    "LoadReport",
    "Progress",
    "batches",
    "build_sample",
    "load",
    "refresh",
    "rejected",
    "snapshots",
    "undo",
    "use",
    "write_rejects",
]
SAMPLE = ROOT / "data" / "sample"
SUFFIXES = {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".et", ".json", ".geojson"}


def load(
    paths: list[Path],
    *,
    place: Place,
    source: str | None = None,
    map_file: Path | None = None,
    dry_run: bool = False,
    demo: bool = False,
    today: date | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Load files, or the files of a folder, as one batch. Each file stands or falls alone."""
    say = progress or _silent
    mapping = read_map(map_file) if map_file else None
    today = today or clock().date()
    arrivals = [_understood(path, source, mapping, say) for path in files_of(paths)]
    errors = [(arrival.name, error) for arrival in arrivals for error in arrival.errors]
    # The area ledger first: the others are placed by it.
    arrivals = sorted((a for a in arrivals if a.parts), key=lambda a: not a.holds("areas"))
    if not arrivals:
        return LoadReport(None, [], errors)
    with _working(place, say), open_store(place, today, rehearsal=dry_run) as con:
        key = pseudonym_key(place, rehearsal=dry_run)
        run = Run(con, place, today, key, dry_run, demo, say)
        run.load(arrivals)
        errors += run.errors
        if dry_run or not run.reports:
            return LoadReport(None, run.reports, errors)
        snapshot = publish(con, place, lambda message: say(message, None))
    for report in run.reports:
        rows = {"file": report.file, "source": report.source} | vars(report.accounting)
        note(place, "load", batch=run.batch, snapshot=snapshot, **rows)
    return LoadReport(run.batch, run.reports, errors, snapshot)


class Run:
    """The files of one load, each in its own transaction; a rehearsal is one transaction, undone."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        place: Place,
        today: date,
        key: bytes,
        rehearsal: bool,
        demo: bool,
        say: Progress,
    ):
        self.con, self.place, self.today, self.key = con, place, today, key
        self.rehearsal, self.demo, self.say = rehearsal, demo, say
        self.batch = scalar(con, "SELECT coalesce(max(batch), 0) + 1 FROM batches")
        self.reports: list[FileReport] = []
        self.errors: list[tuple[str, str]] = []

    def load(self, arrivals: list[Arrival]) -> None:
        self.con.execute(
            "CREATE OR REPLACE TEMP VIEW workdays AS SELECT day, is_workday, workday_no FROM calendar"
        )
        if self.rehearsal:
            self.con.execute("BEGIN")
        for arrival in arrivals:
            try:
                self._load(arrival)
            except EtlError as error:
                self._drop(arrival, str(error))
            except (duckdb.Error, pa.ArrowException) as error:
                if isinstance(error, duckdb.Error) and (known := known_failure(error, self.place)):
                    raise known from error
                # The message of an engine can quote a cell.
                self._drop(
                    arrival, f"处理这个文件时出错({type(error).__name__}),该文件一行也没有加载。"
                )
        if self.rehearsal:
            self.con.execute("ROLLBACK")

    def _load(self, arrival: Arrival) -> None:
        if not self.rehearsal:
            self.con.execute("BEGIN")
        context = Context(self.today, self.key, know_areas(self.con))
        if not scalar(self.con, "SELECT count(*) FROM batches WHERE batch = ?", [self.batch]):
            self.con.execute(
                "INSERT INTO batches VALUES (?, ?, ?, NULL)", [self.batch, clock(), self.demo]
            )
        reports = keep(self.con, arrival, self.batch, context, self.say)
        if not self.rehearsal:
            self.con.execute("COMMIT")
        self.reports += reports

    def _drop(self, arrival: Arrival, message: str) -> None:
        self.con.execute("ROLLBACK")
        if self.rehearsal:
            self.con.execute("BEGIN")
        self.errors.append((arrival.name, message))
        note(self.place, "refused", file=arrival.name)


def undo(batch: int, *, place: Place, progress: Progress | None = None) -> str:
    """Take a batch back and return the new snapshot's name."""
    say = progress or _silent
    with _working(place, say), open_store(place) as con:
        take_back(con, batch)
        snapshot = publish(con, place, lambda message: say(message, None))
    note(place, "undo", batch=batch, snapshot=snapshot)
    return snapshot


def refresh(*, place: Place, progress: Progress | None = None) -> str | None:
    """After an upgrade: make the snapshot anew where other code made it. Its name, or None where it stands."""
    if not place.store.exists():
        return None
    say = progress or _silent
    with _working(place, say), open_store(place) as con:
        if not outdated(con, place):
            return None
        snapshot = publish(con, place, lambda message: say(message, None))
    note(place, "refresh", snapshot=snapshot)
    return snapshot


def build_sample(place: Place, progress: Progress | None = None) -> LoadReport:
    """Load the committed sample as demonstration data, with its profile where there is none yet."""
    place.root.mkdir(parents=True, exist_ok=True)
    profile = SAMPLE / "profile.toml"
    if profile.exists() and not place.profile.exists():
        place.profile.write_bytes(profile.read_bytes())
    return load([SAMPLE], place=place, demo=True, progress=progress)


def _silent(message: str, fraction: float | None) -> None:
    return


@contextmanager
def _working(place: Place, say: Progress) -> Generator[None]:
    with (
        exclusive(place, told=lambda message: say(message, None)),
        failures_in_words(place),
    ):
        yield


def files_of(paths: list[Path]) -> list[Path]:
    """The files meant by the paths: a folder stands for the data files in it."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                f
                for f in path.iterdir()
                if f.suffix.lower() in SUFFIXES and not f.name.startswith((".", "~$"))
            )
        else:
            found.append(path)
    return found


def _understood(path: Path, source: str | None, mapping: Mapping | None, say: Progress) -> Arrival:
    say(f"{shown(path.name)}:识别…", None)
    return understand(path, source, mapping)
