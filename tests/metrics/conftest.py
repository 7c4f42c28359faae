"""A street of a few rows: each test says only the columns it cares about."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics import Period, Snapshot, measure, open_snapshot

TABLES = (Path(__file__).parent / "tables.sql").read_text(encoding="utf-8")
AS_OF = "2024-10-24"

# Two 大党委, three communities, five grids.
LEDGER = [
    {"code": "S", "name": "溪北街道", "level": "street", "residents": 40_000},
    {"code": "R1", "name": "环贵大", "level": "region", "parent": "S"},
    {"code": "R2", "name": "十里河滩", "level": "region", "parent": "S"},
    {"code": "C1", "name": "吉麟社区", "level": "community", "parent": "R1", "kind": "village_converted", "residents": 5000},
    {"code": "C2", "name": "养牛社区", "level": "community", "parent": "R1", "kind": "village_converted", "residents": 3000},
    {"code": "C3", "name": "朝阳社区", "level": "community", "parent": "R2", "kind": "urban", "residents": 2000},
    *({"code": f"G{n}", "name": f"第{n}网格", "level": "grid", "parent": f"C{c}", "staff_full": int(n != 5), "staff_part": int(n == 5),
       "party_groups": int(n < 4), "party_members": 10, "households": 400, "household_groups": 5} for n, c in ((1, 1), (2, 1), (3, 2), (4, 3), (5, 3))),
]  # fmt: skip


def placed(ledger: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every area with the codes of the areas it lies in."""
    known: dict[str, dict[str, Any]] = {}
    for row in ledger:
        above = known.get(row.get("parent") or "", {})
        codes = {level: above.get(level) for level in ("region", "community", "grid")}
        known[row["code"]] = {**codes, **row} | (
            {row["level"]: row["code"]} if row["level"] in codes else {}
        )
    return known


class Street:
    """Write rows, measure. `place` in a row is a code of the ledger and fills the area columns."""

    def __init__(self, folder: Path):
        self.folder, self.written = folder, 0
        self.areas = placed(LEDGER)
        self.snapshot: Snapshot | None = None

    def write(
        self, *, as_of: str = AS_OF, ledger: Any = None, meta: Any = None, **tables: Any
    ) -> Snapshot:
        self.areas = placed(LEDGER if ledger is None else ledger)
        self.written += 1
        path = self.folder / f"street-{self.written}.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute(TABLES)
            con.executemany(
                "INSERT INTO meta VALUES (?, ?)",
                list(({"as_of": as_of, "street_name": "溪北街道"} | (meta or {})).items()),
            )
            for table, rows in ({"areas": list(self.areas.values())} | tables).items():
                insert(con, table, [self._place(row) for row in rows])
            self._freshness(con)
        self.snapshot = open_snapshot(path)
        return self.snapshot

    def _freshness(self, con: duckdb.DuckDBPyConnection) -> None:
        for table, day in (
            ("hotline", "accepted_at"), ("cases", "reported_at"), ("activities", "date"), ("coverage", "month"),
        ):  # fmt: skip
            con.execute(
                f"INSERT INTO freshness SELECT '{table}', '{table}', min({day}), max({day}), NULL, count(*), 30 FROM {table} HAVING count(*) > 0"
            )

    def _place(self, row: Mapping[str, Any]) -> dict[str, Any]:
        row = dict(row)
        area = self.areas[row.pop("place")] if "place" in row else None
        return row | ({k: area[k] for k in ("region", "community", "grid")} if area else {})

    def measure(self, metric: str, period: str = "2024-09", **options: Any):
        assert self.snapshot is not None
        as_of = options.get("as_of") or self.snapshot.as_of
        return measure(metric, Period.parse(period, as_of), snapshot=self.snapshot, **options)

    def total(self, metric: str, period: str = "2024-09", **options: Any) -> tuple[Any, Any]:
        row = self.measure(metric, period, **options).total
        return row.numerator, row.denominator

    def shares(self, metric: str, by: str, period: str = "2024-09", **options: Any):
        rows = self.measure(metric, period, by=(by,), **options).rows
        return {row.group[0]: (row.numerator, row.denominator) for row in rows}


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = list(dict.fromkeys(name for row in rows for name in row))
    names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
    # Many rows a statement: one by one takes a thousand times as long.
    for start in range(0, len(rows), 200):
        some = rows[start : start + 200]
        con.execute(
            f"INSERT INTO {table} ({names}) VALUES {', '.join(f'({marks})' for _ in some)}",
            [row.get(name) for row in some for name in columns],
        )


@pytest.fixture
def street(tmp_path: Path) -> Street:
    return Street(tmp_path)
