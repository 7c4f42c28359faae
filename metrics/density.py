"""Where hotline orders lie, as counts per cell of about a hundred metres: no order keeps its own point."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING

from metrics.definitions import card
from metrics.records import LEVELS

if TYPE_CHECKING:
    import pandas as pd

    from metrics.period import Period
    from metrics.scope import Scope
    from metrics.snapshot import Snapshot

DIGITS = 3  # of a degree


def points(
    snapshot: "Snapshot",
    period: "Period",
    scope: "Scope | None" = None,
    where: Mapping[str, str] | None = None,
) -> "pd.DataFrame":
    """longitude, latitude, orders."""
    table = card("hotline_volume").table
    filters = [
        "accepted_at >= ?",
        "accepted_at < ?",
        "longitude IS NOT NULL",
        "latitude IS NOT NULL",
    ]
    values: list[object] = [
        datetime.combine(period.start, time()),
        datetime.combine(period.until, time()),
    ]
    if scope is not None and scope.code is not None:
        filters.append(f"{table.dimensions[LEVELS[LEVELS.index(scope.level)]]} = ?")
        values.append(scope.code)
    for name, value in (where or {}).items():
        filters.append(f"{table.dimensions[name]} = ?")
        values.append(value)
    sql = (
        f"SELECT round(longitude, {DIGITS}) AS longitude, round(latitude, {DIGITS}) AS latitude,"
        f" count(*) AS orders FROM hotline AS facts WHERE {table.terms['taken']}"
        f" AND {' AND '.join(filters)} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return snapshot.cursor().execute(sql, values).df()
