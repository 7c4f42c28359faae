"""Names of places that many orders say and no dictionary has: proposed, for a person to add or to refuse."""

import duckdb

LEAST = 20  # orders
DAYS = 365
SHARE = 0.8  # of these in one community: a place lies in one place


def propose(con: duckdb.DuckDBPyConnection) -> None:
    """snap.word_proposals(word, orders, community): orders in force of the last year up to the as-of day."""
    con.execute(f"""
        CREATE OR REPLACE TABLE snap.word_proposals AS
        WITH today AS (SELECT try_cast(value AS DATE) AS day FROM snap.meta WHERE key = 'as_of'),
        named AS (
            SELECT h.community, unnest(t.places) AS id
            FROM snap.hotline AS h
            JOIN order_terms AS t ON t.order_key = hash(h.order_no)
            CROSS JOIN today
            WHERE coalesce(h.valid, TRUE) AND NOT coalesce(h.returned, FALSE) AND len(t.places) > 0
                AND h.accepted_at::DATE > today.day - {DAYS} AND h.accepted_at::DATE <= today.day
        ),
        placed AS (
            SELECT id, community, count(*) AS orders
            FROM named
            GROUP BY ALL
        )
        SELECT w.word, sum(p.orders)::INTEGER AS orders,
            arg_max(p.community, p.orders) FILTER (p.community IS NOT NULL) AS community
        FROM placed AS p
        JOIN term_words AS w USING (id)
        GROUP BY w.word
        HAVING sum(p.orders) >= {LEAST}
            AND max(p.orders) FILTER (p.community IS NOT NULL) >= {SHARE} * sum(p.orders)
        ORDER BY orders DESC, word""")
