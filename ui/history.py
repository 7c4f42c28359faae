"""The past that a value is judged by: its control chart, the months up to the period, the notes on them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from metrics import Card, Measurement, Period, lineage
from metrics import past as metric_past
from metrics.control import Chart
from metrics.period import DAY, add_months, month_start
from metrics.phase import Point
from metrics.records import Event
from metrics.seasons import seasons
from metrics.status import Status, status
from ui import data
from ui.charts import Band, Flag, Limits
from ui.state import View

MONTHS = 24
WEEKS = 53
QUARTERS = 8
DEMAND = "hotline"  # the source that the seasons of the calendar speak of


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
    """By month (or week), for the cards that can be cut so; sensitive ones by quarter."""
    found: dict[str, Measurement] = {}
    for unit, able in _by_unit(cards, kind):
        ids = [card.id for card in able]
        found |= data.measured(view, ids, period=window(view, unit), by=(unit,), where=where)
    return found


def _by_unit(cards: Sequence[Card], kind: str) -> Iterator[tuple[str, list[Card]]]:
    """Those that can be cut so, by the unit of time that is charted of them."""
    for unit in dict.fromkeys((kind, "quarter")):
        able = [
            card
            for card in cards
            if unit in card.dimensions and metric_past.unit_of(card, kind) == unit
        ]
        if able:
            yield unit, able


def _quarters(view: View) -> Period:
    """Whole quarters that have ended: nothing else is published of sensitive groups."""
    here = Period.of("quarter", view.period.until - DAY, view.snapshot.as_of)
    end = here.end if not here.is_open and here.end <= view.period.end else here.start
    first = Period.of("quarter", min(view.first_day, end - DAY), view.snapshot.as_of).start
    start = max(add_months(end, -3 * QUARTERS), first)
    return Period("custom", start, end, view.snapshot.as_of)


def ever(view: View, kind: str = "month") -> Period:
    """All that was ever recorded, in whole units: the same whatever is on show, as a baseline must be."""
    return metric_past.ever(view.snapshot, kind)


def charts(
    view: View,
    cards: Sequence[Card],
    *,
    kind: str = "month",
    where: Mapping[str, str] | None = None,
) -> dict[str, Chart]:
    """The control chart of each card with a past, by month (or week); of sensitive ones by quarter."""
    filters = tuple(sorted((where or {}).items()))
    found: dict[str, Chart] = {}
    for unit, able in _by_unit(cards, kind):
        ids = [card.id for card in able]
        past = data.measured(view, ids, period=ever(view, unit), by=(unit,), where=where)
        found |= {
            card.id: data.derived(
                view,
                ("chart", card.key, unit, view.scope, filters, view.role),
                lambda one=past[card.id]: _chart(view, one, where),
            )
            for card in able
        }
    return found


def _chart(view: View, past: Measurement, where: Mapping[str, str] | None) -> Chart:
    def by_day() -> Measurement:
        metric = past.card.id
        return data.measured(view, [metric], period=ever(view), by=("day",), where=where)[metric]

    able = "day" in past.card.dimensions
    return metric_past.limits_of(view.snapshot, past, by_day if able else None)


def parts(
    view: View, card: Card, dimension: str, where: Mapping[str, str] | None = None
) -> dict[str, Chart]:
    """The control chart of every group of a dimension, by its code: each has a spread of its own."""
    if card.tier != "T0" or "month" not in card.dimensions:
        return {}
    key = ("charts", card.key, dimension, view.scope, tuple(sorted((where or {}).items())))
    return data.derived(view, key, lambda: _parts(view, card, dimension, where))


def _parts(
    view: View, card: Card, dimension: str, where: Mapping[str, str] | None
) -> dict[str, Chart]:
    by = (dimension, "month")
    past = data.measured(view, [card.id], period=ever(view), by=by, where=where)[card.id]
    return metric_past.limits_of_parts(view.snapshot, past)


def statuses(history: Measurement, judged: Chart | None) -> dict[str, Status]:
    """Each finished unit of time, by its code."""
    found: dict[str, Status] = {}
    if judged is None:
        return found
    for row in history.rows:
        if row.group[-1] is None:  # withheld as a whole
            continue
        period = Period.parse(row.group[-1], history.as_of)
        if not period.is_open:
            given = status(history.card, row, judged.test(row, period))
            found |= {row.group[-1] or "": given} if given else {}
    return found


def limits(history: Measurement, judged: Chart | None) -> Limits | None:
    """The corridor to draw; None while the past is too short for one."""
    points = judged.points if judged else {}
    return corridor([points.get(row.group[-1] or "") for row in history.rows])


def corridor(points: Sequence[Point | None]) -> Limits | None:
    if not any(points):
        return None
    return Limits(
        [point.centre if point else None for point in points],
        [point.low if point else None for point in points],
        [point.high if point else None for point in points],
    )


def flags(view: View, history: Measurement) -> list[Flag]:
    """Events, each at the month or week it began in; two in one unit share a flag."""
    units = [Period.parse(row.group[-1] or "", history.as_of) for row in history.rows]
    noted: dict[str, list[Event]] = {}
    for event in view.snapshot.events(history.period):
        for unit in units:
            if unit.start <= event.date < unit.end:
                noted.setdefault(unit.code, []).append(event)
    return [
        Flag(code, _listed(each.title for each in events), events[0].kind or "")
        for code, events in noted.items()
    ]


def _listed(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(words))


def bands(history: Measurement) -> list[Band]:
    """Seasons of the year that move what is called in, over the units of time that begin in them."""
    if history.card.table.source != DEMAND:
        return []
    units = [Period.parse(row.group[-1] or "", history.as_of) for row in history.rows]
    found: list[Band] = []
    inside = ""
    for unit in units:
        name = next(
            (each.name for each in seasons() if each.name and unit.start.month in each.months), ""
        )
        if name and name == inside:
            found[-1] = replace(found[-1], last=unit.code)
        elif name:
            found.append(Band(unit.code, unit.code, name))
        inside = name
    return found


def redrawn(view: View, history: Measurement) -> list[Flag]:
    """Where the area on show became another place: at the first unit of time that lies, in part, behind it."""
    units = [Period.parse(row.group[-1] or "", history.as_of) for row in history.rows]
    days = lineage.redrawn(view.snapshot, view.scope)
    return [
        Flag(unit.code, f"{lineage.spoken(day)}网格调整")
        for day in days
        for unit in units
        if unit.start <= day < unit.end
    ]
