"""Staged rows join the store: each is new, an update, nothing new, or a repetition within its file."""

from dataclasses import dataclass

import duckdb

from etl.catalog import Source
from etl.rank import by_content, rank, rank_in_file
from etl.store import from_staged, listed, quoted, scalar, typed_columns

Twin = tuple[int, int]  # batch and number of an earlier file with the same bytes


@dataclass(frozen=True)
class Outcome:
    loaded: int
    updated: int
    unchanged: int
    duplicate: int


def merge(
    con: duckdb.DuckDBPyConnection, source: Source, batch: int, file_no: int, twin: Twin | None
) -> tuple[Outcome, bool]:
    """Keep the staged rows; return where they went and whether they were written at all.

    The same bytes again that say nothing new are counted and not written a second time.
    """
    duplicate = _find_losers(con, source)
    staged = scalar(con, "SELECT count(*) FROM staged")
    if twin and _says_the_same(con, source, twin):
        return Outcome(0, 0, staged - duplicate, duplicate), False
    if source.merge:
        return _complete(con, source, batch, file_no, staged, duplicate), True
    rivals, beaten = _find_rivals(con, source)
    if beaten:
        con.execute(
            f"UPDATE raw_{source.name} SET is_latest = FALSE "
            "WHERE rowid IN (SELECT record FROM rivals WHERE wins)"
        )
    _insert(con, source, batch, file_no, _is_latest(con))
    return Outcome(staged - duplicate - rivals, beaten, rivals - beaten, duplicate), True


def _find_losers(con: duckdb.DuckDBPyConnection, source: Source) -> int:
    """Rows of the file that a better row of the same key stands beside, as temp table losers."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE losers AS
        WITH repeated AS (
            SELECT hash(record_key) AS digest FROM staged GROUP BY digest HAVING count(*) > 1
        )
        SELECT row_id
        FROM (
            SELECT
                rowid AS row_id,
                row_number() OVER (
                    PARTITION BY record_key ORDER BY {rank_in_file(source)} DESC, row_no, rowid
                ) AS place
            FROM staged
            WHERE hash(record_key) IN (SELECT digest FROM repeated)
        )
        WHERE place > 1""")
    return scalar(con, "SELECT count(*) FROM losers")


def _says_the_same(con: duckdb.DuckDBPyConnection, source: Source, twin: Twin) -> bool:
    missing = f"""
        SELECT count(*)
        FROM staged AS s
        WHERE NOT EXISTS (
            SELECT 1
            FROM raw_{source.name} AS r
            WHERE r.batch = ? AND r.file_no = ?
                AND r.record_key = s.record_key AND r.content = s.content
        )"""
    return scalar(con, missing, list(twin)) == 0


def _find_rivals(con: duckdb.DuckDBPyConnection, source: Source) -> tuple[int, int]:
    """Stored records whose key the file holds too, as temp table rivals; how many, and how many lose."""
    raw = f"raw_{source.name}"
    con.execute("CREATE OR REPLACE TEMP TABLE rivals (row_id BIGINT, record BIGINT, wins BOOLEAN)")
    if not scalar(con, f"SELECT count(*) FROM {raw}"):
        return 0, 0
    con.execute(f"""
        INSERT INTO rivals
        SELECT s.rowid, r.rowid, CASE WHEN s.content = r.content THEN FALSE END
        FROM staged AS s
        JOIN {raw} AS r ON r.record_key = s.record_key
        WHERE r.is_latest AND s.rowid NOT IN (SELECT row_id FROM losers)""")
    if by_content(source):
        _compare(con, source)
    else:
        con.execute("UPDATE rivals SET wins = TRUE WHERE wins IS NULL")
    counts = con.execute("SELECT count(*), count(*) FILTER (WHERE wins) FROM rivals").fetchone()
    assert counts
    return counts


def _compare(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    # Ranks are computed for the undecided pairs alone, not for every record of the store.
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE undecided AS
        WITH pairs AS (SELECT row_id, record FROM rivals WHERE wins IS NULL),
        theirs AS (
            SELECT rowid AS record, {rank(source)} AS rank
            FROM raw_{source.name}
            WHERE rowid IN (SELECT record FROM pairs)
        ),
        ours AS (
            SELECT rowid AS row_id, {rank(source)} AS rank
            FROM staged
            WHERE rowid IN (SELECT row_id FROM pairs)
        )
        SELECT record, ours.rank > theirs.rank AS wins
        FROM pairs JOIN theirs USING (record) JOIN ours USING (row_id)""")
    con.execute(
        "UPDATE rivals SET wins = u.wins FROM undecided AS u WHERE rivals.record = u.record"
    )


def _is_latest(con: duckdb.DuckDBPyConnection) -> str:
    old = "SELECT row_id FROM losers UNION ALL SELECT row_id FROM rivals WHERE NOT wins"
    return f"rowid NOT IN ({old})" if scalar(con, f"SELECT count(*) FROM ({old})") else "TRUE"


def _insert(
    con: duckdb.DuckDBPyConnection, source: Source, batch: int, file_no: int, is_latest: str
) -> None:
    books = "record_key, content, flags, row_no"
    con.execute(
        f"INSERT INTO raw_{source.name} "
        f"({listed(typed_columns(source))}, {books}, batch, file_no, is_latest) "
        f"SELECT {', '.join(from_staged(source))}, {books}, ?, ?, {is_latest} FROM staged",
        [batch, file_no],
    )


def _complete(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    batch: int,
    file_no: int,
    staged: int,
    duplicate: int,
) -> Outcome:
    """Records of a key complete each other: what counts is whether the joined record changed."""
    digests = f"SELECT record_key, hash({listed(typed_columns(source))}) AS digest FROM "
    con.execute(f"CREATE OR REPLACE TEMP TABLE before AS {digests} ({joined(source)})")
    _insert(con, source, batch, file_no, "TRUE")
    counts = con.execute(f"""
        SELECT
            count(*) FILTER (WHERE b.record_key IS NULL),
            count(*) FILTER (WHERE b.digest <> a.digest)
        FROM ({digests} ({joined(source)})) AS a
        LEFT JOIN before AS b USING (record_key)
        WHERE record_key IN (SELECT record_key FROM staged)""").fetchone()
    assert counts
    loaded, updated = counts
    return Outcome(loaded, updated, staged - duplicate - loaded - updated, duplicate)


def joined(source: Source) -> str:
    """A SELECT of one row per key: in each field the newest value that is not empty."""
    newest = rank(source)
    columns = [
        f"arg_max({quoted(c)}, {newest}) FILTER (WHERE {quoted(c)} IS NOT NULL) AS {quoted(c)}"
        for c in (*typed_columns(source), "flags")
    ]
    return f"SELECT record_key, {', '.join(columns)} FROM raw_{source.name} GROUP BY record_key"
