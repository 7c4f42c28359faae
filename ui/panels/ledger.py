"""Numbers side by side: of several metrics, of several places, of the systems of a branch, as reported."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from metrics import Measurement, Row, card
from metrics.funnel import Funnel
from metrics.labels import LABELLED
from metrics.shrinkage import EXPLAINED
from metrics.systems import below
from metrics.words import fraction_text, value_text
from reports.cells import KINDS
from ui import charts, data, faces, listing, panel, reading
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import about, leading, size
from ui.panels.compare import limits_of, only_special, verdict, who_differs
from ui.state import View
from ui.words import literal


def places(
    view: View,
    metrics: Sequence[str],
    dimension: str,
    *,
    judged: str,
    on_click: Callable[[str], None],
) -> None:
    """One row per place in code order, several metrics beside each other; the title tells who differs
    in the one that is judged."""
    found = data.measured(view, metrics, by=(dimension,))
    limits = limits_of(view, found[judged])
    made = about(
        f"places-{metrics[0]}-{dimension}",
        who_differs(view, found[judged], dimension),
        list(found.values()),
        f"按{LABELLED[dimension]} · {view.period.label} · 点一行下钻",
        notes=[f"判断和收缩估计都是{found[judged].card.label}的。{EXPLAINED}"] if limits else [],
    )
    panel.header(made, faces=())
    special = limits.special if limits else frozenset()
    only = only_special(made.name, bool(special))
    groups = [
        row.group
        for row in found[metrics[0]].rows
        if (row.group[0] or row.value) and (not only or row.group[0] in special)
    ]
    panel.pick_row(
        _side_by_side(list(found.values()), groups, found[judged], limits),
        key=f"rows-{made.name}",
        alt=made.title,
        on_click=lambda at: on_click(groups[at][0] or ""),
    )
    panel.footer(made)


def _side_by_side(
    found: Sequence[Measurement],
    groups: Sequence[tuple[str | None, ...]],
    judged: Measurement,
    limits: Funnel | None,
) -> Sheet:
    """A value and its parts per metric, in words: 未上报 and 已隐藏 are not blanks."""
    columns = [Column(LABELLED[found[0].by[0]])] + [Column("判断")] * (limits is not None)
    for each in found:
        columns.append(Column(faces.short_label(each.card)))
        if each.card.is_rate:
            columns.append(Column(f"{faces.short_label(each.card)}:分子/分母"))
        if limits and each is judged:
            columns.append(Column("收缩估计", KINDS[each.card.unit]))
    by_group = [{row.group: row for row in each.rows} for each in found]
    rows: list[list[Cell]] = []
    for group in groups:
        cells: list[Cell] = [by_group[0][group].label]
        cells += [verdict(limits, by_group[0][group])] if limits else []
        for each, known in zip(found, by_group, strict=True):
            same = known.get(group)
            cells.append(value_text(each.card, same) if same else "—")
            if each.card.is_rate:
                cells.append(fraction_text(same) if same else "")
            if limits and each is judged:
                cells.append(limits.shrunken.get(group[-1] or ""))
        rows.append(cells)
    return Sheet(columns, rows)


def figures(view: View, name: str, title: str, metrics: Sequence[str]) -> None:
    """One line per metric: value, parts, base, its change; for counts that need no chart of their own."""
    now: dict[str, Measurement] = {}
    for period in dict.fromkeys(faces.published(card(metric), view.period) for metric in metrics):
        same = [m for m in metrics if faces.published(card(m), view.period) == period]
        now |= data.measured(view, same, period=period)
    found = [now[metric] for metric in metrics]
    made = about(name, title, found, view.period.label)
    panel.header(made, faces=())
    lines = [
        {
            "指标": literal(each.card.label),
            "数": f"**{value_text(each.card, each.total)}**",
            "分子/分母": fraction_text(each.total) or "—",
            "口径": literal(_base(view, each)),
        }
        for each in found
    ]
    listing.draw(lines, alt=title)


def _base(view: View, each: Measurement) -> str:
    period = each.period.label if each.period != view.period and each.card.when == "flow" else ""
    return " · ".join(filter(None, [each.card.base, period, each.total.reason or ""]))


def of_systems(view: View, metric: str, branch: str, *, subject: str) -> None:
    """A count for each system of a branch of the model, those with nothing in the period too."""
    named = [asked for system in below(branch) for asked in system.measures]
    wanted = dict.fromkeys(
        asked.values[0] for asked in named if asked.metric == metric and asked.by == ("system",)
    )
    found = data.measured(view, [metric], by=("system",))[metric]
    rows = {row.label: row for row in found.rows if row.label in wanted}
    none = [_none(view, metric, name) for name in wanted if name not in rows]
    shown = replace(found, rows=(*rows.values(), *none))
    marks = sorted(reading.marks(shown), key=lambda mark: -(mark.value or 0))
    panel.chart(
        about(
            f"{metric}-{branch}",
            leading(marks, found.card.word, subject),
            [shown],
            f"按{LABELLED['system']} · {size(view, found, None)}(含其他活动)",
        ),
        charts.bars(marks, unit=found.card.word),
        marks,
    )


def by_system(view: View, metric: str) -> None:
    """A rate of each system with its interval: which of them chance cannot explain is not judged here."""
    period = faces.published(card(metric), view.period)
    found = data.measured(view, [metric], period=period, by=("system",))[metric]
    whole = data.measured(view, [metric], period=period)[metric].total
    marks = reading.marks(found)
    panel.chart(
        about(
            f"{metric}-system",
            f"{found.card.label}{value_text(found.card, whole)}({fraction_text(whole)})",
            [found],
            f"按{LABELLED['system']} · {size(view, found, None)} · 横条为95%区间",
        ),
        charts.dots(marks, unit=found.card.label, reference=whole.value),
        marks if whole.value is not None else [],
    )


def _none(view: View, metric: str, system: str) -> Row:
    """Nothing happened, or nothing was reported: the metric itself says which."""
    total = data.measured(view, [metric], where={"system": system})[metric].total
    return total._replace(group=(system,), labels=(system,))


def reported(view: View, keys: Sequence[str], *, title: str) -> None:
    """What the office reported, in the words of the report: never part of a rate."""
    found = [figure for key in keys for figure in view.snapshot.indicators(key)]
    st.header(title, anchor=False)
    if not found:
        st.caption("没有接入上报指标。")
        return
    st.caption("照原文,带“余”“近”的是约数;不参与计算,不作分子或分母。")
    lines = [
        {
            "指标": literal(figure.label),
            "上报数": f"**{figure.text}**",
            "统计期": literal(figure.period or "—"),
        }
        for figure in found
    ]
    listing.draw(lines, alt=title)
