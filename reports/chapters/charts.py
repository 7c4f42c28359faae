"""Charts of groups and of months: what is drawn, what is picked out, what has to be said below."""

from collections.abc import Sequence

from metrics import Measurement, Period, Row
from metrics.control import Chart as Limits
from metrics.labels import LABELLED
from metrics.period import DAY, add_months, month_start
from metrics.words import value_text
from reports.cells import KINDS
from reports.chapters.building import MOST, known
from reports.gathering import Gathering, short
from reports.parts import Chart, Corridor, Series

MONTHS = 13  # a year, and the same month of the year before


def ranked(
    ask: Gathering,
    key: str,
    found: Measurement,
    title: str,
    most: int = MOST,
    *,
    enough: bool = False,
) -> Chart:
    """Bars of groups, as they come: by size or by code, never by rate. `enough` leaves out those whose
    base is too small to be judged."""
    named = [row for row in known(found.rows) if not enough or found.enough(row)]
    rows = named[:most]
    left = len(named) - len(rows)
    unseen = [f"{row.label}{value_text(found.card, row)}" for row in rows if row.value is None]
    notes = [f"另有{left}个未画出"] * bool(left) + unseen
    return Chart(
        key, "bars", title, subtitle(found, LABELLED[found.by[-1]]),
        tuple(row.label for row in rows),
        (Series(short(found.card), *_series(found, rows)),),
        axis(found), KINDS[found.card.unit], ask.marks(found), (0,) if found.card.unit == "count" else (),
        ";".join(notes),
    )  # fmt: skip


def over_time(ask: Gathering, key: str, metric: str, title: str) -> Chart:
    """The last thirteen months up to the period: columns for counts, a line for rates."""
    found = ask.one(metric, "month", period=last_months(ask.period))
    rows = [row for row in found.rows if row.group[0]]
    open_ones = [row.label for row in rows if Period.parse(row.group[0] or "", found.as_of).is_open]
    return Chart(
        key, "columns" if found.card.unit == "count" else "lines", title, subtitle(found, "月"),
        tuple(_month(row) for row in rows),
        (Series(short(found.card), *_series(found, rows)),),
        axis(found), KINDS[found.card.unit], ask.marks(found), _inside(ask.period, rows),
        f"{'、'.join(open_ones)}尚未结束" if open_ones else "",
        corridor(ask.limits(metric), rows),
        tuple(at for at, row in enumerate(rows) if row.label in open_ones),
    )  # fmt: skip


def corridor(limits: Limits | None, rows: Sequence[Row]) -> Corridor | None:
    """What the past allows each month; None while there is too little past."""
    points = [limits.points.get(row.group[0] or "") if limits else None for row in rows]
    if not any(points):
        return None
    return Corridor(
        tuple(point.low if point else None for point in points),
        tuple(point.centre if point else None for point in points),
        tuple(point.high if point else None for point in points),
    )


def last_months(period: Period) -> Period:
    this = month_start(period.until - DAY)
    return Period("custom", add_months(this, 1 - MONTHS), add_months(this, 1), period.as_of)


def subtitle(found: Measurement, by: str) -> str:
    parts = (found.card.label, found.card.base, f"按{by}", found.period.label)
    return " · ".join(part for part in parts if part)


def axis(found: Measurement) -> str:
    if found.card.unit in ("share", "ratio"):
        return "%"
    return f"{found.card.word}/千人" if found.card.unit == "per_thousand" else found.card.word


def _series(
    found: Measurement, rows: Sequence[Row]
) -> tuple[
    tuple[float | None, ...], tuple[str, ...], tuple[float | None, ...], tuple[float | None, ...]
]:
    """Values, their words, and the bounds of their intervals."""
    values = tuple(None if row.hidden else row.value for row in rows)
    low = tuple(None if row.hidden else row.low for row in rows)
    high = tuple(None if row.hidden else row.high for row in rows)
    return values, tuple(value_text(found.card, row) for row in rows), low, high


def _month(row: Row) -> str:
    """24-09: thirteen of them fit under a chart."""
    year, _, month = (row.group[0] or "").partition("-")
    return f"{year[2:]}年{int(month)}月"


def _inside(period: Period, rows: Sequence[Row]) -> tuple[int, ...]:
    """The months that the report is about, by their position."""
    starts = [Period.parse(row.group[0] or "", period.as_of).start for row in rows]
    return tuple(at for at, start in enumerate(starts) if period.start <= start < period.end)
