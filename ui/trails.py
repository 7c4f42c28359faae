"""The past behind a card: the months up to the period as marks, with the corridor they should keep.

A month looks the same behind every card that shows it, so that marks are made of all months once and
each period takes its stretch of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from metrics import Card, Measurement, Period
from metrics.control import Chart
from metrics.phase import Point
from ui import data, history, reading
from ui.charts import Limits, Mark
from ui.state import View


@dataclass(frozen=True)
class Trail:
    marks: Sequence[Mark] = ()
    limits: Limits | None = None


def trails(
    view: View,
    cards: Sequence[Card],
    charts: Mapping[str, Chart],
    where: Mapping[str, str] | None = None,
) -> dict[str, Trail]:
    """For the cards with a past. `charts` judge it."""
    lasting = [card for card in cards if _lasts(card)]
    others = [card for card in cards if not _lasts(card)]
    found = {card.id: _stretch(view, card, charts.get(card.id), where) for card in lasting}
    past = history.histories(view, others, where=where)
    return found | {metric: _trail(each, charts.get(metric)) for metric, each in past.items()}


def _lasts(card: Card) -> bool:
    """Whether a month has the same row in every history: it is no share of the whole history, and no
    cell is hidden for the sake of another month's."""
    if card.when == "stock":
        return card.tier != "T2"
    return card.tier == "T0" and card.denominator != "total" and "month" in card.dimensions


def _stretch(
    view: View, card: Card, judged: Chart | None, where: Mapping[str, str] | None
) -> Trail:
    shown, ever = history.window(view), history.ever(view)
    span = ever if ever.start <= shown.start else shown  # a period before anything was recorded
    key = ("worded", "trail", card.key, span.code, view.scope, data.filters(where), view.role)
    whole = data.derived(view, key, lambda: _whole(view, card, span, judged, where))
    found = [whole[month.code] for month in shown.split("month") if month.code in whole]
    return Trail([mark for mark, _ in found], history.corridor([point for _, point in found]))


def _whole(
    view: View, card: Card, span: Period, judged: Chart | None, where: Mapping[str, str] | None
) -> dict[str, tuple[Mark, Point | None]]:
    """By the code of each month."""
    if card.when == "stock":
        past = _stock(view, card, span, where)
    else:
        past = data.measured(view, [card.id], period=span, by=("month",), where=where)[card.id]
    points = judged.points if judged else {}
    return {
        mark.key: (mark, points.get(mark.key))
        for mark in reading.marks(past, history.statuses(past, judged))
    }


def _stock(view: View, card: Card, span: Period, where: Mapping[str, str] | None) -> Measurement:
    """What stood at the end of each month, of a card that counts no events."""
    months = span.split("month")
    each = [data.measured(view, [card.id], period=m, where=where)[card.id] for m in months]
    rows = [
        found.total._replace(group=(month.code,), labels=(month.label,))
        for month, found in zip(months, each, strict=True)
    ]
    return replace(each[-1], period=span, by=("month",), rows=tuple(rows))


def _trail(past: Measurement, judged: Chart | None) -> Trail:
    return Trail(reading.marks(past, history.statuses(past, judged)), history.limits(past, judged))
