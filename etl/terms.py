"""What orders are about, as counts: each text is cut into terms once, and terms are counted by month,
community and category for the snapshot. The terms of single orders never leave the store."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from etl.dictionary import Dictionary
from etl.run_cutter import RunCutter
from etl.store import scalar

LEAST = 5  # orders that must share a term before it is published
AT_ONCE = 250_000  # orders

TABLES = """
CREATE TABLE IF NOT EXISTS term_edition (edition VARCHAR);
CREATE TABLE IF NOT EXISTS term_words (id INTEGER, word VARCHAR);
CREATE TABLE IF NOT EXISTS order_terms (order_key UBIGINT, said UBIGINT, terms INTEGER[]);
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
    _find_uncut(con, since)
    count = scalar(con, "SELECT count(*) FROM uncut")
    if not count:
        return 0
    con.execute("DELETE FROM order_terms WHERE order_key IN (SELECT order_key FROM uncut)")
    ids = dict(con.execute("SELECT word, id FROM term_words").fetchall())
    known, cutter = len(ids), RunCutter(dictionary, ids)
    for block in _blocks(count):
        texts = con.sql(
            "SELECT order_key, said, text FROM raw_hotline "
            "JOIN (SELECT record, order_key, said FROM uncut WHERE place BETWEEN ? AND ?) AS wanted "
            "ON raw_hotline.rowid = wanted.record",
            params=block,
        ).to_arrow_table()
        terms = cutter.cut(texts["text"])
        con.register("cut_now", texts.drop_columns("text").append_column("terms", terms))
        con.execute("INSERT INTO order_terms SELECT order_key, said, terms FROM cut_now")
        con.unregister("cut_now")
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


def _find_uncut(con: duckdb.DuckDBPyConnection, since: int | None) -> None:
    """Temp table uncut(place, record, order_key, said): latest orders whose text is not cut yet."""
    touched = (
        "TRUE"
        if since is None
        else (
            "(batch, file_no) IN (SELECT (batch, file_no) FROM changes "
            f"WHERE version > {since:d} AND source = 'hotline')"
        )
    )
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE uncut AS
        SELECT row_number() OVER () AS place, record, order_key, said
        FROM (
            SELECT rowid AS record, hash(order_no) AS order_key, hash(text) AS said
            FROM raw_hotline
            WHERE is_latest AND text IS NOT NULL AND {touched}
        )
        ANTI JOIN order_terms USING (order_key, said)""")


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    return ((first, first + AT_ONCE - 1) for first in range(1, count + 1, AT_ONCE))


def count_terms(con: duckdb.DuckDBPyConnection) -> None:
    """snap.term_months(term, month, region, community, category, orders): orders in force, of terms that at
    least five orders of the street share. Returned and invalid orders are left out, as in 诉求受理量."""
    con.execute(f"""
        CREATE OR REPLACE TABLE snap.term_months AS
        WITH said AS (
            SELECT date_trunc('month', h.accepted_at)::DATE AS month, h.region, h.community, h.category,
                unnest(t.terms) AS id
            FROM snap.hotline AS h
            JOIN order_terms AS t ON t.order_key = hash(h.order_no)
            WHERE coalesce(h.valid, TRUE) AND NOT coalesce(h.returned, FALSE)
        ),
        counted AS (
            SELECT id, month, region, community, category, count(*) AS orders
            FROM said
            GROUP BY ALL
        ),
        published AS (
            SELECT id
            FROM counted
            GROUP BY id
            HAVING sum(orders) >= {LEAST}
        )
        SELECT w.word AS term, c.month, c.region, c.community, c.category, c.orders::INTEGER AS orders
        FROM counted AS c
        SEMI JOIN published USING (id)
        JOIN term_words AS w USING (id)
        ORDER BY term, month, community, category""")
