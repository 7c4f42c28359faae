"""From what should be handled to what stayed quiet: each rung with its own number and whom it leaves out."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from metrics import Measurement
from metrics.ladder import DAYS, Ledger, Rung, asked, rungs
from metrics.status import SIGNS
from metrics.words import fraction_text, number, percent, value_text
from ui import data, panel, reading
from ui.charts import ladder as drawn
from ui.charts.base import Mark
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import Where, about, size
from ui.state import View

CEILING = SIGNS["ceiling"]
CHOICES = {f"{days}天": days for days in DAYS}
READ = "实心为是,橙色为否,斜线为看不出来的:真实的比例落在斜线之内"


def evidence(view: View, ledger: Ledger, *, note: str = "", where: Where | None = None) -> None:
    days = _days()
    found = data.measured(view, asked(ledger, days), where=where)
    steps = rungs(ledger, days, found)
    first = steps[0].found
    notes = [READ + "。", *filter(None, [note])]
    made = about(
        "evidence",
        finding(steps),
        [step.found for step in steps],
        size(view, first, where),
        notes,
    )
    made = replace(made, sheet=lambda: _sheet(steps, reading.notes(list(found.values()))))
    shown = drawn_rungs(steps)
    marks = [rung.mark for rung in shown]
    panel.chart(made, drawn.ladder(shown, unit=first.card.word), marks if steps[0].base else [])


def _days() -> int:
    chosen = st.segmented_control(
        "办结后看多少天有没有复诉",
        list(CHOICES),
        default=next(iter(CHOICES)),
        key="days",
        bind="query-params",
        required=True,
    )
    return CHOICES.get(chosen or "", DAYS[0])


def finding(steps: Sequence[Rung]) -> str:
    """Every rung by its rate, in one line."""
    return ",".join(map(_short, steps))


def drawn_rungs(steps: Sequence[Rung]) -> list[drawn.Rung]:
    """What should be handled, then every rung on its own base."""
    return [_handled(steps[0].found), *map(_rung, steps)]


def _short(step: Rung) -> str:
    row = step.found.total
    if row.denominator is not None and row.denominator < step.found.card.minimum_n:
        return f"{step.name}{SIGNS['few'].words}({fraction_text(row)})"
    ceiling = f"({CEILING.words})" if step.at_ceiling else ""
    return f"{step.name}{value_text(step.found.card, step.found.total)}{ceiling}"


def _handled(first: Measurement) -> drawn.Rung:
    count = first.total.denominator or 0
    text = f"{number(count)}{first.card.word}"
    return drawn.Rung(Mark("应办", "应办", count, text), count, 0, 0, [f"应办 {text}"], dimmed=True)


def _rung(step: Rung) -> drawn.Rung:
    row = step.found.total
    if step.yes is None or step.no is None:
        said = row.reason or value_text(step.found.card, row)
        return drawn.Rung(Mark(step.name, step.name, None, said), 0, 0, 0, [f"{step.name} {said}"])
    rate = f"{value_text(step.found.card, row)}({fraction_text(row)})"
    ceiling = f" {CEILING.shape} {CEILING.words}" if step.at_ceiling else ""
    words = [f"{step.name} {rate}{ceiling}", *filter(None, [_parts(step), _bounds(step)])]
    mark = Mark(step.name, step.name, step.yes, rate, note=" · ".join(words[1:]))
    return drawn.Rung(mark, step.yes, step.left_out, step.no, words, step.at_ceiling)


def _parts(step: Rung) -> str:
    said = [(step.refused, step.no or 0), *((left.lacking, left.count) for left in step.left)]
    return " · ".join(f"{words}{number(n)}{step.found.card.word}" for words, n in said if n)


def _bounds(step: Rung) -> str:
    if not step.left_out or step.low is None or step.high is None:
        return ""
    return f"看不出的全算否、全算是:{percent(step.low)}—{percent(step.high)}"


def _sheet(steps: Sequence[Rung], notes: Sequence[str]) -> Sheet:
    rows: list[list[Cell]] = [
        [
            step.name,
            step.base,
            step.yes,
            step.no,
            step.left_out,
            step.found.total.value,
            step.low,
            step.high,
            _parts(step) if step.yes is not None else step.found.total.reason,
        ]
        for step in steps
    ]
    columns = [
        Column("级"),
        Column("问的是", "count"),
        Column("是", "count"),
        Column("否", "count"),
        Column("看不出", "count"),
        Column("比例", "share"),
        Column("看不出的全算否", "share"),
        Column("看不出的全算是", "share"),
        Column("说明"),
    ]
    return Sheet(columns, rows, notes)
