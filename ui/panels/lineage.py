"""Redrawn grids: the table of what became what, its correction, and two periods by grid across a redrawing."""

from datetime import date, datetime
from typing import Any

import streamlit as st

from metrics import card, division, notebook
from metrics.lineage import Lineage, lineage, spoken
from metrics.redrawn import Changes, changes
from metrics.words import number
from ui import data, panel
from ui.downloads import Cell, Column, Sheet
from ui.links import of_version
from ui.mapcontrols import Asked
from ui.panel import Panel
from ui.panels.freshness import traced
from ui.recompute import WHERE
from ui.state import View
from ui.words import literal

OLD, NEW, SHARE, DAY = "原网格", "现网格", "份额(%)", "调整日期"
MEANING = (
    "**网格沿革**",
    "一行是一个原网格在某次调整后归入一个现网格的部分。份额是这一部分占原网格的比例,同一原网格同一天的份额合计应为100%。",
    "调整前后同名的网格不是同一块地方:同比、环比跨过调整日期时,受影响的网格不作比较,须先按现行网格折算。",
    "折算:有坐标的记录,坐标落在哪个现网格就归哪个;其余按份额分。全街道的合计不变;调整没有跨社区的,社区合计也不变。",
)
COMPARED = (
    "**网格两期对照**",
    "“当时的网格”是记录里写的网格。“按现行网格折算”把调整前的数按网格沿革分到现在的网格,折算出的件数可以不是整数。",
)


def table(view: View) -> None:
    """On the page about the data: every redrawing; analysts correct it there."""
    found = data.derived(view, ("lineage",), lambda: lineage(view.snapshot))
    made = Panel(
        name="quality-lineage",
        title=_title(found),
        subtitle="网格沿革 · 全部已接入数据 · 份额占原网格",
        sheet=lambda: _sheet(view, found),
        definition=MEANING,
        notes=[MEANING[2]]
        if found.pieces
        else ["有调整时,把“原网格、现网格、份额、调整日期”的表放入数据接入。"],
    )
    panel.header(made, faces=())
    if found.pieces:
        panel.table(made.sheet(), alt=made.title)
    panel.footer(made)
    if view.can_correct:
        _edit(view)


def _title(found: Lineage) -> str:
    if not found.pieces:
        return "没有登记过网格调整"
    redrawn = {(piece.old, piece.day) for piece in found.pieces}
    last = spoken(found.days[-1])
    return f"网格调整过{len(found.days)}次,{len(redrawn)}个网格受影响,最近一次在{last}"


def _sheet(view: View, found: Lineage) -> Sheet:
    columns = [Column(DAY), Column(OLD), Column(NEW), Column("份额", "share")]
    columns += [Column("原网格份额合计", "share"), Column("来源")]
    rows: list[list[Cell]] = [
        [
            piece.day.isoformat(),
            _name(view, piece.old),
            _name(view, piece.new),
            piece.share,
            found.told(piece.old, piece.day),
            "分析员更正" if piece.edited else "文件",
        ]
        for piece in found.pieces
    ]
    return Sheet(columns, rows, traced(view, MEANING))


def _name(view: View, code: str) -> str:
    area = view.snapshot.area_by_code.get(code)
    return area.name if area else code


def _edit(view: View) -> None:
    names = _names(view)
    if not names:
        st.caption("台账里还没有网格,不能登记沿革。")
        return
    with st.expander("更正网格沿革", icon=":material/edit:"):
        codes = {name: code for code, name in names.items()}
        rows = [
            {
                OLD: names.get(line.old),
                NEW: names.get(line.new),
                SHARE: line.share * 100,
                DAY: line.day,
            }
            for line in division.lines(view.snapshot)
        ]
        edited: list[dict[str, Any]] = st.data_editor(
            rows or [{OLD: None, NEW: None, SHARE: 100.0, DAY: None}],
            num_rows="dynamic",
            key="lineage-editor",
            column_config={
                OLD: st.column_config.SelectboxColumn(options=list(codes)),
                NEW: st.column_config.SelectboxColumn(options=list(codes)),
                SHARE: st.column_config.NumberColumn(min_value=0.0, max_value=100.0, format="%.1f"),
                DAY: st.column_config.DateColumn(),
            },
        )
        if st.button("保存沿革", key="keep-lineage", type="primary"):
            _keep(view, edited, codes)
        if waiting := division.pending(view.snapshot):
            st.info(
                f"有{waiting}行更正还没有生效。{WHERE}",
                icon=":material/schedule:",
            )


