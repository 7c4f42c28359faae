"""The small tables of a snapshot as records, so that no page needs SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

    from metrics.snapshot import Snapshot

LEVELS = ("street", "region", "community", "grid")
POPULATIONS = ("total", "residents", "households")  # bases that are found outside the counted table
QUALIFIERS = {"exact": "{}", "at_least": "{}余", "about": "近{}"}
T = TypeVar("T")


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    level: str
    parent: str | None
    kind: str | None
    region: str | None
    community: str | None
    grid: str | None
    households: int | None
    residents: int | None
    staff_full: int | None
    staff_part: int | None
    party_groups: int | None
    party_members: int | None
    household_groups: int | None
    longitude: float | None
    latitude: float | None
    geometry: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Freshness:
    source: str
    label: str
    first_event: date | None
    last_event: date | None
    last_loaded: datetime | None
    rows: int
    rhythm_days: int | None

    def age_days(self, today: date) -> int | None:
        return None if self.last_event is None else (today - self.last_event).days

    def is_late(self, today: date) -> bool:
        """Later than the source's own rhythm. `today` is the snapshot's as-of date: a clock is data."""
        age = self.age_days(today)
        return age is not None and self.rhythm_days is not None and age > self.rhythm_days


@dataclass(frozen=True)
class Batch:
    batch: int
    source: str
    label: str  # of the source
    file: str
    sheet: str | None
    loaded_at: datetime
    encoding: str
    read: int
    loaded: int
    updated: int
    unchanged: int
    duplicate: int
    rejected: int
    flagged: int
    demo: bool
    first_event: date | None
    last_event: date | None
    warnings: list[str]
    undone: bool


@dataclass(frozen=True)
class Event:
    date: "date"
    until: "date | None"
    kind: str | None
    title: str
    area: str | None


@dataclass(frozen=True)
class Indicator:
    key: str
    label: str
    period: str | None
    area: str | None
    value: float | None
    qualifier: str | None
    unit: str | None
    source: str | None

    @property
    def text(self) -> str:
        """As the report worded it: 365件, 800余人次, 近5万人, 近1亿元; what it gave no number for stays so."""
        if self.value is None:
            return "未上报" if self.qualifier in (None, "exact") else "无确切数"
        number = _spoken(self.value) if self.unit != "年" else f"{self.value:.0f}"
        return QUALIFIERS.get(self.qualifier or "exact", "{}").format(number) + (self.unit or "")


@dataclass(frozen=True)
class MonthRows:
    source: str
    month: date
    rows: int


@dataclass(frozen=True)
class Flagged:
    """Rows that were loaded with one doubt; a row can have several."""

    source: str
    flag: str
    rows: int


@dataclass(frozen=True)
class Filled:
    """How many rows of a source have something in a column."""

    source: str
    column: str
    filled: int
    rows: int


def _spoken(value: float) -> str:
    """Whole 万 and 亿 as they are said; everything else in digits."""
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if value >= size and not value % size:
            return f"{value / size:,.0f}{word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _all(
    snapshot: "Snapshot", record: Callable[..., T], rest: str, params: object = None
) -> tuple[T, ...]:
    columns = ", ".join(f'"{name}"' for name in signature(record).parameters)
    rows = snapshot.query(f"SELECT {columns} FROM {rest}", params)
    return tuple(record(*row) for row in rows)


def areas(snapshot: "Snapshot") -> tuple[Area, ...]:
    found = _all(snapshot, Area, "areas ORDER BY code")
    rank = {level: position for position, level in enumerate(LEVELS)}
    return tuple(sorted(found, key=lambda area: (rank.get(area.level, len(LEVELS)), area.code)))


def labels(snapshot: "Snapshot") -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for source, name, code, label in snapshot.query(
        "SELECT source, field, code, label FROM labels"
    ):
        found.setdefault((source, name), {})[code] = label
    return found


def freshness(snapshot: "Snapshot") -> tuple[Freshness, ...]:
    return _all(snapshot, Freshness, "freshness ORDER BY source")


def batches(snapshot: "Snapshot") -> tuple[Batch, ...]:
    return _all(
        snapshot,
        Batch,
        "batches JOIN (SELECT source, label FROM freshness) USING (source) "
        "ORDER BY batch DESC, file, sheet",
    )


def events(snapshot: "Snapshot") -> tuple[Event, ...]:
    return _all(snapshot, Event, 'events ORDER BY "date", title')


def indicators(snapshot: "Snapshot") -> tuple[Indicator, ...]:
    return _all(snapshot, Indicator, "indicators ORDER BY key, period, area")


def frame(snapshot: "Snapshot", sql: str, params: Any = None) -> "pd.DataFrame":
    return snapshot.cursor().execute(sql, params).df()


def month_rows(snapshot: "Snapshot") -> tuple[MonthRows, ...]:
    if not snapshot.columns("months"):
        return ()  # a snapshot from before rows were counted by month
    return _all(snapshot, MonthRows, "months ORDER BY source, month")


def flags(snapshot: "Snapshot") -> tuple[Flagged, ...]:
    """Most rows first."""
    found = [
        Flagged(fresh.source, flag, rows)
        for fresh in snapshot.freshness()
        if "flags" in snapshot.columns(fresh.source)
        for flag, rows in snapshot.query(
            "SELECT flag, count(*) FROM "
            f"(SELECT unnest(list_distinct(flags)) AS flag FROM {fresh.source}) GROUP BY flag"
        )
    ]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.source, each.flag)))


def filled(snapshot: "Snapshot", columns: tuple[str, ...]) -> tuple[Filled, ...]:
    """For each source that holds rows, the columns it has of those asked for; one scan a source."""
    found = []
    for fresh in snapshot.freshness():
        present = [name for name in columns if name in snapshot.columns(fresh.source)]
        if not present or not fresh.rows:
            continue
        counts = ", ".join(f'count("{name}")' for name in present)
        [(rows, *known)] = snapshot.query(f"SELECT count(*), {counts} FROM {fresh.source}")
        found += [
            Filled(fresh.source, name, count, rows)
            for name, count in zip(present, known, strict=True)
        ]
    return tuple(found)
