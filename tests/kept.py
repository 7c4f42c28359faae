"""Everything that loading leaves behind, read as bytes and as values."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from metrics.snapshot import SETTINGS


def everything_kept(root: Path) -> Iterator[tuple[str, str]]:
    """Every byte of every file, and every text value of every table (which storage may compress)."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        raw = path.read_bytes()
        yield str(path), raw.decode("utf-8", "ignore")
        if path.suffix != ".duckdb":
            continue
        with duckdb.connect(str(path), read_only=True, config=SETTINGS) as con:
            tables = con.execute(
                "SELECT table_schema, table_name FROM information_schema.tables"
            ).fetchall()
            for schema, table in tables:
                rows = con.execute(
                    f'SELECT to_json(t)::VARCHAR FROM "{schema}"."{table}" t'
                ).fetchall()
                yield f"{path.name}:{table}", "\n".join(r[0] for r in rows)
