"""Where each system of the model stands: measured from facts, only reported by someone, or without data."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

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


@dataclass(frozen=True)
class Said:
    """One number of a system: the whole measurement, and the row that is this system's."""

    measurement: Measurement
    row: Row | None


@dataclass(frozen=True)
class Standing:
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
    ever = data.derived(view, whole, lambda: _answers(view, asked, _ever(view)))
    now = _answers(view, asked, view.period)
    now = {one: _told(view, said, ever[one].row) for one, said in now.items()}
    answered = {a for a in asked if _answered(now[a].row) or _answered(ever[a].row)}
    figures: dict[str, list[Indicator]] = {}
    for indicator in view.snapshot.indicators():
        figures.setdefault(indicator.key, []).append(indicator)
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


def _answered(row: Row | None) -> bool:
    """What is withheld is known too."""
    return row is not None and (row.hidden or row.value is not None)


def _ever(view: View) -> Period:
    as_of = view.snapshot.as_of
    return Period.between(min(month_start(view.first_day), as_of), as_of + DAY, as_of)


def _answers(view: View, asked: Sequence[Asked], period: Period) -> dict[Asked, Said]:
    """Systems that are parts of one table are read from one cut of it."""
    found: dict[Asked, Said] = {}
    together: dict[tuple[tuple[str, ...], Period], list[Asked]] = {}
    for one in asked:
        together.setdefault((one.by, published(card_of(one.metric), period)), []).append(one)
    for (by, window), same in together.items():
        made = data.measured(view, [one.metric for one in same], period=window, by=by)
        parts = {metric: _by_name(measurement) for metric, measurement in made.items()}
        found |= {one: Said(made[one.metric], parts[one.metric].get(one.values)) for one in same}
    return found


def _told(view: View, said: Said, ever: Row | None) -> Said:
    """A part that was told at other times and not in this period: nothing happened, or nothing was
    reported."""
    if said.row is not None or ever is None:
        return said
    return replace(said, row=part(said.measurement, ever.group, view.snapshot, view.role))


def _by_name(measurement: Measurement) -> dict[tuple[str | None, ...], Row]:
    """A part is named by its code or by the word shown for it, the whole by nothing."""
    if not measurement.by:
        return {(): measurement.total}
    found: dict[tuple[str | None, ...], Row] = {}
    for row in measurement.rows:
        for name in product(*zip(row.group, row.labels, strict=True)):
            found.setdefault(name, row)
    return found
