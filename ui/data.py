"""Measurements for pages, cached by scalars. A snapshot never changes, so nothing ever expires."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from metrics import Measurement, Period, Scope, measure_many, open_snapshot
from metrics.survival import Durations
from metrics.survival import durations as survive
from ui.state import View

Key = tuple[str, str, Scope, tuple[str, ...], tuple[tuple[str, str], ...], str]
FULL = 20_000


@lru_cache(maxsize=4)
def _kept(path: str) -> dict[Key, Measurement]:
    """What was measured in a snapshot, by metric and not by question: two panels that share a metric
    share its scan. Measurements are frozen, so that the same object goes to every session."""
    return {}


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
    filters = tuple(sorted((where or {}).items()))
    kept = _kept(str(view.snapshot.path))
    if len(kept) > FULL:
        kept.clear()
    keys = {
        metric: (metric, period.code, scope, tuple(by), filters, view.role) for metric in metrics
    }
    found = {metric: kept.get(key) for metric, key in keys.items()}
    if missing := [metric for metric, known in found.items() if known is None]:
        fresh = measure_many(
            missing, period, scope, by, where=where, snapshot=view.snapshot, role=view.role
        )
        kept.update((keys[metric], made) for metric, made in fresh.items())
        found |= fresh
    return {metric: made for metric, made in found.items() if made is not None}


def durations(view: View, table: str, where: Mapping[str, str] | None = None) -> Durations:
    """How long closing takes, over the view's period and scope."""
    return _durations(
        str(view.snapshot.path),
        table,
        view.period.code,
        (view.scope.level, view.scope.code),
        tuple(sorted((where or {}).items())),
    )


@st.cache_resource(max_entries=300, show_spinner=False)
def _durations(
    path: str,
    table: str,
    period: str,
    place: tuple[str, str | None],
    where: tuple[tuple[str, str], ...],
) -> Durations:
    snapshot = open_snapshot(path)
    return survive(
        table,
        Period.parse(period, snapshot.as_of),
        Scope(*place),
        where=dict(where),
        snapshot=snapshot,
    )
