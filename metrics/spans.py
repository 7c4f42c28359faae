"""From a snapshot: how long each thing accepted in a period waited, and how that ended.

Whole months of a small table come from one scan of all months that is kept with the snapshot, as in
metrics/months.py: a page that turns to another month then asks no engine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from metrics.clock import DAY, Clock, beyond, elapsed, window
from metrics.definitions import Card, card, spell_out
from metrics.months import adds_up, all_time
from metrics.request import Request
from metrics.risk import End, How
from metrics.scan import date_sql, filters

BASES = {"hotline": "hotline_closure_accepted", "cases": "case_closure_accepted"}
STATEMENT = """
SELECT month, ceil(seconds / 7200.0) / 12 AS day, how, count(*) AS n, sum(seconds) AS seconds, sum(stands_in) AS stand_ins
FROM (
    SELECT CAST(date_trunc('month', began) AS DATE) AS month, how, stands_in, {seconds} AS seconds
    FROM (
        SELECT
            began,
            how,
            CASE WHEN how IN ('open', 'unknown') THEN $seen ELSE GREATEST(began, LEAST(ended, $seen)) END AS ended,
            CASE WHEN how = 'returned' AND NOT timed THEN 1 ELSE 0 END AS stands_in
        FROM (
            SELECT
                {began} AS began,
                {returned_timed} AS timed,
                CASE WHEN {returned} THEN {returned_at} ELSE closed_at END AS ended,
                CASE
                    WHEN {returned} THEN 'returned'
                    WHEN closed_at < $cut THEN CASE WHEN {transferred} THEN 'transferred' ELSE 'closed' END
                    WHEN {closed} THEN 'unknown'
                    ELSE 'open'
                END AS how
            FROM {relation} AS facts
            WHERE {conditions}
        ) AS told
    ) AS spans{joins}
) AS timed
GROUP BY month, day, how
ORDER BY month, day, how
"""


@dataclass(frozen=True)
class Spans:
    ends: tuple[End, ...]
    stand_ins: int = 0  # returned without a time: the dispatch stands in for it
    outside: int = 0  # of days that the calendar does not know


def spans(table: str, asked: Request, clock: Clock) -> Spans:
    """`unknown` ended at an unknown time."""
    told = _told(card(BASES[table]), asked, clock)
    if outside := sum(month.outside for month in told):
        raise beyond(asked.snapshot, outside)
    return told[0] if len(told) == 1 else _together(told)


def _together(months: Iterable[Spans]) -> Spans:
    sums: dict[tuple[float, How], tuple[int, float]] = {}
    stand_ins = 0
    for month in months:
        stand_ins += month.stand_ins
        for day, how, n, days in month.ends:
            before = sums.get((day, how), (0, 0.0))
            sums[day, how] = before[0] + n, before[1] + days
    return Spans(tuple(End(*at, *found) for at, found in sorted(sums.items())), stand_ins)


def _told(chosen: Card, asked: Request, clock: Clock) -> list[Spans]:
    """Of the months of the period, in one pass over the table where they are not known yet."""
    if not adds_up([chosen], asked):
        return list(_by_month(chosen, asked, clock).values())
    where = tuple(sorted(asked.where.items()))
    kept = asked.snapshot.kept(
        ("spans", chosen.key, clock, asked.scope, where),
        lambda: _by_month(chosen, replace(asked, period=all_time(asked)), clock),
    )
    period = asked.period
    return [found for month, found in kept.items() if period.start <= month < period.end]


def _by_month(chosen: Card, asked: Request, clock: Clock) -> dict[date, Spans]:
    sql, known = _write(chosen, asked, clock)
    rows = asked.snapshot.query(
        sql, {name: value for name, value in known.items() if f"${name}" in sql}
    )
    return {month: _read(list(told)) for month, told in groupby(rows, key=itemgetter(0))}


def _read(rows: Sequence[tuple[Any, ...]]) -> Spans:
    """Of month, day, how, n, seconds, stand-ins."""
    ends = tuple(End(d, how, n, sec / DAY) for _, d, how, n, sec, _ in rows if d is not None)
    outside = sum(n for _, day, _, n, _, _ in rows if day is None)
    return Spans(ends, sum(row[-1] for row in rows), outside)


def _write(chosen: Card, asked: Request, clock: Clock) -> tuple[str, dict[str, object]]:
    terms = chosen.table.terms
    day = date_sql(chosen, asked) or ""
    conditions, params = filters(chosen, day, asked)
    returned = terms.get("went_back", "FALSE")
    if "counted" in terms:
        conditions.append(spell_out("(counted OR went_back)", terms))
    seconds, joins = elapsed(clock)
    sql = STATEMENT.format(
        seconds=seconds,
        joins=joins,
        began=day,
        returned=returned,
        returned_at=terms.get("went_back_at", "closed_at"),
        returned_timed=terms.get("went_back_timed", "closed_at IS NOT NULL"),
        transferred=terms.get("sent_on", "FALSE"),
        closed=terms["closed"],
        relation=chosen.table.relation,
        conditions=" AND ".join(conditions),
    )
    # The last second of the as-of day, so that waiting ends on a day that the calendar must know.
    seen = {"seen": asked.cut - timedelta(seconds=1)}
    return sql, asked.parameters(chosen) | params | seen | window(clock, asked.snapshot)
