"""A store and its snapshots without any files: rows are staged by hand, as staging would leave them."""

import contextlib

import duckdb

from etl.catalog import sources
from etl.merge import merge
from etl.place import Place
from etl.snapshot import publish
from etl.store import clock, listed, open_store, quoted, scalar, version
from etl.undo import take_back


class Archive:
    def __init__(self, place, con):
        self.place, self.con = place, con
        self.told = []

    def keep(self, source, *rows):
        """Merge rows as a batch of one file; return where they went."""
        source = sources()[source]
        self._stage(source, rows)
        batch = scalar(self.con, "SELECT coalesce(max(batch), 0) + 1 FROM batches")
        self.con.execute("BEGIN")
        self.con.execute("INSERT INTO batches VALUES (?, ?, FALSE, NULL)", [batch, clock()])
        outcome, _ = merge(self.con, source, batch, 1, None)
        self.con.execute(
            """
            INSERT INTO files BY NAME
            SELECT ? AS batch, 1 AS file_no, ? AS source, 'f' AS file, '' AS digest, ? AS read,
                ? AS loaded, ? AS updated, ? AS unchanged, ? AS duplicate, 0 AS rejected, 0 AS flagged""",
            [batch, source.name, len(rows), *vars(outcome).values()],
        )
        self.con.execute(
            "INSERT INTO changes VALUES (?, 'load', ?, 1, ?)",
            [version(self.con) + 1, batch, source.name],
        )
        self.con.execute("COMMIT")
        return outcome

    def _stage(self, source, rows):
        types = {f.column: f.sql_type for f in source.fields}
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE staged (row_no BIGINT, "
            f"{', '.join(f'{quoted(c)} {t}' for c, t in types.items())}, "
            "record_key VARCHAR, content UBIGINT, flags VARCHAR[])"
        )
        columns = tuple(dict.fromkeys(column for row in rows for column in row))
        keys = [source.field_named(k).column for k in source.key]
        staged = [
            value
            for row_no, row in enumerate(rows, 1)
            for value in (
                row_no,
                *(row.get(column) for column in columns),
                "|".join(str(row.get(key)) for key in keys),
            )
        ]
        one = f"({', '.join('?' * (len(columns) + 2))}, 0, [])"
        # All rows in one statement: one by one they would be most of the work of a test.
        if rows:
            self.con.execute(
                f"INSERT INTO staged (row_no, {listed(columns)}, record_key, content, flags) "
                f"VALUES {', '.join([one] * len(rows))}",
                staged,
            )
        self.con.execute(f"UPDATE staged SET content = hash({listed(types)})")

    def undo(self, batch):
        take_back(self.con, batch)

    def publish(self):
        self.told.clear()
        return publish(self.con, self.place, self.told.append)

    def latest(self, source, columns):
        return self.con.execute(
            f"SELECT {columns} FROM raw_{source} WHERE is_latest ORDER BY ALL"
        ).fetchall()

    def rows(self, sql, snapshot=None):
        with self._open(snapshot) as con:
            return con.execute(sql).fetchall()

    def _open(self, snapshot):
        name = snapshot or self.place.pointer.read_text().strip().removesuffix(".duckdb")
        return duckdb.connect(str(self.place.snapshots / f"{name}.duckdb"), read_only=True)

    def tables(self, snapshot=None):
        """Everything a snapshot says, but for its own name and age."""
        own = "WHERE key NOT IN ('snapshot', 'built_at', 'refills')"
        with self._open(snapshot) as con:
            names = con.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name")
            return {
                name: con.execute(
                    f"FROM {name} {own if name == 'meta' else ''} ORDER BY ALL"
                ).fetchall()
                for (name,) in names.fetchall()
            }


@contextlib.contextmanager
def new_archive(root):
    place = Place(root)
    place.root.mkdir(parents=True, exist_ok=True)
    with open_store(place) as con:
        yield Archive(place, con)
