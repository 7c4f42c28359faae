"""Area names and codes: what staging resolves against, and where the words of older loads lie today.

Rows can arrive before the area ledger does. Their words are kept, and every snapshot places them by the
ledger of its own day.
"""

import duckdb

from etl.areas import AreaBook
from etl.catalog import Source, sources
from etl.merge import joined

Lineage = tuple[str | None, str | None, str | None]  # region, community, grid


def know_areas(con: duckdb.DuckDBPyConnection) -> bool:
    """Temp tables known_areas and area_shapes for staging; whether there are any areas."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE ledger AS {joined(sources()['areas'])}")
    con.execute("""
        CREATE OR REPLACE TEMP TABLE known_areas AS
        SELECT
            coalesce(a.name, a.code) AS name_key,
            a.code,
            a.level,
            CASE a.level WHEN 'community' THEN a.code ELSE p.code END AS community
        FROM ledger AS a
        LEFT JOIN ledger AS p ON p.level = 'community' AND a.parent IN (p.code, p.name)
        QUALIFY row_number() OVER (PARTITION BY a.code ORDER BY p.code) = 1""")
    con.execute("""
        CREATE OR REPLACE TEMP TABLE area_shapes AS
        SELECT code, level, geometry
        FROM ledger
        WHERE geometry IS NOT NULL""")
    found = con.execute("SELECT 1 FROM known_areas LIMIT 1").fetchone()
    return found is not None


def place_words(con: duckdb.DuckDBPyConnection) -> None:
    """Temp tables for the models, from the snapshot's areas and the words of every latest_<source>.

    places(said_community, said_grid, region, community, grid, known) for facts, and
    named(word, code, region, community, grid) for columns that name an area of any level.
    While no area of a level is known at all, a word of that level stands for itself.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE places (said_community VARCHAR, said_grid VARCHAR, "
        "region VARCHAR, community VARCHAR, grid VARCHAR, known BOOLEAN)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE named "
        "(word VARCHAR, code VARCHAR, region VARCHAR, community VARCHAR, grid VARCHAR)"
    )
    book = AreaBook.of(con, know_areas(con))
    rows = con.execute("SELECT code, region, community, grid FROM snap.areas").fetchall()
    lineages: dict[str, Lineage] = {code: (region, *within) for code, region, *within in rows}
    pairs, words = _said(con)
    _insert(con, "places", [(*pair, *_place(book, lineages, *pair)) for pair in sorted(pairs)])
    codes = {word: book.find(word, None) for word in sorted(words)}
    _insert(con, "named", [(word, code, *lineages[code]) for word, code in codes.items() if code])


def _place(
    book: AreaBook, lineages: dict[str, Lineage], community: str, grid: str
) -> tuple[str | None, str | None, str | None, bool]:
    """Region, community and grid of what a row says, and whether all of it was understood."""
    levels = {level for _, level, _ in book.codes.values()}
    outer = book.find(community, "community")
    inner = book.find(grid, "grid", outer)
    region, at_community, at_grid = lineages.get(inner or outer or "", (None, None, None))
    if inner is None and grid and "grid" not in levels:
        at_grid = grid
    if outer is None and community and "community" not in levels:
        at_community = at_community or community
    lost = bool((community and not at_community) or (grid and not at_grid))
    return region, at_community, at_grid, not lost


def _said(con: duckdb.DuckDBPyConnection) -> tuple[set[tuple[str, str]], set[str]]:
    """Pairs of community and grid, and words for an area of any level, as the rows have them."""
    pairs: set[tuple[str, str]] = set()
    words: set[str] = set()
    for source in sources().values():
        community, grid, area = area_columns(source)
        if community or grid:
            both = f"coalesce({community or 'NULL'}, ''), coalesce({grid or 'NULL'}, '')"
            rows = con.execute(f"SELECT DISTINCT {both} FROM latest_{source.name}")
            pairs.update(rows.fetchall())
        if area:
            rows = con.execute(f"SELECT DISTINCT {area} FROM latest_{source.name}")
            words.update(word for (word,) in rows.fetchall() if word)
    return pairs, words


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def area_columns(source: Source) -> tuple[str | None, str | None, str | None]:
    """Its columns that name a community, a grid, and an area of any level."""
    if source.name == "areas":
        return None, None, None
    found = {f.level: f'"{f.column}"' for f in reversed(source.fields) if f.type == "area"}
    return found.get("community"), found.get("grid"), found.get(None)
