"""The lineage table as analysts correct it: written to the notebook, read by the next snapshot (etl/lineage.py).

A snapshot never changes, so a correction counts from the next load, or from `python -m etl refresh`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from metrics import notebook
from metrics.lineage import WHOLE, lineage, spoken
from metrics.snapshot import Snapshot
from metrics.words import percent

TABLE = """
CREATE TABLE IF NOT EXISTS lineage_edits (
    id INTEGER PRIMARY KEY,
    from_grid TEXT NOT NULL,
    to_grid TEXT NOT NULL,
    date TEXT NOT NULL,
    share REAL,
    removed INTEGER NOT NULL,
    at TEXT NOT NULL
)"""
Key = tuple[str, str, date]


class Wrong(Exception):
    """The table cannot be kept; the message says which line and why."""


@dataclass(frozen=True)
class Line:
    """One line of the table. `share` is a part of the old grid, 0 to 1."""

    old: str
    new: str
    day: date
    share: float

    @property
    def key(self) -> Key:
        return self.old, self.new, self.day


def lines(snapshot: Snapshot) -> tuple[Line, ...]:
    """As the next snapshot will have it: this snapshot's table, with the corrections since."""
    known = {
        (each.old, each.new, each.day): Line(each.old, each.new, each.day, each.share)
        for each in lineage(snapshot).pieces
    }
    for line, removed in _edits():
        known.pop(line.key, None)
        if not removed:
            known[line.key] = line
    return tuple(known[key] for key in sorted(known, key=lambda key: (key[2], key[0], key[1])))


def pending(snapshot: Snapshot) -> int:
    """How many lines the next snapshot will have otherwise than this one."""
    now = {
        (each.old, each.new, each.day, round(each.share, 6)) for each in lineage(snapshot).pieces
    }
    then = {(*line.key, round(line.share, 6)) for line in lines(snapshot)}
    return len({each[:3] for each in now ^ then})


def keep(snapshot: Snapshot, wanted: Iterable[Line], at: datetime) -> int:
    """Make the table these lines; how many were changed.

    Raises:
        Wrong: a line names no grid, or the shares of a redrawn grid are not one whole.
        notebook.Unwritable
    """
    wanted = list(wanted)
    _check(snapshot, wanted)
    before = {line.key: line for line in lines(snapshot)}
    after = {line.key: line for line in wanted}
    gone = [(line, True) for key, line in before.items() if key not in after]
    new = [(line, False) for key, line in after.items() if before.get(key) != line]
    rows = [
        (line.old, line.new, line.day.isoformat(), line.share, int(removed), at.isoformat(" "))
        for line, removed in (*gone, *new)
    ]
    if rows:
        with notebook.opened(TABLE) as book:
            book.executemany(
                "INSERT INTO lineage_edits (from_grid, to_grid, date, share, removed, at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )
    return len(rows)


def _edits() -> list[tuple[Line, bool]]:
    sql = "SELECT from_grid, to_grid, date, share, removed FROM lineage_edits ORDER BY id"
    return [
        (Line(old, new, date.fromisoformat(day), share), bool(removed))
        for old, new, day, share, removed in notebook.rows(TABLE, sql)
    ]


def _check(snapshot: Snapshot, wanted: list[Line]) -> None:
    grids = {area.code for area in snapshot.areas("grid")}
    keys = [line.key for line in wanted]
    shares: dict[tuple[str, date], float] = defaultdict(float)
    for line in wanted:
        if missing := [code for code in (line.old, line.new) if code not in grids]:
            raise Wrong(
                f"区域台账里没有网格“{missing[0]}”。请先在台账里登记,停用的网格填停用日期。"
            )
        if not 0 < line.share <= 1:
            raise Wrong(
                f"份额应大于0、不超过100%,{spoken(line.day)}有一行是{percent(line.share)}。"
            )
        if keys.count(line.key) > 1:
            raise Wrong(f"{spoken(line.day)}有两行的原网格和现网格都一样,请并成一行。")
        shares[line.old, line.day] += line.share
    for (old, day), whole in shares.items():
        if abs(whole - 1) > WHOLE:
            name = snapshot.area_by_code[old].name
            raise Wrong(f"{name}在{spoken(day)}的份额合计应为100%,现在是{percent(whole)}。")
