"""Text of a cell into a typed value, as DuckDB macros; what is no value of its type stays NULL."""

import hashlib

import duckdb

INNER, OUTER, BLOCK = 0x36, 0x5C, 64
SCALE = "CASE n.scale WHEN '万' THEN 10000 WHEN '亿' THEN 100000000 ELSE 1 END"
NUMBER = r"^([-−↓]?)[+↑约近超]?\s*([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)\s*余?(万|亿)?余?\s*(?:[%％‰]|[\x{4e00}-\x{9fa5}㎡²]{0,4})$"
MOBILE = r"(?:^|[^0-9])(?:\+?86)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?:[^0-9]|$)"
# Weights of the resident identity number's check digit, GB 11643.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BORN_AT_LATEST = 2015  # an order number holds the day's date where an identity holds a birthday

DATED = "^(?:[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})[T ]+"

BLANKS = (" ", "\t", "\n", "\r", "\u3000", "\u00a0")
EDGED = " OR ".join(f"starts_with(x, '{blank}') OR ends_with(x, '{blank}')" for blank in BLANKS)

MACROS = {
    # A text without blanks around it. Trimming a long one costs, looking at its edges does not.
    "bare(x)": f"CASE WHEN {EDGED} THEN nullif(trim(x, '{''.join(BLANKS)}'), '') ELSE nullif(x, '') END",
    # A dash that is nothing but a dash is an empty cell; so are these words.
    "keyed(x)": "CASE WHEN x IS NOT NULL THEN nullif(nullif(cleaned(x), ''), '-') END",
    "number_parts(x)": (
        f"regexp_extract(translate(cleaned(x), ',，、\u00a0\u202f\u2009', ''), '{NUMBER}', ['minus', 'digits', 'scale'])"
    ),
    "scaled(n)": (
        "CASE WHEN n.digits <> '' THEN "
        f"TRY_CAST(n.digits AS DOUBLE) * {SCALE} * CASE WHEN n.minus = '' THEN 1 ELSE -1 END END"
    ),
    "figure(x)": (
        "CASE WHEN x IS NOT NULL THEN coalesce("
        "CASE WHEN regexp_full_match(x, '-?[0-9]{1,15}(\\.[0-9]{1,15})?') THEN TRY_CAST(x AS DOUBLE) END, "
        "list_transform([number_parts(x)], lambda n: scaled(n))[1]) END"
    ),
    "check_digit(x)": (
        "substr('10X98765432', CAST(("
        + " + ".join(
            f"TRY_CAST(substr(x, {place}, 1) AS INTEGER) * {weight}"
            for place, weight in enumerate(WEIGHTS, 1)
        )
        + ") % 11 AS INTEGER) + 1, 1)"
    ),
    "is_resident_id(x)": (
        "CASE WHEN regexp_full_match(x, '[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]') "
        f"THEN TRY_CAST(substr(x, 7, 4) AS INTEGER) <= {BORN_AT_LATEST} "
        "AND check_digit(x) = upper(right(x, 1)) ELSE FALSE END"
    ),
    "is_person(x)": f"coalesce(regexp_matches(x, '{MOBILE}') OR is_resident_id(x), FALSE)",
    # A telephone number by its last eleven digits, however it is written; any other name as it is.
    "caller_text(x)": (
        "CASE WHEN regexp_full_match(x, '[0-9]{7,11}') THEN x "
        "WHEN contains(x, '*') OR is_empty_word(x) OR cleaned(x) IN ('匿名', '未提供', '保密', '不愿透露') THEN NULL "
        "WHEN regexp_full_match(cleaned(x), '[-+0-9 ()（）转,，/;；]+') AND strlen(regexp_replace(x, '[^0-9]', '', 'g')) >= 7 "
        "THEN right(regexp_replace(x, '[^0-9]', '', 'g'), 11) ELSE upper(cleaned(x)) END"
    ),
    "pseudonym_of(text)": (
        "CASE WHEN text IS NOT NULL THEN substr(sha256(getvariable('hmac_outer') || "
        "unhex(sha256(getvariable('hmac_inner') || encode('caller|' || text)))), 1, 32) END"
    ),
    # Of an answer only what is no number, blank or punctuation: a copy with another date is a copy.
    "fingerprint(x)": (
        "CASE WHEN strlen(regexp_replace(x, '[\\s\\p{P}\\p{N}]', '', 'g')) >= 12 "
        "THEN pseudonym_of('reply|' || regexp_replace(x, '[\\s\\p{P}\\p{N}]', '', 'g')) END"
    ),
    "pseudonym(x)": "CASE WHEN x IS NOT NULL THEN pseudonym_of(caller_text(x)) END",
    # Systems write 1899-12-30 or 1900-01-01 before a time of day.
    "undated(x)": f"regexp_replace(cleaned(x), '{DATED}', '')",
    # Seconds after midnight of a cell that holds a time of day, whatever date stands before it.
    "clock(x)": (
        "CASE WHEN regexp_full_match(cleaned(x), '0?\\.[0-9]+') "
        "THEN CAST(round(CAST(cleaned(x) AS DOUBLE) * 86400) AS BIGINT) "
        "WHEN regexp_full_match(cleaned(x), '[0-9]{3,4}') "
        "THEN epoch(moment('2000-01-01 ' || left(lpad(cleaned(x), 4, '0'), 2) || ':' || right(cleaned(x), 2))) - 946684800 "
        "ELSE epoch(moment('2000-01-01 ' || undated(x))) - 946684800 END"
    ),
    "at_clock(day, time)": (
        "CASE WHEN time IS NULL OR is_empty_word(undated(time)) THEN moment(day) "
        "ELSE date_trunc('day', moment(day)) + to_seconds(CAST(clock(time) AS BIGINT)) END"
    ),
}


def install(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Create the macros. The key is bound, so that it never stands in the text of a statement."""
    for name, body in MACROS.items():
        con.execute(f"CREATE OR REPLACE TEMP MACRO {name} AS {body}")
    secret = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    con.execute("SET VARIABLE hmac_inner = ?", [bytes(byte ^ INNER for byte in secret)])
    con.execute("SET VARIABLE hmac_outer = ?", [bytes(byte ^ OUTER for byte in secret)])


def forget(con: duckdb.DuckDBPyConnection) -> None:
    for name in ("hmac_inner", "hmac_outer"):
        con.execute(f"RESET VARIABLE {name}")
