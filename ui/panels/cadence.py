"""Key groups in time and place: which community knows and visits whom, how often, how freshly told."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from metrics import Measurement, Period, Row, Scope
from metrics.labels import LABELLED
from metrics.period import DAY, add_months, month_start
from metrics.result import NOT_REPORTED
from metrics.words import HIDDEN, number
from ui import data, history, listing
from ui.panels.matrix import draw, published_cells
from ui.state import View
from ui.words import literal

STREET = "全街道"
RHYTHMS = {"T1": "month", "T2": "quarter"}
UNITS = {"month": "个月", "quarter": "个季度"}
BACK = 12  # months


def by_community(
    view: View, metric: str, period: Period, *, on_click: Callable[[str], None] | None = None
) -> None:
    """Communities by groups; a single community has the street beside it."""
    found = by_place(view, metric, period)
    alone = view.scope.level == "community"
    if alone:
        street = data.measured(view, [metric], period=period, scope=Scope.street(), by=("group",))
        beside = [
            row._replace(group=(STREET, *row.group), labels=(STREET, *row.labels))
            for row in street[metric].rows
        ]
        found = replace(found, rows=(*found.rows, *beside))
    draw(
        found,
        title=lambda rows: published_cells(found.card.label, rows),
        notes=["一人可在几类中,各类不相加。敏感群体只按整季公布,所以全表按季。"],
        on_click=None if alone else on_click,
        fold=2,
    )


def by_place(view: View, metric: str, period: Period) -> Measurement:
    return data.measured(view, [metric], period=period, by=("community", "group"))[metric]


def hidden_clause(found: Measurement) -> str:
    """How much of the table may not be seen, and why, for the page's first sentence."""
    hidden = sum(row.hidden for row in found.rows)
    if not hidden:
        return ""
    whole = number(len(found.rows))
    return f";{found.card.label}{whole}格中{number(hidden)}格{HIDDEN}(人数少、全有全无或防反推)"


def months(view: View, metric: str) -> None:
    """Month by month, the groups that may be told by month."""
    found = data.measured(view, [metric], period=history.year(view), by=("month", "group"))[metric]
    rows = tuple(row for row in found.rows if _rhythm(found, row) == "month")
    found = replace(found, rows=rows)
    draw(
        found,
        title=lambda known: _gaps(found, known),
        notes=["其余各类为敏感群体,只按季公布,见“公布与更新”。"],
    )


def _rhythm(found: Measurement, row: Row) -> str:
    group = row.group[found.by.index("group")] or ""
    return RHYTHMS[found.card.table.tiers.get(group, found.card.tier)]


def _gaps(found: Measurement, rows: Sequence[Row]) -> str:
    """Which group went a month without a report. A hidden month was reported."""
    absent: dict[str, int] = {}
    for row in rows:
        if row.value is None and not row.hidden:
            absent[row.labels[1]] = absent.get(row.labels[1], 0) + 1
    if not any(row.value is not None for row in rows):
        return f"没有可以按月公布的{found.card.label}"
    if not absent:
        return f"按月公布的各类,每月都有{found.card.label}"
    said = "、".join(f"{literal(name)}{number(n)}个月" for name, n in absent.items())
    return f"{found.card.label}有月份{NOT_REPORTED}:{said}"


def freshness(view: View, metric: str) -> None:
    """Per group: how often it is published, the last time, how long ago, how many times in a year."""
    lines = [line for kind in UNITS for line in _lines(view, metric, kind)]
    st.header("公布与更新", anchor=False)
    st.caption(_source(view))
    listing.draw(lines, alt="各类人员最近公布的时间")
    st.caption("应走访的周期(如独居老人每月)由主管部门规定,来源里没有,这里只说公布的节奏。")


def _lines(view: View, metric: str, kind: str) -> list[dict[str, str]]:
    """The groups of one rhythm over the last twelve whole months or four whole quarters."""
    found = data.measured(view, [metric], period=_recent(view, kind), by=("group", kind))[metric]
    by_group: dict[str, list[Row]] = {}
    for row in found.rows:
        if _rhythm(found, row) == kind:
            by_group.setdefault(row.label.partition(" · ")[0], []).append(row)
    return [_line(view, name, rows, kind) for name, rows in by_group.items()]


def _line(view: View, name: str, rows: Sequence[Row], kind: str) -> dict[str, str]:
    known = [row for row in rows if row.value is not None]
    return {
        LABELLED["group"]: literal(name),
        "公布节奏": f"每{LABELLED[kind]}",
        "最近公布": known[-1].labels[1] if known else _none(rows),
        "距数据截至": _age(view, known[-1]) if known else "—",
        "最近一年": f"{number(len(rows))}{UNITS[kind]}中公布{number(len(known))}{UNITS[kind]}",
    }


def _none(rows: Sequence[Row]) -> str:
    return HIDDEN if any(row.hidden for row in rows) else NOT_REPORTED


def _age(view: View, row: Row) -> str:
    ended = Period.parse(row.group[1] or "", view.snapshot.as_of).end
    return f"{number((view.snapshot.as_of - ended + DAY).days)}天"


def _recent(view: View, kind: str) -> Period:
    """Units that have ended, whatever period is on show: freshness is of today."""
    as_of = view.snapshot.as_of
    this = Period.of("quarter", as_of, as_of).start if kind == "quarter" else month_start(as_of)
    return Period("custom", add_months(this, -BACK), this, as_of)


def _source(view: View) -> str:
    source = next((one for one in view.snapshot.freshness() if one.source == "coverage"), None)
    if source is None or source.last_event is None:
        return "这个来源还没有接入。"
    last, age = source.last_event, source.age_days(view.snapshot.as_of) or 0
    late = source.is_late(view.snapshot.as_of)
    rhythm = f",应每{source.rhythm_days}天一报" if source.rhythm_days else ""
    return (
        f"来源{literal(source.label)} · 最近的月份{last.year}年{last.month}月,"
        f"从月初到数据截至{number(age)}天{rhythm},{'△已迟报' if late else '没有迟报'}"
    )
