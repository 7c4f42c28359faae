"""Which of two records of a key is the newer, decided by what they say and never by when they came.

A source with `order` columns says it itself: later times first, then settled before ongoing, then the
fuller record, then the content hash, so that any order of loading ends in the same state. A source
without any (a ledger, a monthly count) cannot say: there the file loaded last is the office's word.
"""

from etl.catalog import Source
from etl.store import quoted, typed_columns

FLOORS = {
    "TIMESTAMP": "TIMESTAMP '-infinity'",
    "DATE": "DATE '-infinity'",
    "INTEGER": "-2147483648",
    "DOUBLE": "'-infinity'::DOUBLE",
    "BOOLEAN": "FALSE",
    "VARCHAR": "''",
}
BULKY = ("prose", "geometry")
ARRIVAL = ("batch", "file_no", "row_no")


def by_content(source: Source) -> bool:
    return bool(source.order) and not source.merge


def rank(source: Source) -> str:
    """An expression over a raw or staged row; the greater value is the newer record."""
    types = typed_columns(source)
    parts = [f"coalesce({quoted(c)}, {FLOORS[types[c]]})" for c in source.order]
    if not by_content(source):
        return f"row({', '.join([*parts, *ARRIVAL])})"
    if settled := source.raw.get("settled"):
        parts.append(f"coalesce({settled}, FALSE)")
    # Bulky columns stay out: reading them for a whole store costs more than they decide.
    filled = [quoted(f.column) for f in source.fields if f.type not in BULKY]
    parts.append(" + ".join(f"({column} IS NOT NULL)::INTEGER" for column in filled))
    return f"row({', '.join([*parts, 'content'])})"


def rank_in_file(source: Source) -> str:
    """The same among the rows of one staged file, where the later line stands for the later word."""
    return rank(source) if by_content(source) else "row(row_no)"
