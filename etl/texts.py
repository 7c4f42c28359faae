"""Reading of texts, beside the rest of a snapshot: orders are cut into terms, and records linked."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from etl.dictionary import Dictionary
from etl.graph import Graph, Told, work_out
from etl.tables import read_model
from etl.terms import cut_orders


@dataclass(frozen=True)
class Reading:
    """Under way in threads of its own; what it comes to, or fails with, is told on asking."""

    _cutting: Future[int]
    _linking: Future[Graph] | None

    def linked(self) -> Graph | None:
        """None where the links of the snapshot before stand."""
        return self._linking.result() if self._linking else None

    def cut(self) -> int:
        """How many orders were cut into terms. A transaction that began before does not see them."""
        return self._cutting.result()


@contextmanager
def reading(
    con: duckdb.DuckDBPyConnection, dictionary: Dictionary, since: int | None, *, links: bool
) -> Generator[Reading]:
    """Neither keeps two processors busy, nor do the models of the snapshot: all three go on at once."""
    told = Told.of(con)
    with con.cursor() as ours, con.cursor() as theirs, ThreadPoolExecutor(2) as pool:
        cutting = pool.submit(cut_orders, ours, dictionary, since)
        linking = pool.submit(work_out, theirs, read_model("_matters"), told) if links else None
        yield Reading(cutting, linking)
