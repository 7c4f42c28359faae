"""Rows for streets whose grids were redrawn."""

from collections.abc import Iterable
from datetime import date

from metrics import Period, Snapshot

SPLIT = [("G1", "G1", date(2024, 3, 15), 0.6), ("G1", "G9", date(2024, 3, 15), 0.4)]
BORN = {
    "code": "G9",
    "name": "第9网格",
    "level": "grid",
    "parent": "C1",
    "valid_from": date(2024, 3, 15),
}


def orders(counts: dict[str, int], day: str, **columns) -> list[dict]:
    return [
        {"place": grid, "accepted_at": f"{day} 09:00", "category": "其他", "valid": True, **columns}
        for grid, count in counts.items()
        for _ in range(count)
    ]


def redrawn(street, pieces: Iterable[tuple], **tables) -> Snapshot:
    rows = [
        dict(zip(("from_grid", "to_grid", "date", "share"), piece, strict=True)) for piece in pieces
    ]
    return street.write(ledger=[*street.areas.values(), BORN], area_lineage=rows, **tables)


def asked(snapshot: Snapshot, *periods: str) -> list[Period]:
    return [Period.parse(period, snapshot.as_of) for period in periods]
