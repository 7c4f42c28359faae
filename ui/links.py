"""Addresses inside the house that keep what the reader is looking at."""

from urllib.parse import urlencode

from metrics import Measurement
from reports.decisions import able
from ui.state import AREA, COMPARE, COMPARES, PERIOD, SNAP, View, past_snapshot

FILTERS = "where"  # on 议定事项: what the metric is filtered by, as an address of its own


def of_metric(measured: Measurement) -> str:
    """The full definition of a number, with what it was measured over."""
    return f"[完整口径和算例 ›]({_definition(measured)})"


def of_version(measured: Measurement) -> str:
    """metric@version, small, and the way to its card."""
    return f"[`{measured.card.key}`]({_definition(measured)})"


def of_decision(measured: Measurement) -> str:
    """The way to decide that this should move. What cannot be judged over time has none."""
    found = decision_address(measured)
    return f"[就这项指标议定事项 ›]({found})" if found else ""


def decision_address(measured: Measurement, **more: str) -> str:
    """Of the form, filled in with metric, area and filter; empty for what cannot be judged over time."""
    if not able(measured.card):
        return ""
    asked = {"metric": measured.card.id, **more}
    if measured.scope.code:
        asked[AREA] = measured.scope.code
    if measured.where:
        asked[FILTERS] = urlencode(dict(measured.where))
    return f"decisions?{urlencode(asked)}"


def _definition(measured: Measurement) -> str:
    asked = {"metric": measured.card.id, PERIOD: measured.period.code}
    if measured.scope.code:
        asked[AREA] = measured.scope.code
    if past := past_snapshot():
        asked[SNAP] = past
    return f"definitions?{urlencode(asked)}"


def address(view: View, page: str, area: str | None = None, **more: str) -> str:
    """A page with the view's period, scope and comparison; `area` in place of its scope."""
    asked = {PERIOD: view.period.code}
    if code := area or view.scope.code:
        asked[AREA] = code
    if view.compare != COMPARES[0]:
        asked[COMPARE] = view.compare
    if view.snapshot.past:
        asked[SNAP] = view.snapshot.id
    return f"{page}?{urlencode(asked | more)}"
