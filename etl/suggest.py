"""Which standard category the orders of an unmapped word resemble: a suggestion with its confidence, for a
person to judge. Complement naive Bayes on the terms of the office's own mapped orders."""

from collections import Counter
from collections.abc import Iterable, Sequence

import duckdb
import numpy as np

from etl.store import scalar

MOST = 200  # orders of a word that are asked
FEWEST = 5
SMOOTH = 0.5


class Classifier:
    """Of terms a category; a term speaks for a category that has more of it than all others together."""

    def __init__(self, counts: Iterable[tuple[str, str, int]]) -> None:
        """`counts` are term, category, orders that say it."""
        known = list(counts)
        self.categories = sorted({category for _, category, _ in known})
        self._terms = {term: at for at, term in enumerate(sorted({term for term, _, _ in known}))}
        column = {category: at for at, category in enumerate(self.categories)}
        seen = np.zeros((len(self._terms), len(self.categories)))
        for term, category, orders in known:
            seen[self._terms[term], column[category]] += orders
        others = seen.sum(axis=1, keepdims=True) - seen + SMOOTH
        weights = -np.log(others / others.sum(axis=0, keepdims=True))
        whole = np.abs(weights).sum(axis=0, keepdims=True)
        self._weights = weights / np.where(whole > 0, whole, 1)

    def category(self, terms: Sequence[str]) -> str | None:
        """The likeliest; None where no term is known, or there is nothing to choose from."""
        rows = [self._terms[term] for term in terms if term in self._terms]
        if not rows or len(self.categories) < 2:
            return None
        return self.categories[int(np.argmax(self._weights[rows].sum(axis=0)))]


def suggest(con: duckdb.DuckDBPyConnection) -> None:
    """snap.suggestions(source, value, category, agree, asked): what most of the orders asked resemble."""
    con.execute(
        "CREATE OR REPLACE TABLE snap.suggestions "
        "(source VARCHAR, value VARCHAR, category VARCHAR, agree INTEGER, asked INTEGER)"
    )
    odd = (
        con.execute(
            f"""
        SELECT h.category, list(w.word ORDER BY w.word)
        FROM (
            SELECT category, hash(order_no) AS order_key
            FROM snap.hotline
            WHERE list_contains(flags, 'unmapped_category')
            QUALIFY row_number() OVER (PARTITION BY category ORDER BY order_no) <= {MOST}
        ) AS h
        JOIN (SELECT order_key, unnest(terms) AS id FROM order_terms) AS t USING (order_key)
        JOIN term_words AS w USING (id)
        GROUP BY h.category, h.order_key ORDER BY ALL"""
        ).fetchall()
        if _any_odd(con)
        else []
    )
    votes: dict[str, Counter[str]] = {}
    counts = (
        con.execute(
            "SELECT term, category, sum(orders)::INTEGER FROM snap.term_months "
            "WHERE category IS NOT NULL AND category NOT IN "
            "(SELECT DISTINCT category FROM snap.hotline WHERE category IS NOT NULL "
            "AND list_contains(flags, 'unmapped_category')) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        if odd
        else []
    )
    classifier = Classifier(counts) if counts else None
    for value, terms in odd if classifier else ():
        if classifier and (found := classifier.category(terms)):
            votes.setdefault(value, Counter())[found] += 1
    rows = [
        ("hotline", value, *min(found.items(), key=lambda vote: (-vote[1], vote[0])), found.total())
        for value, found in sorted(votes.items())
        if found.total() >= FEWEST
    ]
    if rows:
        con.executemany("INSERT INTO snap.suggestions VALUES (?, ?, ?, ?, ?)", rows)


def _any_odd(con: duckdb.DuckDBPyConnection) -> bool:
    sql = "SELECT EXISTS (FROM snap.hotline WHERE list_contains(flags, 'unmapped_category'))"
    return bool(scalar(con, sql))
