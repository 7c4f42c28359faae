"""What the store holds after a load, asked in SQL."""

from typing import Any

import duckdb


def stored(office: Any, sql: str) -> list[tuple]:
    with duckdb.connect(str(office.place.store), read_only=True) as con:
        return con.execute(sql).fetchall()
