"""What it is made of, and who really differs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from metrics import Measurement, Row
from metrics.funnel import Funnel
from metrics.funnel import funnel as chance
from metrics.labels import CLASSES, LABELLED
from metrics.shrinkage import EXPLAINED
from metrics.status import SIGNS
from metrics.words import cautions, fraction_text
from reports.cells import KINDS
from ui import charts, data, panel, reading
from ui.charts.base import Figure
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import Where, about, leading, size
from ui.state import View
from ui.words import literal

FEW_WORDS = SIGNS["few"].words


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
            else leading(shown, found.card.word),
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
    return f"{found.card.label}中{marks[0].label}的有{marks[0].text}"


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
    limits = limits_of(view, units, where)
    marks = judged_marks(units, limits)
    name = LABELLED[dimension]
    made = about(
        f"funnel-{metric}-{dimension}",
        _who_differs(marks, name, units.card.label),
        [units],
        f"漏斗图 · {size(view, units, where)} · 虚线为99.8%随机波动界限",
        notes=_caveats(limits, name) if limits else [],
    )
    if limits is None:
        panel.chart(made, {}, [])
        return
    made = replace(made, sheet=lambda: _with_shrunken(units, limits))
    only = any(mark.special for mark in marks) and st.session_state.get(f"only-{made.name}", False)
    panel.chart(
        made,
        funnel_figure(units, limits, [mark for mark in marks if mark.special or not only]),
        marks,
        on_click,
    )
    only_special(made.name, any(mark.special for mark in marks))


def funnel_figure(
    units: Measurement, limits: Funnel, marks: Sequence[charts.Mark], **size: int
) -> Figure:
    """The units that are shown, within the limits of all; `height` where it is not the usual one."""
    word = "人" if units.card.unit == "per_thousand" else units.card.word
    return charts.funnel(
        marks,
        sizes=limits.curve.sizes,
        centre=limits.centre,
        low=limits.curve.low,
        high=limits.curve.high,
        unit=units.card.label,
        base=f"{units.card.denominator_label}({word})",
        percent=units.card.unit == "share",
        **size,
    )


def limits_of(view: View, units: Measurement, where: Where | None = None) -> Funnel | None:
    """Units among the limits around the whole, worked out once for a page."""
    metric = units.card.id

    def make() -> Funnel | None:
        whole = data.measured(view, [metric], period=units.period, where=where)
        return chance(units, whole[metric].total)

    filters = tuple(sorted((where or {}).items()))
    key = (
        *("funnel", units.card.key, units.period.code, units.scope, units.by, filters, view.role),
        units.notes,  # the same cut by today's grids says so there
    )
    return data.derived(view, key, make)


def who_differs(view: View, units: Measurement, dimension: str, where: Where | None = None) -> str:
    """The finding of a comparison in one sentence."""
    marks = judged_marks(units, limits_of(view, units, where))
    return _who_differs(marks, LABELLED[dimension], units.card.label)


def judged_marks(units: Measurement, limits: Funnel | None) -> list[charts.Mark]:
    return [mark for mark in reading.marks(units, limits.statuses if limits else {}) if mark.key]


def only_special(name: str, able: bool) -> bool:
    return st.toggle("只看能区分的", key=f"only-{name}", disabled=not able)


def _who_differs(marks: Sequence[charts.Mark], name: str, metric: str) -> str:
    """Those that differ by name, the others by number; too few to tell is not the same as alike."""
    known = [mark for mark in marks if mark.value is not None and mark.status != "few"]
    special = [literal(mark.label) for mark in known if mark.special]
    few = sum(mark.status == "few" for mark in marks)
    if not known:
        return f"{few}个{name}的{metric}{FEW_WORDS}" if few else f"{metric}没有可比的{name}"
    tail = f",{few}个{FEW_WORDS}" if few else ""
    if not special:
        return f"{len(known)}个{name}的{metric}无法区分{tail}"
    names = "、".join(special[:3]) + (f"等{len(special)}个" if len(special) > 3 else "")
    rest = len(known) - len(special)
    others = f",其余{rest}个无法区分" if rest else ""
    return f"{names}{name if len(special) > 3 else ''}与整体的差别超出随机波动{others}{tail}"


def _caveats(limits: Funnel, name: str) -> list[str]:
    """What a reader should know before believing an exception: small bases, wide spread, many units."""
    few = [f"{len(limits.few)}个{name}{SIGNS['few'].clause}。"] if limits.few else []
    return [*few, *cautions(limits, name)]


def _with_shrunken(units: Measurement, limits: Funnel) -> Sheet:
    """The table of a funnel: the raw rate, what it would be with more cases, the judgement."""
    plain = reading.sheet([units])
    kind = KINDS[units.card.unit]
    at = 4  # after the name, numerator, denominator and rate: a phone shows no more
    columns = [*plain.columns[:at], Column("收缩估计", kind), *plain.columns[at:]]
    columns.insert(1, Column("判断"))
    rows = []
    for cells, row in zip(plain.rows, units.rows, strict=True):
        name, *rest = cells[:at]
        shrunken = limits.shrunken.get(row.group[-1] or "")
        rows.append([name, verdict(limits, row), *rest, shrunken, *cells[at:]])
    return Sheet(columns, rows, [*plain.notes, EXPLAINED])


def verdict(limits: Funnel | None, row: Row) -> str:
    found = limits.statuses.get(row.group[-1] or "") if limits else None
    return found.sign.mark if found else ""


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
    units = found[judged]
    limits = limits_of(view, units, where)
    marks = judged_marks(units, limits)
    made = about(
        f"units-{dimension}",
        _who_differs(marks, LABELLED[dimension], units.card.label),
        list(found.values()),
        f"按{LABELLED[dimension]},以件数为序 · {size(view, found[metrics[0]], where)}",
        notes=[
            "分母不足10的比率不显示。点一行可以只看这个单位。",
            f"{EXPLAINED}判断和收缩估计都是{units.card.label}的。",
            *(_caveats(limits, LABELLED[dimension]) if limits else []),
        ],
    )
    panel.header(made, faces=())
    special = limits.special if limits else frozenset()
    only = only_special(dimension, bool(special))
    rows = [row for row in found[metrics[0]].rows if not only or row.group[0] in special]
    codes = [row.group[0] or "" for row in rows]
    panel.pick_row(
        _side_by_side(list(found.values()), rows, judged, limits),
        key=f"rows-{dimension}",
        alt=made.title,
        on_click=lambda at: on_click(codes[at]) if on_click and codes[at] else None,
    )
    panel.footer(made)


def _side_by_side(
    found: Sequence[Measurement], rows: Sequence[Row], rate: str, limits: Funnel | None
) -> Sheet:
    """The judgement and the shrunken estimate are of one rate; the others are shown as they are."""
    first = found[0]
    columns = [Column(LABELLED[first.by[0]]), Column(first.card.numerator_label, "count")]
    columns += [Column("判断")]
    for each in found[1:]:
        name = each.card.label.split("(")[0]
        columns += [Column(name, "share")]
        columns += [Column("收缩估计", "share")] if each.card.id == rate else []
        columns += [Column(f"{name}:分子/分母")]
    cells: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = [row.label, row.numerator, verdict(limits, row)]
        for each in found[1:]:
            same = each.row(*row.group)
            line += [same.value if same and each.enough(same) else None]
            if each.card.id == rate:
                line += [limits.shrunken.get(row.group[0] or "") if limits else None]
            line += [fraction_text(same) if same else ""]
        cells.append(line)
    return Sheet(columns, cells)
