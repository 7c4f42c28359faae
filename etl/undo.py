"""Taking a batch back: its records go, and for each key they led the next best record leads again."""

import duckdb

from etl.catalog import Source, sources
from etl.errors import NotFound
from etl.rank import rank
from etl.store import clock, scalar, version


def take_back(con: duckdb.DuckDBPyConnection, batch: int) -> None:
    """One transaction, whatever the batch held."""
    found = con.execute("SELECT undone_at FROM batches WHERE batch = ?", [batch]).fetchone()
    if found is None:
        raise NotFound(
            f"没有第 {batch} 批。用 python -m etl batches 查看已有批次(现有:{_known(con)})。"
        )
    if found[0] is not None:
        raise NotFound(f"第 {batch} 批已在 {found[0]:%Y-%m-%d %H:%M} 撤销,不能再次撤销。")
    con.execute("BEGIN")
    try:
        _hand_over(con, batch)
        for source in sources().values():
            _remove(con, source, batch)
        con.execute("UPDATE batches SET undone_at = ? WHERE batch = ?", [clock(), batch])
        con.execute(
            "INSERT INTO changes VALUES (?, 'undo', ?, NULL, NULL)", [version(con) + 1, batch]
        )
        con.execute("COMMIT")
    except duckdb.Error:
        con.execute("ROLLBACK")
        raise


def _known(con: duckdb.DuckDBPyConnection) -> str:
    rows = con.execute("SELECT batch FROM batches WHERE undone_at IS NULL ORDER BY batch DESC")
    return "、".join(str(batch) for (batch,) in rows.fetchmany(5)) or "无"


def _hand_over(con: duckdb.DuckDBPyConnection, batch: int) -> None:
    """A file that was loaded again keeps its records: they pass to the later batch that holds it."""
    heirs = con.execute(
        """
        SELECT f.kept_by_file, f.source, min_by((f.batch, f.file_no), (f.batch, f.file_no))
        FROM files AS f
        JOIN batches AS b USING (batch)
        WHERE f.kept_by_batch = ? AND b.undone_at IS NULL AND f.batch <> ?
        GROUP BY ALL""",
        [batch, batch],
    ).fetchall()
    for file_no, source, heir in heirs:
        keeper = [*heir, batch, file_no]
        con.execute(
            f"UPDATE raw_{source} SET batch = ?, file_no = ? WHERE batch = ? AND file_no = ?",
            keeper,
        )
        _elect(con, sources()[source], "batch = ? AND file_no = ?", list(heir))
        con.execute(
            "UPDATE files SET kept_by_batch = ?, kept_by_file = ? "
            "WHERE kept_by_batch = ? AND kept_by_file = ?",
            keeper,
        )
        con.execute(
            "UPDATE files SET kept_by_batch = NULL, kept_by_file = NULL "
            "WHERE batch = ? AND file_no = ?",
            list(heir),
        )


def _remove(con: duckdb.DuckDBPyConnection, source: Source, batch: int) -> None:
    raw = f"raw_{source.name}"
    if not scalar(con, f"SELECT count(*) FROM {raw} WHERE batch = ?", [batch]):
        return
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE orphans AS "
        f"SELECT DISTINCT record_key FROM {raw} WHERE batch = ? AND is_latest",
        [batch],
    )
    con.execute(f"DELETE FROM {raw} WHERE batch = ?", [batch])
    _elect(con, source, "record_key IN (SELECT record_key FROM orphans)", [])


def _elect(con: duckdb.DuckDBPyConnection, source: Source, whose: str, values: list[int]) -> None:
    """Mark the latest record anew for the keys of these rows."""
    if source.merge:  # its records complete each other: none leads
        return
    raw = f"raw_{source.name}"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE elected AS
        SELECT
            rowid AS record,
            row_number() OVER (PARTITION BY record_key ORDER BY {rank(source)} DESC, rowid) = 1
                AS leads
        FROM {raw}
        WHERE record_key IN (SELECT record_key FROM {raw} WHERE {whose})""",
        values,
    )
    con.execute(
        f"UPDATE {raw} SET is_latest = e.leads FROM elected AS e "
        f"WHERE {raw}.rowid = e.record AND {raw}.is_latest <> e.leads"
    )