def _keep(view: View, edited: list[dict[str, Any]], codes: dict[str, str]) -> None:
    filled = [row for row in edited if row.get(OLD) or row.get(NEW)]
    if any(
        not (row.get(OLD) and row.get(NEW) and row.get(DAY) and row.get(SHARE)) for row in filled
    ):
        st.error("每一行都要填原网格、现网格、份额和调整日期。", icon=":material/error:")
        return
    wanted = [
        division.Line(codes[row[OLD]], codes[row[NEW]], _day(row[DAY]), row[SHARE] / 100)
        for row in filled
    ]
    try:
        kept = division.keep(view.snapshot, wanted, datetime.now().replace(microsecond=0))
    except (division.Wrong, notebook.Unwritable) as problem:
        st.error(str(problem), icon=":material/error:")
        return
    st.success(f"已保存{kept}行更正。" if kept else "没有改动。", icon=":material/check:")


def _day(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def _names(view: View) -> dict[str, str]:
    grids = view.snapshot.areas("grid")
    seen = [area.name for area in grids]
    return {
        area.code: area.name if seen.count(area.name) == 1 else f"{area.name}({area.code})"
        for area in grids
    }


def compared(view: View, asked: Asked) -> None:
    """On the map: the redrawn grids in this period and the one it is compared with."""
    chosen = card(asked.metric)
    before = asked.period.year_ago() if view.compare == "同比" else asked.period.previous()
    word = "同比" if view.compare == "同比" else "环比"
    key = (
        "changes",
        chosen.key,
        asked.period.code,
        before.code,
        view.scope,
        asked.converted,
        view.role,
    )
    found = data.derived(
        view,
        key,
        lambda: changes(
            chosen.id, asked.period, before, view.scope, converted=asked.converted,
            word=word, snapshot=view.snapshot, role=view.role,
        ),
    )  # fmt: skip
    if not found.pieces:
        return
    made = Panel(
        name="grid-changes",
        title=_finding(found, word),
        subtitle=f"{chosen.label} · {found.now.card.base or chosen.numerator_label} · {asked.period.label}与{before.label}",
        sheet=lambda: _changes_sheet(found, asked, before.label),
        definition=(*COMPARED, *MEANING[2:]),
        versions={chosen.key: of_version(found.now)},
        notes=[_totals(found)] if not chosen.is_rate else [],
    )
    panel.header(made, faces=())
    panel.table(made.sheet(), alt=made.title, widest=240)
    panel.footer(made)


def _finding(found: Changes, word: str) -> str:
    day = spoken(max(piece.day for piece in found.pieces))
    if found.refused:
        return f"{found.refused}个网格在{day}划分过,{word}须折算"
    return f"{day}划分过的网格已按现行网格折算,可以{word}"


def _totals(found: Changes) -> str:
    how = "折算不改变合计" if found.converted else "不折算也不影响合计"
    return f"全部网格合计:本期{number(found.total_now)},对照期{number(found.total_before)};{how}。"


def _changes_sheet(found: Changes, asked: Asked, before: str) -> Sheet:
    kind = "share" if found.now.card.unit in ("share", "ratio") else "decimal"
    columns = [Column("网格"), Column(asked.period.label, kind), Column(before, kind)]
    columns += [Column("变化", kind), Column("说明")]
    touched = {code for piece in found.pieces for code in (piece.old, piece.new)}
    rows: list[list[Cell]] = [
        [literal(row.label), row.now, row.before, row.difference, row.refused or "已折算"]
        for row in found.rows
        if row.grid in touched
    ]
    return Sheet(columns, rows, [*COMPARED, *MEANING[2:]])
