"""Names of places that many orders say and no dictionary has: proposed, for a person to add or to refuse."""

import duckdb
import pyarrow as pa

from etl.dictionary import Dictionary
from etl.place_names import Names

LEAST = 20  # orders
DAYS = 365
SHARE = 0.8  # of these in one community: a place lies in one place


def propose(con: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> None:
    """snap.word_proposals(word, orders, community): orders in force of the last year up to the as-of day."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE said_places AS
        WITH today AS (SELECT try_cast(value AS DATE) AS day FROM snap.meta WHERE key = 'as_of')
        SELECT h.order_no, h.community, unnest(list_distinct(regexp_extract_all(r.text, ?))) AS said
        FROM snap.hotline AS h
        JOIN raw_hotline AS r ON r.order_no = h.order_no AND r.is_latest
        CROSS JOIN today
        WHERE coalesce(h.valid, TRUE) AND NOT coalesce(h.returned, FALSE)
            AND h.accepted_at::DATE > today.day - {DAYS} AND h.accepted_at::DATE <= today.day""",
        [Names.known().said],
    )
    con.register("names_said", _names(con, dictionary))
    con.execute(f"""
        CREATE OR REPLACE TABLE snap.word_proposals AS
        WITH named AS (SELECT DISTINCT order_no, community, word FROM said_places JOIN names_said USING (said)),
        placed AS (SELECT word, community, count(*) AS orders FROM named GROUP BY ALL)
        SELECT word, sum(orders)::INTEGER AS orders,
            arg_max(community, orders) FILTER (community IS NOT NULL) AS community
        FROM placed
        GROUP BY word
        HAVING sum(orders) >= {LEAST} AND max(orders) FILTER (community IS NOT NULL) >= {SHARE} * sum(orders)
        ORDER BY orders DESC, word""")
    con.unregister("names_said")


def _names(con: duckdb.DuckDBPyConnection, dictionary: Dictionary) -> pa.Table:
    """Which names each of the distinct strings holds."""
    strings = con.execute("SELECT DISTINCT said FROM said_places").fetchall()
    pairs = dictionary.cutter().places([text for (text,) in strings])
    columns = {"said": [text for text, _ in pairs], "word": [name for _, name in pairs]}
    return pa.table({name: pa.array(found, pa.string()) for name, found in columns.items()})
