"""Tables and charts of a report on its page: what the files will hold, before anyone makes them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from reports.model import Report
from reports.parts import Chart, Table
from reports.scale import beneath, bounded, described
from reports.sources import ANNEX, PRINTED
from ui import charts, panel
from ui.charts import Mark
from ui.charts.base import Figure
from ui.words import literal

HEIGHT = 240
FORMATS = {"share": ".0%", "decimal": ",.1f", "count": ",d"}


def table(part: Table, name: str) -> None:
    """Whole, as on paper; on a narrow screen it scrolls by itself."""
    rows = [[(cell.text, cell.hidden) for cell in row] for row in part.rows]
    headers = [column.header for column in part.columns]
    st.html(_grid(f"{name} {part.caption}", headers, rows, part.numeric))
    _note(beneath(part))


def chart(part: Chart, name: str) -> None:
    with st.container(gap="xsmall", key=f"panel-printed-{part.key}"):
        st.markdown(f"**{name} {literal(part.title)}**")
        st.caption(literal(f"{part.subtitle}(单位:{part.unit})"))
        panel.figure(f"printed-{part.key}", figure(part), described(part))
        _note(beneath(part))


def annex(report: Report) -> None:
    """The list that the marks under tables and charts point to, as it closes each file."""
    with st.expander(ANNEX):
        rows = [[(text, False) for text in source.printed] for source in report.sources]
        st.html(_grid("", PRINTED, rows, frozenset()))


def figure(part: Chart) -> Figure:
    """In the house's style. A chart of a report has one series, but where its parts are stacked."""
    (series,) = part.series
    bounds = series.intervals
    columns = zip(part.categories, series.values, series.texts, strict=True)
    marks = [
        Mark(
            str(at),
            label,
            value,
            text,
            *bounds.get(at, (None, None)),
            unfinished=at in part.unfinished,
        )
        for at, (label, value, text) in enumerate(columns)
    ]
    if part.shape != "bars":
        return _over_time(part, marks)
    named = f"{series.name}({part.unit})"
    picked = str(part.focus[0]) if part.focus else None
    made = (
        charts.dots(marks, unit=named)
        if bounded(part)
        else charts.bars(marks, unit=named, chosen=picked)
    )
    made["layout"]["xaxis"]["tickformat"] = FORMATS[part.kind]
    return made


def _over_time(part: Chart, marks: Sequence[Mark]) -> Figure:
    edges = part.corridor
    limits = charts.Limits(edges.centre, edges.low, edges.high) if edges else None
    if part.shape == "lines":
        percent = part.kind == "share"
        return charts.trend_line(
            marks, unit=part.unit, limits=limits, height=HEIGHT, percent=percent
        )
    picked = frozenset(str(at) for at in part.focus)
    return charts.trend_bars(marks, unit=part.unit, limits=limits, chosen=picked, height=HEIGHT)


def _note(words: str) -> None:
    if words:
        st.caption(literal(words))


def _grid(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[tuple[str, bool]]],
    numeric: frozenset[int],
) -> str:
    """A table of texts; of a cell also whether it is withheld."""
    sides = [" class='number'" if at in numeric else "" for at in range(len(headers))]
    head = "".join(
        f"<th scope='col'{side}>{_lines(text)}</th>"
        for side, text in zip(sides, headers, strict=True)
    )
    body = "".join(f"<tr>{_cells(row, sides)}</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f"<div class='printed' tabindex='0' role='region' aria-label='{escape(caption or ANNEX)}'>"
        f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(row: Sequence[tuple[str, bool]], sides: Sequence[str]) -> str:
    (first, _), *others = row
    told = [f"<th scope='row'>{_lines(first)}</th>"]
    for side, (text, hidden) in zip(sides[1:], others, strict=True):
        words = f"<i>{_lines(text)}</i>" if hidden else _lines(text)
        told.append(f"<td{side}>{words}</td>")
    return "".join(told)


def _lines(text: str) -> str:
    """A second line is the key of a metric."""
    words, _, key = text.partition("\n")
    return escape(words) + (f"<br><code>{escape(key)}</code>" if key else "")
