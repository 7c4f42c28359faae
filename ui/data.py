"""Measurements for pages, kept with their snapshot by scalars. It never changes, so nothing expires."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from metrics import Measurement, Period, Scope, Snapshot, measure, measure_many
from metrics.clock import Clock
from metrics.survival import Durations
from metrics.survival import durations as survive
from ui.state import View

FULL = 20_000
T = TypeVar("T")


def _kept(snapshot: Snapshot) -> dict[tuple[Any, ...], Any]:
    """What was worked out from a snapshot, by metric and not by question: two panels that share a metric
    share its scan. Results are frozen, so that the same object goes to every session."""
    kept = snapshot.kept("for pages", dict)
    if len(kept) > FULL:
        kept.clear()
    return kept


def filters(where: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((where or {}).items()))


def _cut(
    view: View, period: Period, scope: Scope, by: Sequence[str], where: Mapping[str, str] | None
) -> tuple[Hashable, ...]:
    """Scalars alone: a dozen metrics are looked up under it, and a scope takes longer to hash than its words."""
    return period.code, scope.level, scope.code, tuple(by), filters(where), view.role


def measured(
    view: View,
    metrics: Sequence[str],
    *,
    period: Period | None = None,
    scope: Scope | None = None,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
) -> dict[str, Measurement]:
    """Several metrics over the view's period and scope, or over those named instead."""
    period, scope = period or view.period, scope or view.scope
    kept = _kept(view.snapshot)
    cut = _cut(view, period, scope, by, where)
    known = {metric: kept.get((metric, *cut)) for metric in metrics}
    found = {metric: made for metric, made in known.items() if made is not None}
    if missing := [metric for metric in known if metric not in found]:
        fresh = measure_many(
            missing, period, scope, by, where=where, snapshot=view.snapshot, role=view.role
        )
        kept.update(((metric, *cut), made) for metric, made in fresh.items())
        found |= fresh
    return {metric: found[metric] for metric in known}


def known(view: View, key: tuple[Hashable, ...]) -> bool:
    """Whether `derived` has it already."""
    return key in _kept(view.snapshot)


def derived(view: View, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """What is worked out from measurements, under scalars that say all it depends on."""
    kept = _kept(view.snapshot)
    if key not in kept:
        kept[key] = make()
    return kept[key]


def worded(view: View, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Words and marks made of measurements: what is shown, and no source of a number. They depend on all
    that the view compares, and on the key."""
    shown = (view.period.code, view.compare, view.scope, view.role)
    return derived(view, ("worded", *shown, *key), make)


def edition(
    view: View,
    metric: str,
    version: int | None = None,
    *,
    without: Sequence[str] = (),
    period: Period | None = None,
    by: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
) -> Measurement:
    """One metric by one version of its definition, or with exclusions of it switched off."""
    period = period or view.period
    cut = _cut(view, period, view.scope, by, where)
    return derived(
        view,
        ("edition", metric, version, tuple(without), *cut),
        lambda: measure(
            metric, period, view.scope, by, where=where, version=version, without=without,
            snapshot=view.snapshot, role=view.role,
        ),
    )  # fmt: skip


def durations(
    view: View,
    table: str,
    where: Mapping[str, str] | None = None,
    *,
    clock: Clock = "calendar",
    period: Period | None = None,
) -> Durations:
    """How long closing takes, over the view's scope, and its period unless another is named."""
    period = period or view.period
    return derived(
        view,
        ("durations", table, clock, period.code, view.scope, filters(where)),
        lambda: survive(
            table, period, view.scope, where=where, clock=clock, snapshot=view.snapshot
        ),
    )
