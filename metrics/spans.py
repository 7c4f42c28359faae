"""From a snapshot: how long each thing accepted in a period waited, and how that ended."""

from dataclasses import dataclass
from datetime import timedelta

from metrics.clock import Clock, beyond, elapsed, window
from metrics.definitions import Card, card, spell_out
from metrics.request import Request
from metrics.risk import End
from metrics.scan import date_sql, filters

BASES = {"hotline": "hotline_closure_accepted", "cases": "case_closure_accepted"}
STATEMENT = """
SELECT ceil(seconds / 7200.0) / 12 AS day, how, count(*) AS n, sum(seconds) / 86400.0 AS days, sum(stands_in) AS stand_ins
FROM (
    SELECT how, stands_in, {seconds} AS seconds
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
GROUP BY day, how
ORDER BY day, how
"""


@dataclass(frozen=True)
class Spans:
    ends: tuple[End, ...]
    stand_ins: int  # returned without a time: the dispatch stands in for it


def spans(table: str, asked: Request, clock: Clock) -> Spans:
    """One pass over the table. `unknown` ended at an unknown time."""
    chosen = card(BASES[table])
    sql, known = _write(chosen, asked, clock)
    rows = asked.snapshot.query(sql, {name: v for name, v in known.items() if f"${name}" in sql})
    if outside := sum(n for day, _, n, _, _ in rows if day is None):
        raise beyond(asked.snapshot, outside)
    ends = tuple(End(float(day), how, n, float(days)) for day, how, n, days, _ in rows)
    return Spans(ends, sum(stand_ins for *_, stand_ins in rows))


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
