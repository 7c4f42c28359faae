"""A list of persons is counted while it is read, in memory, and no person goes any further."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from etl import dates
from etl.coders import NO, tidy
from etl.words import plain

SEVERAL = re.compile(r"[、,，;；/|\n]")
COUNTS = ("known", "fresh", "visited", "visits", "helped")


@dataclass
class Tally:
    persons: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    visited: set[int] = field(default_factory=set)
    helped: set[int] = field(default_factory=set)
    visits: int = 0


@dataclass(frozen=True)
class Roll:
    """Which columns of the list say what; a role without a column is not counted."""

    identity: int | None
    month: int | None
    community: int | None
    grid: int | None
    group: int
    visited: int | None = None
    visits: int | None = None
    helped: int | None = None
    told_month: str | None = None  # where no column dates a person

    @property
    def columns(self) -> list[int]:
        roles = (
            self.identity, self.month, self.community, self.grid, self.group,
            self.visited, self.visits, self.helped,
        )  # fmt: skip
        return sorted({column for column in roles if column is not None})


class Months:
    """The month a cell speaks of, through the one date reader there is."""

    def __init__(self, order: str, utc_offset: float):
        self._con = duckdb.connect()
        dates.install(self._con, order, utc_offset)
        self._met: dict[str, str | None] = {}

    def __call__(self, cells: Iterable[str | None]) -> list[str | None]:
        listed = list(cells)
        new = sorted({cell for cell in listed if cell and cell not in self._met})
        if new:
            rows = self._con.execute(
                "SELECT strftime(moment(w), '%Y-%m') FROM (SELECT unnest(?::VARCHAR[]) AS w)", [new]
            ).fetchall()
            self._met.update(zip(new, (month for (month,) in rows), strict=True))
        return [self._met.get(cell) if cell else None for cell in listed]


def counted(
    batches: Iterator[pa.RecordBatch], roll: Roll, today: date, months: Months
) -> tuple[list[tuple], int, int]:
    """Rows of (month, community, grid, group, counts…), persons read, and persons without a group."""
    people: list[tuple] = []
    for batch in batches:
        cells = {c: batch.column(f"c{c}").to_pylist() for c in roll.columns}
        dated = {
            role: months(cells[column]) if column is not None else [None] * batch.num_rows
            for role, column in (("month", roll.month), ("visited", roll.visited))
        }
        for i in range(batch.num_rows):
            row = {c: values[i] for c, values in cells.items()}
            people.append((row, dated["month"][i], dated["visited"][i]))
    latest = max((m for _, m, _ in people if m), default=None)
    month = roll.told_month or latest or f"{today:%Y-%m}"
    tallies: dict[tuple, Tally] = defaultdict(Tally)
    homeless = 0
    for number, (row, updated, visited) in enumerate(people):
        groups = [g for g in SEVERAL.split(row[roll.group] or "") if tidy(g)]
        homeless += not groups
        for group in groups:
            place = tuple(
                tidy(row[c]) if c is not None else None for c in (roll.community, roll.grid)
            )
            _count(
                tallies[(month, *place, tidy(group))], roll, row, number, updated, visited, month
            )
    rows = [(*key, *_counts(tally, roll)) for key, tally in sorted(tallies.items(), key=str)]
    return rows, len(people), homeless


def _count(
    tally: Tally,
    roll: Roll,
    row: dict,
    number: int,
    updated: str | None,
    visited: str | None,
    month: str,
) -> None:
    identity = row[roll.identity] if roll.identity is not None else None
    person = hash(plain(identity)) if identity else -1 - number
    tally.persons.add(person)
    if updated == month:
        tally.fresh.add(person)
    said = row[roll.visited] if roll.visited is not None else None
    if visited == month or (visited is None and _yes(said)):
        tally.visited.add(person)
    if roll.helped is not None and _yes(row[roll.helped]):
        tally.helped.add(person)
    if roll.visits is not None and re.fullmatch(r"\d+(\.0+)?", (row[roll.visits] or "").strip()):
        tally.visits += int(float(row[roll.visits]))


def _yes(cell: str | None) -> bool:
    word = tidy(cell)
    return word is not None and plain(word) not in {*NO, "无"}


def _counts(tally: Tally, roll: Roll) -> tuple[str | None, ...]:
    """As text, like any other file; None where the list has no column to count."""
    told = {
        "known": len(tally.persons),
        "fresh": len(tally.fresh) if roll.month is not None else None,
        "visited": len(tally.visited) if roll.visited is not None else None,
        "visits": tally.visits if roll.visits is not None else None,
        "helped": len(tally.helped) if roll.helped is not None else None,
    }
    return tuple(str(n) if (n := told[name]) is not None else None for name in COUNTS)
