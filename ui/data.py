"""Measurements for pages, cached by scalars. A snapshot never changes, so nothing ever expires."""

from collections.abc import Mapping, Sequence

import streamlit as st

from metrics import Measurement, Period, Scope, measure_many, open_snapshot
from metrics.survival import Durations
from metrics.survival import durations as survive
from ui.state import View


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
    return _measured(
        str(view.snapshot.path),
        tuple(metrics),
        period.code,
        (scope.level, scope.code),
        tuple(by),
        tuple(sorted((where or {}).items())),
        view.role,
    )


# The same object goes to every session: a Measurement is frozen. A frame would be copied each time.
@st.cache_resource(max_entries=3000, show_spinner=False)
def _measured(
    path: str,
    metrics: tuple[str, ...],
    period: str,
    place: tuple[str, str | None],
    by: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    role: str,
) -> dict[str, Measurement]:
    snapshot = open_snapshot(path)
    return measure_many(
        metrics,
        Period.parse(period, snapshot.as_of),
        Scope(*place),
        by,
        where=dict(where),
        snapshot=snapshot,
        role=role,
    )


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
