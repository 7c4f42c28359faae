"""The service teams: what each did and reached, and on which days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from metrics import Measurement, Row, card
from metrics.period import DAY
from metrics.words import number, value_text
from ui import cards, data, faces, history, panel, reading
from ui.charts.base import Mark
from ui.charts.calendar import calendar
from ui.panels.base import Where, about, size
from ui.state import View

SESSIONS, ATTENDANCES, PEOPLE = "team_sessions", "activity_attendances", "activity_people"


def side_by_side(view: View, outcomes: Mapping[str, str]) -> None:
    """One card per team: sessions and their course; attendances, people and the outcome below, each
    with its own unit. `outcomes` is the metric of each team's result, by its code."""
    reach = data.measured(view, [ATTENDANCES], by=("team",))[ATTENDANCES]
    window = faces.published(card(PEOPLE), view.period)
    people = data.measured(view, [PEOPLE], period=window, by=("team",))[PEOPLE]
    names = view.snapshot.labels("team", "activities")
    blocks = {}
    for team, metric in outcomes.items():
        face = faces.faces(view, [SESSIONS], {"team": team})[SESSIONS]
        told = [
            _said(reach, reach.row(team)),
            _said(people, people.row(team)),
            _outcome(view, metric),
        ]
        blocks[names.get(team, team)] = [
            replace(
                face,
                metric=f"{SESSIONS}-{team}",
                label=f"{names.get(team, team)}服务队",
                base="  \n".join([face.base, *told]),
                definition=[
                    line
                    for each in (SESSIONS, ATTENDANCES, PEOPLE, metric)
                    for line in reading.definition(card(each), view.snapshot.as_of)
                ],
            )
        ]
    cards.rows({"": [face for [face] in blocks.values()]}, across=5)


def _said(measured: Measurement, row: Row | None) -> str:
    value = value_text(measured.card, row) if row else "0" + measured.card.word
    return f"{measured.card.label} **{value}**"


def _outcome(view: View, metric: str) -> str:
    chosen = card(metric)
    period = faces.published(chosen, view.period)
    found = data.measured(view, [metric], period=period)[metric]
    when = f"({period.label})" if period != view.period else ""
    return f"{chosen.numerator_label} **{value_text(chosen, found.total)}**{when}"


def days(view: View, metric: str, *, where: Where | None = None) -> None:
    """The year of days that ends with the period."""
    window = history.year(view)
    last = window.until - DAY
    found = data.measured(view, [metric], period=window, by=("day",), where=where)[metric]
    marks = [mark for mark in reading.marks(found) if mark.value]
    counts = {date.fromisoformat(mark.key): mark.value or 0 for mark in marks}
    panel.chart(
        about(
            f"days-{metric}",
            _busy(found, marks),
            [found],
            f"按日 · {size(view, found, where)} · 浅灰为没有活动的日子",
        ),
        calendar(counts, first=window.start, last=last, word=found.card.word),
        marks,
    )


def _busy(found: Measurement, marks: list[Mark]) -> str:
    return f"{found.period.label}有活动的日子{number(len(marks))}天,共{number(found.period.days)}天"
