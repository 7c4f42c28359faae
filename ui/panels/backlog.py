"""What is still open: how long it has waited, and whether it is late."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from metrics import Measurement
from metrics.labels import CLASSES
from metrics.words import number, value_text
from ui import charts, data, panel, reading
from ui.charts.pyramid import Layer, pyramid
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import Where, about, size
from ui.state import View

AGES, STATES = CLASSES["age"], CLASSES["due_state"]
OVERDUE, UNDATED = "1", "4"
LONG = ("4", "5")  # more than 30 days
Counts = Mapping[tuple[str, str], float]


def backlog(view: View, metric: str, *, where: Where | None = None) -> None:
    """The age pyramid of open work, from a stock that can be cut by age and by deadline."""
    found = data.measured(view, [metric], by=("age", "due_state"), where=where)[metric]
    whole = data.measured(view, [metric], where=where)[metric]
    counts = {
        (row.group[0], row.group[1]): row.value
        for row in found.rows
        if row.group[0] and row.group[1] and row.value
    }
    layers = [_layer(age, word, counts, found.card.word) for age, word in AGES.items()]
    made = about(
        f"backlog-{metric}",
        _finding(whole, counts),
        [found],
        f"{reading.filtered(view.snapshot, found)}按已等待的自然日 · {size(view, found, where)}",
    )
    notes = reading.notes([found])
    if not whole.total.value:
        panel.header(made, faces=())
        st.info(whole.total.reason or "没有积压。", icon=":material/info:")
        return
    panel.chart(
        replace(made, sheet=lambda: _sheet(counts, notes, found.card.word)),
        pyramid(layers, unit=found.card.word),
        [layer.mark for layer in layers],
    )


def _layer(age: str, word: str, counts: Counts, unit: str) -> Layer:
    by_state = {state: counts.get((age, state), 0) for state in STATES}
    n = sum(by_state.values())
    late, undated = by_state[OVERDUE], by_state[UNDATED]
    return Layer(charts.Mark(age, word, n, f"{number(n)}{unit}"), late, n - late - undated, undated)


def _finding(whole: Measurement, counts: Counts) -> str:
    card, row = whole.card, whole.total
    if not row.value:
        return f"没有{card.label}" if row.value == 0 else f"{card.label}{value_text(card, row)}"
    late = sum(n for (_, state), n in counts.items() if state == OVERDUE)
    long = sum(n for (age, _), n in counts.items() if age in LONG)
    parts = [f"逾期{number(late)}{card.word}", f"超过30天{number(long)}{card.word}"]
    return f"{card.label}{value_text(card, row)}," + ",".join(parts)


def _sheet(counts: Counts, notes: Sequence[str], unit: str) -> Sheet:
    columns = [Column("已等待")]
    columns += [Column(f"{word}({unit})", "count") for word in (*STATES.values(), "合计")]
    rows: list[list[Cell]] = []
    for age, word in AGES.items():
        cells = [counts.get((age, state), 0) for state in STATES]
        rows.append([word, *cells, sum(cells)])
    return Sheet(columns, rows, notes)
