"""What orders are about, as counts: each text is cut into terms once, and terms are counted by month,
community and category for the snapshot. The terms of single orders never leave the store."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from etl.characters import PART
from etl.dictionary import Dictionary
from etl.run_cutter import RunCutter
from etl.store import scalar

LEAST = 5  # orders that must share a term before it is published
AT_ONCE = 250_000  # orders

TABLES = """
CREATE TABLE IF NOT EXISTS term_edition (edition VARCHAR);
CREATE TABLE IF NOT EXISTS term_words (id INTEGER, word VARCHAR);
CREATE TABLE IF NOT EXISTS order_terms (order_key UBIGINT, said UBIGINT, terms INTEGER[]);
ALTER TABLE order_terms ADD COLUMN IF NOT EXISTS places INTEGER[];
"""


def cut_orders(con: duckdb.DuckDBPyConnection, dictionary: Dictionary, since: int | None) -> int:
    """Bring order_terms up to date with the latest texts, and return how many orders were cut: those that
    changed after this version of the store, or any (None), where their text or the dictionary is new."""
    con.execute(TABLES)
    con.execute("BEGIN")
    if scalar(con, "SELECT max(edition) FROM term_edition") != dictionary.edition:
        for table in ("order_terms", "term_words", "term_edition"):
            con.execute(f"DELETE FROM {table}")
        con.execute("INSERT INTO term_edition VALUES (?)", [dictionary.edition])
        since = None
    cut = _cut(con, dictionary, since)
    con.execute("COMMIT")
    return cut


def _cut(con: duckdb.DuckDBPyConnection, dictionary: Dictionary, since: int | None) -> int:
    ids = dict(con.execute("SELECT word, id FROM term_words").fetchall())
    known, cutter, count = len(ids), RunCutter(dictionary, ids), 0
    for texts in _uncut(con, since):
        if not (parts := list(cutter.cut(texts))):
            continue
        now = pa.Table.from_batches(parts)
        con.register("cut_now", now)
        con.execute("DELETE FROM order_terms WHERE order_key IN (SELECT order_key FROM cut_now)")
        con.execute("INSERT INTO order_terms SELECT order_key, said, terms, places FROM cut_now")
        con.unregister("cut_now")
        count += len(now)
    words = [(number, word) for word, number in ids.items() if number >= known]
    con.register(
        "new_words",
        pa.table(
            {"id": [w[0] for w in words], "word": pa.array([w[1] for w in words], pa.string())}
        ),
    )
    con.execute("INSERT INTO term_words SELECT id, word FROM new_words")
    con.unregister("new_words")
    return count


def _uncut(con: duckdb.DuckDBPyConnection, since: int | None) -> Iterator[pa.RecordBatchReader]:
    """Latest orders in force whose text is not cut yet: order_key, said, text."""
    touched = (
        "TRUE"
        if since is None
        else (
            "(batch, file_no) IN (SELECT (batch, file_no) FROM changes "
            f"WHERE version > {since:d} AND source = 'hotline')"
        )
    )
    span = (
        f"SELECT coalesce(min(rowid), 0), coalesce(max(rowid), -1) FROM raw_hotline WHERE {touched}"
    )
    [(first, last)] = con.execute(span).fetchall()
    for start in range(first, last + 1, AT_ONCE):
        yield con.sql(
            f"""
            SELECT order_key, said, text
            FROM (
                SELECT hash(order_no) AS order_key, hash(text) AS said, text
                FROM raw_hotline
                WHERE is_latest AND text IS NOT NULL AND {touched} AND rowid BETWEEN ? AND ?
                    AND coalesce(valid, TRUE) AND NOT coalesce(returned, returned_at IS NOT NULL)
            )
            ANTI JOIN order_terms USING (order_key, said)""",
            params=[start, start + AT_ONCE - 1],
        ).to_arrow_reader(PART)


def count_terms(con: duckdb.DuckDBPyConnection) -> None:
    """snap.term_months(term, month, region, community, category, orders): orders in force, of terms that at
    least five orders of the street share. Returned and invalid orders are left out, as in 诉求受理量."""
    # Counted by one number for term and cell: five columns for each term of each order cost twice as much.
    con.execute(f"""
        CREATE OR REPLACE TABLE snap.term_months AS
        WITH placed AS MATERIALIZED (
            SELECT hash(order_no) AS order_key, hash(month, region, community, category) AS cell, *
            FROM (
                SELECT order_no, date_trunc('month', accepted_at)::DATE AS month, region, community, category
                FROM snap.hotline
                WHERE coalesce(valid, TRUE) AND NOT coalesce(returned, FALSE)
            )
        ),
        cells AS MATERIALIZED (
            SELECT row_number() OVER () AS number, *
            FROM (SELECT DISTINCT cell, month, region, community, category FROM placed)
        ),
        said AS (
            SELECT c.number, unnest(t.terms)::UBIGINT AS id
            FROM placed AS p
            JOIN cells AS c USING (cell)
            JOIN order_terms AS t USING (order_key)
        ),
        counted AS (
            SELECT id << 32 | number AS term_in_cell, count(*) AS orders
            FROM said
            GROUP BY term_in_cell
        ),
        apart AS (
            SELECT term_in_cell >> 32 AS id, term_in_cell & 4294967295 AS number, orders
            FROM counted
        ),
        published AS (
            SELECT id
            FROM apart
            GROUP BY id
            HAVING sum(orders) >= {LEAST}
        )
        SELECT w.word AS term, c.month, c.region, c.community, c.category, a.orders::INTEGER AS orders
        FROM apart AS a
        SEMI JOIN published USING (id)
        JOIN cells AS c USING (number)
        JOIN term_words AS w USING (id)
        ORDER BY term, month, community, category""")
