"""The published file that pages, reports and the API read: never the one that loading writes.

A snapshot never changes, so whatever is read from it may be cached under its id for good.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from metrics import records
from metrics.errors import NoSnapshot
from metrics.records import (
    Area,
    Batch,
    Event,
    Filled,
    Flagged,
    Freshness,
    Indicator,
    MonthRows,
)

if TYPE_CHECKING:
    import pandas as pd

    from metrics.library import Library
    from metrics.period import Period
    from metrics.scope import Scope

DEFAULT_ROOT = Path(__file__).resolve().parent.parent / "data"
OPEN_AT_ONCE = 4
T = TypeVar("T")
SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    id: str
    path: Path
    as_of: date
    meta: dict[str, str]
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    memory: dict[Hashable, Any] = field(
        default_factory=dict, repr=False
    )  # what was worked out from it
    library: "Library | None" = field(default=None, repr=False)  # the cards it was pinned with
    past: bool = False  # opened by name: the cards may ask for more than it holds

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A fresh cursor: a shared one hands rows to the wrong thread."""
        return self.connection.cursor()

    def query(self, sql: str, params: object = None) -> list[tuple[Any, ...]]:
        return self.cursor().execute(sql, params).fetchall()

    def holds(self, table: str, condition: str = "TRUE") -> bool:
        """Whether any row of a table is so. Asked once: a snapshot does not change."""
        sql = f"SELECT EXISTS (SELECT 1 FROM {table} AS facts WHERE {condition})"
        return self.kept(sql, lambda: bool(self.query(sql)[0][0]))

    def columns(self, table: str) -> tuple[str, ...]:
        """Of a table; none for a relation that is a query."""
        return self._columns.get(table, ())

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        sql = "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() GROUP BY ALL"
        return {table: tuple(names) for table, names in self.query(sql)}

    @property
    def demo(self) -> bool:
        return self.meta.get("demo") == "true"

    def target(self, metric: str) -> float | None:
        text = self.meta.get(f"target.{metric}")
        return float(text) if text else None

    @cached_property
    def _areas(self) -> tuple[Area, ...]:
        return records.areas(self)

    @cached_property
    def area_by_code(self) -> dict[str, Area]:
        return {area.code: area for area in self._areas}

    @cached_property
    def area_names(self) -> dict[str, str]:
        return {area.code: area.name for area in self._areas}

    @cached_property
    def _labels(self) -> dict[tuple[str, str], dict[str, str]]:
        return records.labels(self)

    @cached_property
    def _freshness(self) -> tuple[Freshness, ...]:
        return records.freshness(self)

    def areas(self, level: str | None = None) -> tuple[Area, ...]:
        """The area ledger in code order, whole or one level of it."""
        return self._areas if level is None else self._levels.get(level, ())

    @cached_property
    def _levels(self) -> dict[str, tuple[Area, ...]]:
        found: dict[str, list[Area]] = {}
        for area in self._areas:
            found.setdefault(area.level, []).append(area)
        return {level: tuple(areas) for level, areas in found.items()}

    def labels(self, name: str, source: str | None = None) -> dict[str, str]:
        """The Chinese words of a field's codes; of every source that has such a field by default."""
        return self.kept(("labels", name, source), lambda: self._words(name, source))

    def _words(self, name: str, source: str | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for (owner, of_field), words in self._labels.items():
            if of_field == name and source in (None, owner):
                found |= words
        return found

    def freshness(self) -> tuple[Freshness, ...]:
        return self._freshness

    def batches(self) -> tuple[Batch, ...]:
        return self.kept("batches", lambda: records.batches(self))

    def reject_reasons(self) -> "pd.DataFrame":
        return records.frame(self, "SELECT * FROM reject_reasons ORDER BY batch, rows DESC, reason")

    def unmapped(self) -> "pd.DataFrame":
        return records.frame(
            self, "SELECT * FROM unmapped ORDER BY source, field, rows DESC, value"
        )

    def month_rows(self) -> tuple[MonthRows, ...]:
        """How many rows of each dated source fall into each month."""
        return self.kept("month rows", lambda: records.month_rows(self))

    def flags(self) -> tuple[Flagged, ...]:
        """How many rows were loaded with each doubt."""
        return self.kept("flags", lambda: records.flags(self))

    def filled(self, *columns: str) -> tuple[Filled, ...]:
        """How many rows of each source have something in these columns."""
        return self.kept(f"filled {columns}", lambda: records.filled(self, columns))

    def kept(self, name: Hashable, work_out: Callable[[], T]) -> T:
        """What was worked out from it: once, since it does not change."""
        if name not in self.memory:
            self.memory[name] = work_out()
        return self.memory[name]

    def events(self, period: "Period") -> tuple[Event, ...]:
        """Notes to draw on a time chart."""
        known = self.kept("events", lambda: records.events(self))
        return tuple(
            event
            for event in known
            if event.date < period.end and (event.until or event.date) >= period.start
        )

    def indicators(self, key: str | None = None) -> tuple[Indicator, ...]:
        """Reported figures, as they were reported: never part of a rate."""
        known = self.kept("indicators", lambda: records.indicators(self))
        return known if key is None else tuple(each for each in known if each.key == key)

    def points(
        self, period: "Period", scope: "Scope | None" = None, where: dict[str, str] | None = None
    ) -> "pd.DataFrame":
        """Hotline orders per cell of about 100 m: longitude, latitude, orders. Never one order's point."""
        from metrics.density import points

        return points(self, period, scope, where)


_open: OrderedDict[Path, Snapshot] = OrderedDict()
_lock = threading.Lock()


def data_root() -> Path:
    return Path(os.environ.get("GOVERNANCE_DATA") or DEFAULT_ROOT).absolute()


def current_snapshot(root: Path | None = None) -> Snapshot:
    """The snapshot that the pointer names now. A page takes one and keeps it for its whole run."""
    root = root or data_root()
    pointer = root / "CURRENT"
    if not pointer.is_file():
        raise NoSnapshot("还没有数据。请先在“数据接入”页导入文件,或运行 python -m etl sample。")
    return open_snapshot(pointer.read_text(encoding="utf-8").strip(), root)


def open_snapshot(name: str | Path, root: Path | None = None) -> Snapshot:
    """A snapshot by file, file name or id; past ones too, as long as they are kept."""
    path = Path(name)
    if not path.is_absolute():
        path = (root or data_root()) / "snapshots" / f"{path.name.removesuffix('.duckdb')}.duckdb"
    with _lock:
        if path in _open:
            _open.move_to_end(path)
            return _open[path]
        if not path.is_file():
            raise NoSnapshot(f"没有快照 {path.stem}。可用的快照见 python -m etl snapshots。")
        snapshot = _open[path] = _connect(path)
        while len(_open) > OPEN_AT_ONCE:
            _open.popitem(last=False)
        return snapshot


def _connect(path: Path) -> Snapshot:
    connection = duckdb.connect(str(path), read_only=True, config=SETTINGS)
    meta = dict(connection.cursor().execute("SELECT key, value FROM meta").fetchall())
    as_of = date.fromisoformat(meta["as_of"]) if meta.get("as_of") else date(1970, 1, 1)
    return Snapshot(path.stem, path, as_of, meta, connection)
