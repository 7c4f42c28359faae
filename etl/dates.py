"""A date in any of the styles that exports use, as one SQL macro: moment(x).

The common style is cast at once. Anything else goes through patterns that name each part of it, so
that an impossible date is seen as one and never becomes another date.
"""

import re

import duckdb

EMPTY_WORDS = (
    *("-", "--", "—", "——", "/", "\\", "\\n", "无", "空", "暂无", "不详", "未知", "待定", "未定"),
    *("null", "none", "nan", "nat", "n/a", "na", "#n/a", "(空)", "(null)", "(blank)"),
    *(
        "未办结",
        "未结案",
        "未完成",
        "办理中",
        "处理中",
        "在办",
        "未回访",
        "未派单",
        "未处理",
        "长期",
    ),
)
EMPTY_DATES = ("0000-00-00", "0001-01-01", "0001-1-1", "1900-01-01", "1900-1-1", "1900/1/1", "1899-12-30")  # fmt: skip
TRIMMED = " \t\r\n\u00a0\u3000'’`\""

AM, PM = "上午|早上|凌晨|am|AM|a\\.m\\.|A\\.M\\.", "下午|晚上|傍晚|pm|PM|p\\.m\\.|P\\.M\\."
CLOCK = (
    rf"({AM}|{PM}|中午)?\s*([0-9]{{1,2}})\s*"
    r"(?:[:时点]\s*(?:([0-9]{1,2})\s*(?:[:分]\s*(?:([0-9]{1,2})(?:[.,][0-9]{1,9})?\s*秒?)?)?)?)?"
    rf"\s*({AM}|{PM})?\s*(Z|z|UTC|GMT|[+-][0-9]{{2}}:?(?:[0-9]{{2}})?)?"
)
TIME = rf"(?:[T\s,]+{CLOCK})?"
TIME_AFTER_DAY = rf"\s*[日号]?(?:(?:[日号]\s*|[T\s,]+){CLOCK})?"
SEPARATOR = r"\s*[-/.年月日,\s]\s*"
FOUR, TWO = "([0-9]{4})", "([0-9]{1,2})"
YEAR_FIRST = f"{FOUR}{SEPARATOR}{TWO}{SEPARATOR}{TWO}"
MONTH_ONLY = f"{FOUR}\\s*[-/.年]\\s*{TWO}\\s*月?份?()"
COMPACT_MONTH = "(20[0-9]{2})(0[1-9]|1[0-2])()"
COMPACT = "(20[0-9]{2}|19[0-9]{2})([0-9]{2})([0-9]{2})"
COMPACT_TIME = "()([0-9]{2})([0-9]{2})([0-9]{2})?()()"
# 24/9/3 can only begin with the year; 9/3/24 needs a declared order, and without one is refused.
SHORT_YEAR_FIRST = f"([0-9]{{2}}[-.年]|(?:1[3-9]|[2-9][0-9])/){TWO}[-/.月]{TWO}"
YEAR_LAST = f"{TWO}\\s*[-/.\\s]\\s*{TWO}\\s*[-/.\\s]\\s*([0-9]{{4}}|[0-9]{{2}})"
FULL_YEAR_LAST = f"{TWO}\\s*[-/.\\s]\\s*{TWO}\\s*[-/.\\s]\\s*{FOUR}"
# A two-digit year is tried before a four-digit one: %Y takes 20 for the year 20.
DAYS = (
    *("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%Y %b %d", "%Y-%b-%d"),
    *("%b %d, %Y", "%b %d, %Y,", "%B %d, %Y", "%B %d, %Y,"),
)
NAMED_MONTHS = (
    *("%a %b %d %H:%M:%S CST %Y", "%a %b %d %H:%M:%S %Y", "%a %b %d %Y %H:%M:%S"),
    *("%b %Y", "%B %Y", "%b-%y", "%b-%Y"),
    *(
        f"{day} {time}".strip()
        for day in DAYS
        for time in ("", "%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
    ),
)

CLOCKS = (" %I:%M:%S %p", " %H:%M", " %H:%M:%S", " %I:%M %p", "")
EXCEL_FROM, EXCEL_TO = 25569, 73051  # 1970 to 2100, in days since 1899-12-30


def install(con: duckdb.DuckDBPyConnection, order: str = "ymd", utc_offset: float = 8.0) -> None:
    """Create moment(x) -> TIMESTAMP, cleaned(x) and is_empty_word(x)."""
    for name, body in _macros(order, utc_offset).items():
        con.execute(f"CREATE OR REPLACE TEMP MACRO {name} AS {body}")


def _macros(order: str, utc_offset: float) -> dict[str, str]:
    shift = f"to_microseconds(CAST({utc_offset} * 3600000000 AS BIGINT))"
    words = "|".join(re.escape(word) for word in EMPTY_WORDS)
    days = "|".join(EMPTY_DATES)
    empty = f"(?i)(?:{words})?|(?:{days})(?:[ T].*)?"
    day = "%d/%m/" if order == "dmy" else "%m/%d/"
    # In a file whose order is not declared, 10/11/12 is for the slower reading that takes 10 as the year.
    years = ("%Y",) if order == "ymd" else ("%y", "%Y")
    slashes = ", ".join(_quoted(day + year + clock) for clock in CLOCKS for year in years)
    return {
        "cleaned(x)": (
            "CASE WHEN regexp_full_match(x, '[0-9A-Za-z](?:[!-~ ]*[0-9A-Za-z])?') THEN x ELSE "
            f"trim(translate(x, '０１２３４５６７８９／－．：　', '0123456789/-.: '), {_quoted(TRIMMED)}) END"
        ),
        # A pattern, not an IN list: DuckDB turns a long one into a join that every row goes through.
        "is_empty_word(x)": (
            f"(length(x) < 30 AND regexp_full_match(cleaned(x), {_quoted(empty)}))"
        ),
        "built(p)": _built(shift),
        "other_moment(x)": _other(order, shift),
        # A cast reads past what it does not know, an AM or a zone: only these lengths are safe.
        "cast_moment(x)": (
            "CASE WHEN substr(x, 5, 1) IN ('-', '/') AND right(x, 1) BETWEEN '0' AND '9' "
            "AND (strlen(x) IN (8, 9, 10) "
            "OR strlen(x) = 19 AND substr(x, 14, 1) = ':' AND substr(x, 17, 1) = ':' "
            "OR strlen(x) = 16 AND substr(x, 14, 1) = ':') THEN TRY_CAST(x AS TIMESTAMP) END"
        ),
        "slash_moment(x)": (
            "CASE WHEN x LIKE '_%/_%/%' AND substr(x, 5, 1) <> '/' "
            f"AND try_strptime(x, [{slashes}]) >= TIMESTAMP '1000-01-01' "
            f"THEN try_strptime(x, [{slashes}]) END"
        ),
        "moment(x)": (
            # Systems write 1900-01-01 for “no date yet”.
            "CASE WHEN x IS NOT NULL AND NOT starts_with(x, '1900') "
            "THEN coalesce(cast_moment(x), slash_moment(x), list_transform("
            "[regexp_replace(cleaned(x), '\\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?\\s*', ' ')], "
            "lambda v: other_moment(v))[1]) END"
        ),
    }


def _other(order: str, shift: str) -> str:
    """Each style with its own pattern; the first that fits decides, valid or not."""
    last = "mdy" if order == "ymd" else order
    styles = [
        (f"{YEAR_FIRST}{TIME_AFTER_DAY}", "ymd"),
        (f"{COMPACT}T?(?:{COMPACT_TIME})?", "ymd"),
        (f"{COMPACT}{TIME}", "ymd"),
        (MONTH_ONLY, "ymd"),
        (COMPACT_MONTH, "ymd"),
        *([(f"{SHORT_YEAR_FIRST}{TIME_AFTER_DAY}", "ymd")] if order == "ymd" else []),
        (f"{FULL_YEAR_LAST if order == 'ymd' else YEAR_LAST}{TIME}", last),
    ]
    numbers = [
        f"WHEN regexp_full_match(x, '[0-9]{{5}}(\\.[0-9]+)?') THEN CASE WHEN "
        f"CAST(x AS DOUBLE) BETWEEN {EXCEL_FROM} AND {EXCEL_TO} THEN TIMESTAMP '1899-12-30' + "
        "to_seconds(CAST(round(CAST(x AS DOUBLE) * 86400) AS BIGINT)) END",
        f"WHEN regexp_full_match(x, '[0-9]{{10}}(\\.[0-9]+)?') "
        f"THEN epoch_ms(CAST(floor(CAST(x AS DOUBLE) * 1000) AS BIGINT)) + {shift}",
        f"WHEN regexp_full_match(x, '[0-9]{{13}}') THEN epoch_ms(CAST(x AS BIGINT)) + {shift}",
    ]
    fits = []
    for pattern, order_of_parts in styles:
        whole = _quoted(f"^{pattern}$")
        parts = "|".join(f"\\{order_of_parts.index(part) + 1}" for part in "ymd")
        timeless = pattern in (MONTH_ONLY, COMPACT_MONTH)
        clock = "|||||" if timeless else "|".join(f"\\{group}" for group in range(4, 10))
        fits.append(
            f"WHEN regexp_matches(x, {whole}) "
            f"THEN regexp_replace(x, {whole}, {_quoted(f'{parts}|{clock}')})"
        )
    formats = ", ".join(_quoted(text) for text in NAMED_MONTHS)
    named = (
        "WHEN regexp_matches(x, '[0-9].*[A-Za-z]{3}|[A-Za-z]{3}.*[0-9]') "
        f"AND try_strptime(x, [{formats}]) IS NOT NULL THEN try_strptime(x, [{formats}])"
    )
    parts = f"string_split(CASE {' '.join(fits)} END, '|')"
    return (
        f"CASE {' '.join(numbers)} {named} "
        f"ELSE list_transform([{parts}], lambda p: built(p))[1] END"
    )


def _built(shift: str) -> str:
    """A timestamp from year, month, day, am, hour, minute, second, pm, zone; NULL where none is such."""
    year, month, day, before, hour, minute, second, after, zone = (f"p[{i}]" for i in range(1, 10))
    four = (
        f"CASE WHEN regexp_full_match({year}, '[0-9]{{4}}') THEN {year} ELSE "
        f"CASE WHEN {year} < '70' THEN '20' ELSE '19' END || left({year}, 2) END"
    )
    clock = f"TRY_CAST('0' || {hour} AS INTEGER)"
    hour24 = (
        f"({clock} + CASE WHEN regexp_matches({before} || {after}, '{PM}') AND {clock} < 12 THEN 12 "
        f"WHEN regexp_matches({before} || {after}, '{AM}') AND {clock} = 12 THEN -12 ELSE 0 END)"
    )
    text = (
        f"{four} || '-' || {month} || '-' || CASE WHEN {day} = '' THEN '1' ELSE {day} END || ' ' "
        f"|| {hour24}::VARCHAR || ':' || lpad({minute}, 2, '0') || ':' || lpad({second}, 2, '0')"
    )
    in_utc = f"regexp_full_match({zone}, '(?i)z|utc|gmt|[+-]00:?(00)?')"
    return f"TRY_CAST({text} AS TIMESTAMP) + CASE WHEN {in_utc} THEN {shift} ELSE INTERVAL 0 SECOND END"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
