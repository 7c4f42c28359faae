"""The past that a value is judged by: months up to the period, their limits, the notes on them."""

from collections.abc import Mapping, Sequence

from metrics import Card, Measurement, Period
from metrics.period import DAY, add_months, month_start
from metrics.variation import Verdict, judge
from ui import data
from ui.charts import Flag, Limits
from ui.state import View

MONTHS = 24
WEEKS = 53
QUARTERS = 8


def window(view: View, kind: str = "month") -> Period:
    """The last 24 months, or the last year of weeks, that end with the period on show."""
    last = view.period.until - DAY
    if kind == "quarter":
        return _quarters(view)
    if kind == "week":
        return Period.between(last - WEEKS * 7 * DAY, last, view.snapshot.as_of)
    this = month_start(last)
    # Months before anything was recorded would only press the others together.
    start = max(add_months(this, 1 - MONTHS), min(month_start(view.first_day), this))
    return Period.between(start, add_months(this, 1) - DAY, view.snapshot.as_of)


def year(view: View) -> Period:
    """The twelve months that end with the period."""
    start = month_start(view.period.until - DAY)
    end = add_months(start, 1) - DAY
    return Period.between(add_months(start, -11), end, view.snapshot.as_of)


def histories(
    view: View,
    cards: Sequence[Card],
    *,
    kind: str = "month",
    where: Mapping[str, str] | None = None,
) -> dict[str, Measurement]:
    """By month (or week), for the cards that can be cut so; sensitive ones by quarter. Stocks cannot."""
    found: dict[str, Measurement] = {}
    for unit, sensitive in ((kind, False), ("quarter", True)):
        able = [
            card.id
            for card in cards
            if unit in card.dimensions and (card.tier == "T2") == sensitive
        ]
        if able:
            found |= data.measured(view, able, period=window(view, unit), by=(unit,), where=where)
    return found


def _quarters(view: View) -> Period:
    """Whole quarters that have ended: nothing else is published of sensitive groups."""
    here = Period.of("quarter", view.period.until - DAY, view.snapshot.as_of)
    end = here.end if not here.is_open and here.end <= view.period.end else here.start
    first = Period.of("quarter", min(view.first_day, end - DAY), view.snapshot.as_of).start
    start = max(add_months(end, -3 * QUARTERS), first)
    return Period("custom", start, end, view.snapshot.as_of)


def verdicts(history: Measurement) -> dict[str, Verdict]:
    """Each finished unit of time against those before it."""
    judged: dict[str, Verdict] = {}
    if history.card.tier == "T2":
        return judged  # too few quarters to tell
    for row in history.rows:
        period = Period.parse(row.group[-1] or "", history.as_of)
        if not period.is_open:
            judged[row.group[-1] or ""] = judge(history, row, period)
    return judged


def beyond(found: Mapping[str, Verdict]) -> set[str]:
    return {code for code, verdict in found.items() if verdict.judgement in ("high", "low")}


def limits(history: Measurement, found: Mapping[str, Verdict]) -> Limits | None:
    """The corridor to draw; None while the past is too short for one."""
    rows = [found.get(row.group[-1] or "") for row in history.rows]
    if all(verdict is None or verdict.low is None for verdict in rows):
        return None
    return Limits(
        [verdict.centre if verdict else None for verdict in rows],
        [verdict.low if verdict else None for verdict in rows],
        [verdict.high if verdict else None for verdict in rows],
    )


def flags(view: View, history: Measurement) -> list[Flag]:
    """Events, each at the month or week it began in; two in one unit share a flag."""
    units = [Period.parse(row.group[-1] or "", history.as_of) for row in history.rows]
    noted: dict[str, list[str]] = {}
    for event in view.snapshot.events(history.period):
        for unit in units:
            if unit.start <= event.date < unit.end:
                noted.setdefault(unit.code, []).append(event.title)
    return [Flag(code, "、".join(dict.fromkeys(titles))) for code, titles in noted.items()]
