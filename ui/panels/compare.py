"""What it is made of, and who really differs."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from metrics import Measurement, Row
from metrics.funnel import funnel as chance
from metrics.labels import CLASSES, LABELLED
from metrics.words import FEW, fraction_text, number
from ui import charts, data, panel, reading
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import Where, about, size
from ui.state import View
from ui.words import literal


def breakdown(
    view: View,
    metric: str,
    dimension: str,
    *,
    where: Where | None = None,
    chosen: str | None = None,
    on_click: Callable[[dict[str, str]], Callable[[str], None]] | None = None,
    most: int = 12,
) -> None:
    """What a count is made of, largest first; a click filters the page."""
    found = data.measured(view, [metric], by=(dimension,), where=where)[metric]
    marks = [mark for mark in reading.marks(found) if mark.value]
    if dimension not in CLASSES:
        marks.sort(key=lambda mark: -(mark.value or 0))
    shown = marks[:most]
    labels = {mark.key: mark.label for mark in marks if mark.key}
    picked = next((key for key, label in labels.items() if label == chosen), None)
    panel.chart(
        about(
            f"{metric}-{dimension}",
            _classes(found, marks, dimension)
            if dimension in CLASSES
            else _largest(shown, LABELLED[dimension]),
            [found],
            f"{reading.filtered(view.snapshot, found)}按{LABELLED[dimension]} · {size(view, found, where)}",
            notes=[f"图中为最多的{most}项,其余{len(marks) - most}项见表。"]
            if len(marks) > most
            else [],
        ),
        charts.bars(shown, unit=found.card.word, chosen=picked),
        shown,
        on_click(labels) if on_click else None,
    )


def _classes(found: Measurement, marks: Sequence[charts.Mark], dimension: str) -> str:
    """Of classes in an order, the one that most needs to be known."""
    if not marks:
        return f"没有{found.card.label}"
    worst = marks[-1 if dimension == "age" else 0]
    return f"{found.card.label}中{worst.label}的有{worst.text}"


def _largest(marks: Sequence[charts.Mark], name: str) -> str:
    if not marks:
        return f"按{name}没有记录"
    if len(marks) == 1:
        return f"都是{literal(marks[0].label)}({marks[0].text})"
    whole = sum(mark.value or 0 for mark in marks)
    if whole < FEW:
        return f"按{name}共{number(whole)}件,数量太少,不排先后"
    first, second = marks[0], marks[1]
    return f"{literal(first.label)}最多({first.text}),其次{literal(second.label)}({second.text})"


def differences(
    view: View,
    metric: str,
    dimension: str,
    *,
    where: Where | None = None,
    on_click: Callable[[str], None] | None = None,
) -> None:
    """A funnel: which units chance alone cannot explain. The others are not named in the chart."""
    units = data.measured(view, [metric], by=(dimension,), where=where)[metric]
    whole = data.measured(view, [metric], where=where)[metric].total
    limits = chance(units, whole)
    marks = [mark for mark in reading.marks(units, limits.outside if limits else ()) if mark.key]
    name = LABELLED[dimension]
    made = about(
        f"funnel-{metric}-{dimension}",
        _who_differs(marks, name, units.card.label),
        [units],
        f"漏斗图 · {size(view, units, where)} · 虚线为99.8%随机波动界限",
        notes=[_not_judged(marks, limits.few, name)] if limits and limits.few else [],
    )
    if limits is None:
        panel.chart(made, {}, [])
        return
    figure = charts.funnel(
        marks,
        sizes=limits.sizes,
        centre=limits.centre,
        low=limits.low,
        high=limits.high,
        unit=units.card.label,
        base=f"{units.card.denominator_label}({'人' if units.card.unit == 'per_thousand' else units.card.word})",
        percent=units.card.unit == "share",
    )
    panel.chart(made, figure, marks, on_click)


def who_differs(view: View, units: Measurement, dimension: str, where: Where | None = None) -> str:
    """The finding of a comparison in one sentence."""
    whole = data.measured(view, [units.card.id], period=units.period, where=where)
    limits = chance(units, whole[units.card.id].total)
    marks = [mark for mark in reading.marks(units, limits.outside if limits else ()) if mark.key]
    return _who_differs(marks, LABELLED[dimension], units.card.label)


def _who_differs(marks: Sequence[charts.Mark], name: str, metric: str) -> str:
    special = [literal(mark.label) for mark in marks if mark.special]
    known = [mark for mark in marks if mark.value is not None]
    if not known:
        return f"{metric}没有可比的{name}"
    if not special:
        return f"{len(known)}个{name}的{metric}无法区分"
    names = "、".join(special[:3]) + (f"等{len(special)}个" if len(special) > 3 else "")
    rest = len(known) - len(special)
    return f"{names}{name if len(special) > 3 else ''}与整体的差别超出随机波动" + (
        f",其余{rest}个无法区分" if rest else ""
    )


def _not_judged(marks: Sequence[charts.Mark], few: frozenset[str], name: str) -> str:
    return f"{len([m for m in marks if m.key in few])}个{name}样本不足,不作判断。"


def league(
    view: View,
    metrics: Sequence[str],
    dimension: str,
    *,
    judged: str,
    where: Where | None = None,
    on_click: Callable[[str], None] | None = None,
) -> None:
    """Units side by side in order of size, never of rate; a rate on too small a base is not printed."""
    found = data.measured(view, metrics, by=(dimension,), where=where)
    whole = data.measured(view, [judged], where=where)[judged].total
    limits = chance(found[judged], whole)
    outside = limits.outside if limits else {}
    made = about(
        f"units-{dimension}",
        _who_differs(
            reading.marks(found[judged], outside), LABELLED[dimension], found[judged].card.label
        ),
        list(found.values()),
        f"按{LABELLED[dimension]},以件数为序 · {size(view, found[metrics[0]], where)}",
        notes=["分母不足10的比率不显示。点一行可以只看这个单位。"],
    )
    panel.header(made, faces=())
    only = st.toggle("只看能区分的", key=f"only-{dimension}", disabled=not outside)
    rows = [row for row in found[metrics[0]].rows if not only or row.group[0] in outside]
    codes = [row.group[0] or "" for row in rows]
    panel.pick_row(
        _side_by_side(list(found.values()), rows, outside),
        key=f"rows-{dimension}",
        alt=made.title,
        on_click=lambda at: on_click(codes[at]) if on_click and codes[at] else None,
    )
    panel.footer(made)


def _side_by_side(
    found: Sequence[Measurement], rows: Sequence[Row], outside: Mapping[str, str]
) -> Sheet:
    first = found[0]
    columns = [Column(LABELLED[first.by[0]]), Column(first.card.numerator_label, "count")]
    columns += [Column("判断")]
    for each in found[1:]:
        columns += [
            Column(each.card.label.split("(")[0], "share"),
            Column(f"{each.card.label.split('(')[0]}:分子/分母"),
        ]
    cells: list[list[Cell]] = []
    for row in rows:
        side = outside.get(row.group[0] or "")
        line: list[Cell] = [
            row.label,
            row.numerator,
            {"high": "▲ 偏高", "low": "▼ 偏低"}.get(side or "", ""),
        ]
        for each in found[1:]:
            same = each.row(*row.group)
            line += [same.value if same and each.enough(same) else None]
            line += [fraction_text(same) if same else ""]
        cells.append(line)
    return Sheet(columns, cells)
