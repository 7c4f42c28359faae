"""`etl load` without what reads texts and links records: python benchmarks/plain_load.py FILE DATA_DIRECTORY"""

import sys
from pathlib import Path
from unittest.mock import patch

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import etl.load
from etl import snapshot, tables, terms, texts
from etl.place import Place
from etl.tables import read_model

WITHOUT = ("_matters", "_chains")


def model(name: str) -> str:
    sql = read_model(name)
    return f"SELECT * FROM ({sql}\n) LIMIT 0" if name in WITHOUT else sql


def cut_nothing(con: duckdb.DuckDBPyConnection, *_: object) -> int:
    con.execute(terms.TABLES)
    return 0


def propose_nothing(con: duckdb.DuckDBPyConnection) -> None:
    columns = "(word VARCHAR, orders INTEGER, community VARCHAR)"
    con.execute(f"CREATE OR REPLACE TABLE snap.word_proposals {columns}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with (
        patch.object(snapshot, "propose", propose_nothing),
        patch.multiple(texts, cut_orders=cut_nothing, read_model=model),
        patch.object(tables, "read_model", model),
    ):
        etl.load.load([Path(sys.argv[1])], place=Place(Path(sys.argv[2]).resolve()))
