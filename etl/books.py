"""What a snapshot says about itself: labels, freshness, rows by month, words not understood, its meta."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb

from etl.catalog import Source, sources
from etl.profile import as_meta
from etl.store import quoted, scalar, table_columns, typed_columns
from etl.tables import fill_books
from etl.words import FLAGS, flag_label

AS_OF = ("hotline", "cases", "activities")  # sources whose latest event is the snapshot's today
MAPPED = ("choice", "path", "flag")  # types of fields whose words are compared with a list


def write_books(
    con: duckdb.DuckDBPyConnection, profile: dict[str, Any], facts: dict[str, str]
) -> None:
    fill_books(con)
    _labels(con)
    _unmapped(con)
    _freshness(con)
    _months(con)
    _meta(con, as_meta(profile) | facts)


def _labels(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE OR REPLACE TABLE snap.labels (source VARCHAR, field VARCHAR, code VARCHAR, label VARCHAR)"
    )
    rows = [row for source in sources().values() for row in _words(source)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    con.execute(
        "INSERT INTO snap.labels SELECT unnest(?), unnest(?), unnest(?), unnest(?)", columns
    )


def _words(source: Source) -> Iterator[tuple[str, str, str, str]]:
    """The values of each field by its name; under `fields` and `flags`, what columns and flags are called."""
    for field in source.fields:
        for choice in field.values:
            yield source.name, field.name, choice.code, choice.label
        yield source.name, "fields", field.column, field.label
    rules = [rule.name for rule in source.rules if rule.action == "flag"]
    strange = [f"unmapped_{field.name}" for field in source.fields if field.type in MAPPED]
    for flag in (*rules, *FLAGS, *strange):
        yield source.name, "flags", flag, flag_label(source.name, flag)


def _unmapped(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE OR REPLACE TABLE snap.unmapped (source VARCHAR, field VARCHAR, value VARCHAR, rows BIGINT)"
    )
    for source in sources().values():
        present = table_columns(con, f"snap.{source.table}")
        if "flags" not in present:
            continue
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE odd AS SELECT * FROM snap.{source.table} "
            "WHERE len(flags) > 0 "
            "AND len(list_filter(flags, lambda flag: starts_with(flag, 'unmapped_'))) > 0"
        )
        odd = scalar(con, "SELECT count(*) FROM odd")
        for field in source.fields if odd else ():
            if field.type in MAPPED and field.column in present:
                con.execute(
                    f"INSERT INTO snap.unmapped SELECT ?, ?, {quoted(field.column)}::VARCHAR, count(*) "
                    "FROM odd WHERE list_contains(flags, ?) GROUP BY ALL ORDER BY ALL",
                    [source.name, field.column, f"unmapped_{field.name}"],
                )


def _freshness(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "CREATE OR REPLACE TABLE snap.freshness (source VARCHAR, label VARCHAR, first_event DATE, "
        "last_event DATE, last_loaded TIMESTAMP, rows BIGINT, rhythm_days INTEGER)"
    )
    for source in sources().values():
        event = event_column(source)
        span = f"min({event})::DATE, max({event})::DATE" if event else "NULL, NULL"
        con.execute(
            f"""
            INSERT INTO snap.freshness
            SELECT ?, ?, {span}, (
                SELECT max(b.loaded_at)
                FROM files AS f
                JOIN batches AS b USING (batch)
                WHERE f.source = ? AND b.undone_at IS NULL
            ), count(*), ?
            FROM snap.{source.table}""",
            [source.name, source.label, source.name, source.rhythm_days],
        )


def _months(con: duckdb.DuckDBPyConnection) -> None:
    """How many rows of a source fall into each month: a month without any is a gap."""
    con.execute("CREATE OR REPLACE TABLE snap.months (source VARCHAR, month DATE, rows BIGINT)")
    for source in sources().values():
        if event := event_column(source):
            con.execute(
                f"INSERT INTO snap.months SELECT ?, date_trunc('month', {event})::DATE AS month, count(*) "
                f"FROM snap.{source.table} WHERE {event} IS NOT NULL GROUP BY month ORDER BY month",
                [source.name],
            )


def _meta(con: duckdb.DuckDBPyConnection, facts: dict[str, str]) -> None:
    facts = facts | {
        "as_of": _as_of(con),
        "demo": str(
            bool(scalar(con, "SELECT count(*) FROM batches WHERE demo AND undone_at IS NULL"))
        ).lower(),
    }
    for key, column in (("street_name", "name"), ("street_code", "code")):
        if not facts.get(key):
            street = (
                f"SELECT min({column}) FROM snap.areas WHERE level = 'street' HAVING count(*) = 1"
            )
            facts[key] = scalar(con, street) or ""
    con.execute("CREATE OR REPLACE TABLE snap.meta (key VARCHAR, value VARCHAR)")
    con.executemany("INSERT INTO snap.meta VALUES (?, ?)", sorted(facts.items()))


def _as_of(con: duckdb.DuckDBPyConnection) -> str:
    """The latest event anyone reported; without any, the latest day a file was loaded."""
    latest = scalar(
        con,
        f"SELECT max(last_event) FROM snap.freshness WHERE source IN ({', '.join('?' * len(AS_OF))})",
        list(AS_OF),
    ) or scalar(con, "SELECT max(last_event) FROM snap.freshness")
    loaded: datetime | None = scalar(con, "SELECT max(loaded_at) FROM batches")
    day = latest or (loaded.date() if loaded else None)
    return day.isoformat() if day else ""


def event_column(source: Source) -> str | None:
    dated = typed_columns(source).get(source.event or "") in ("DATE", "TIMESTAMP")
    return quoted(source.event) if source.event and dated else None
