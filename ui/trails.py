"""The past behind a card: the months up to the period as marks, with the corridor they should keep.

A month looks the same behind every card that shows it, so that marks are made of all months once and
each period takes its stretch of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from metrics import Card, Measurement
from metrics.control import Chart
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
    past = history.histories(view, others, where=where) | history.stocks(view, others, where)
    return found | {metric: _trail(each, charts.get(metric)) for metric, each in past.items()}


def _lasts(card: Card) -> bool:
    """Whether a month has the same row in every history: it is no share of the whole history, and no
    cell is hidden for the sake of another month's."""
    return card.tier == "T0" and card.denominator != "total" and "month" in card.dimensions


def _stretch(
    view: View, card: Card, judged: Chart | None, where: Mapping[str, str] | None
) -> Trail:
    ever = history.ever(view)
    past = data.measured(view, [card.id], period=ever, by=("month",), where=where)[card.id]
    key = ("worded", "trail", card.key, view.scope, data.filters(where), view.role)
    whole = data.derived(view, key, lambda: reading.marks(past, history.statuses(past, judged)))
    months = {month.code for month in history.window(view).split("month")}
    at = [position for position, mark in enumerate(whole) if mark.key in months]
    rows = tuple(past.rows[position] for position in at)
    return Trail(
        [whole[position] for position in at], history.limits(replace(past, rows=rows), judged)
    )


def _trail(past: Measurement, judged: Chart | None) -> Trail:
    return Trail(reading.marks(past, history.statuses(past, judged)), history.limits(past, judged))
