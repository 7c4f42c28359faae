"""Where each system of the model stands: measured from facts, only reported by someone, or without data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from metrics import Measurement, Period, Row
from metrics import card as card_of
from metrics.measure import part
from metrics.period import DAY, month_start
from metrics.records import Indicator
from metrics.systems import Asked, System
from ui import data
from ui.faces import published
from ui.state import View

CONNECTED, REPORTED, MISSING = STATES = ("已接入", "仅有上报数", "无数据")


class Said(NamedTuple):
    """One number of a system: the whole measurement, and the row that is this system's."""

    measurement: Measurement
    row: Row | None


class Standing(NamedTuple):
    system: System
    state: str
    said: Sequence[Said]
    reported: Sequence[Indicator]


def standings(view: View, systems: Iterable[System]) -> list[Standing]:
    systems = list(systems)
    keys = tuple(system.key for system in systems)
    cut = (view.period.code, view.scope, view.role)
    return data.derived(view, ("standings", keys, *cut), lambda: _standings(view, systems))


def _standings(view: View, systems: Sequence[System]) -> list[Standing]:
    asked = list({a: None for system in systems for a in system.measures})
    whole = ("ever said", tuple(asked), view.scope, view.role)
    ever = data.derived(view, whole, lambda: _rows(_measured(view, asked, _ever(view))))
    now = {
        one: Said(found, _row(view, found, ever[one]))
        for one, found in _measured(view, asked, view.period).items()
    }
    answered = {a for a in asked if _answered(now[a].row) or _answered(ever[a])}
    figures = view.snapshot.kept("indicators by key", lambda: _by_key(view.snapshot.indicators()))
    return [_standing(system, now, answered, figures) for system in systems]


def _standing(
    system: System,
    now: Mapping[Asked, Said],
    answered: Collection[Asked],
    figures: Mapping[str, Sequence[Indicator]],
) -> Standing:
    reported = [figure for key in system.reported for figure in figures.get(key, ())]
    if any(asked in answered for asked in system.measures):
        return Standing(system, CONNECTED, [now[a] for a in system.measures], reported)
    return Standing(system, REPORTED if reported else MISSING, (), reported)


def _by_key(indicators: Iterable[Indicator]) -> Mapping[str, Sequence[Indicator]]:
    figures: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        figures.setdefault(indicator.key, []).append(indicator)
    return figures


def _answered(row: Row | None) -> bool:
    """What is withheld is known too."""
    return row is not None and (row.hidden or row.value is not None)


def _ever(view: View) -> Period:
    as_of = view.snapshot.as_of
    return Period.between(min(month_start(view.first_day), as_of), as_of + DAY, as_of)


def _measured(view: View, asked: Sequence[Asked], period: Period) -> dict[Asked, Measurement]:
    """Systems that are parts of one table are read from one cut of it."""
    metrics = {one.metric for one in asked}
    windows = {metric: published(card_of(metric), period) for metric in metrics}
    together: dict[tuple[tuple[str, ...], Period], list[str]] = {}
    for metric, by in dict.fromkeys((one.metric, one.by) for one in asked):
        together.setdefault((by, windows[metric]), []).append(metric)
    found = {
        (metric, by): made
        for (by, window), same in together.items()
        for metric, made in data.measured(view, same, period=window, by=by).items()
    }
    return {one: found[one.metric, one.by] for one in asked}


def _row(view: View, found: Measurement, ever: Row | None) -> Row | None:
    """This system's. A part that was told at other times and not in this period: nothing happened, or
    nothing was reported."""
    if not found.by:
        return found.total
    return part(found, ever.group, view.snapshot, view.role) if ever else None


def _rows(found: Mapping[Asked, Measurement]) -> dict[Asked, Row | None]:
    """A part is named by its code or by the word shown for it."""
    made = {(one.metric, one.by): each for one, each in found.items()}  # several systems share one
    names = {cut: _by_name(each) for cut, each in made.items()}
    return {one: names[one.metric, one.by].get(one.values) for one in found}


def _by_name(measurement: Measurement) -> dict[tuple[str | None, ...], Row]:
    """The whole by nothing."""
    if not measurement.by:
        return {(): measurement.total}
    found: dict[tuple[str | None, ...], Row] = {}
    for row in measurement.rows:
        for name in product(*zip(row.group, row.labels, strict=True)):
            found.setdefault(name, row)
    return found
