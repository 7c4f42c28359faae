"""Grids where patrols find much and nobody calls: named with their reasons, and never as a ranking."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from metrics import card
from metrics.silence import FALSE, HALF, LEAST_EXPECTED, LEAST_FOUND, Grid, Silence, silence
from metrics.status import SIGNS
from metrics.words import number, percent
from ui import data, panel
from ui.atlas import Atlas
from ui.charts import Mark
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.state import View
from ui.words import literal

MARK, WORDS = "◑", "可能沉默"
ABOUT = (
    "**可能沉默的网格**",
    "巡查发现不少、却几乎没人打12345的网格。看近12个月:按全部网格的常住人口和巡查发现(隐患和派单任务中来源为主动发现的),推算每个网格应有多少件诉求(负二项回归)。",
    f"同时满足才标出:应有{number(LEAST_EXPECTED)}件以上、巡查发现{LEAST_FOUND}件以上、每千人巡查发现不低于全部网格、"
    f"诉求不到应有的{percent(HALF, 0)}、所有网格一起比随机误报控制在{percent(FALSE, 0)}以内。",
    "两种解释都要核实:需求低(问题在巡查中已经解决、空置房多),或者上报少(不知道热线、不方便打、不相信有用)。人均诉求少不等于治理好。",
    "这是对网格的提示,不是对网格员的评价,不排名。",
)


def found(view: View) -> Silence:
    return data.derived(
        view, ("silence", view.period.code), lambda: silence(view.snapshot, view.period)
    )


def marked(made: Atlas, known: Silence) -> Atlas:
    """The map with a sign on the grids that may be silent."""
    silent = {grid.code: grid for grid in known.silent}
    marks: Mapping[str, Mark] = {
        code: replace(mark, note=f"{MARK} {WORDS}:{_reason(silent[code])}")
        if code in silent
        else mark
        for code, mark in made.marks.items()
    }
    return replace(made, marks=marks, signs=dict.fromkeys(silent, MARK))


def table(view: View, *, brief: bool = False) -> None:
    """The grids that are named and why; on the page about the data, `brief`, only while there are any."""
    known = found(view)
    named = [grid for grid in known.silent if _inside(view, grid)]
    if brief and not named:
        return
    made = Panel(
        name="silent-grids",
        title=_title(known, named),
        subtitle=f"近12个月({known.period.label}) · 判断{known.judged}个网格,其余巡查发现或应有诉求太少",
        sheet=lambda: _sheet(view, known),
        definition=ABOUT,
        versions={card(name).key: card(name).label for name in ("hotline_volume", "case_count")},
        notes=[ABOUT[3], ABOUT[4]] if named else [],
    )
    panel.header(made, faces=())
    for grid in named:
        st.markdown(f"{MARK} **{literal(grid.name)}**(图上同一标记) {_reason(grid, known)}")
    panel.footer(made)


def _inside(view: View, grid: Grid) -> bool:
    area = view.snapshot.area_by_code.get(grid.code)
    return view.scope.code is None or getattr(area, view.scope.level, None) == view.scope.code


def _title(known: Silence, named: list[Grid]) -> str:
    if known.because:
        return f"不能判断哪些网格可能沉默:{known.because}"
    if not named:
        return "没有发现巡查多、来电少的网格"
    return f"{len(named)}个网格{WORDS}:巡查发现不少,几乎没人打12345"


def _reason(grid: Grid, known: Silence | None = None) -> str:
    usual = f"(全部网格{number(known.usual_found, 1)})" if known else ""
    return (
        f"巡查发现{grid.found}件,每千人{number(grid.found_per_1000, 1)}件{usual};"
        f"应有诉求约{number(grid.expected)}件,实有{grid.called}件"
    )


def _sheet(view: View, known: Silence) -> Sheet:
    columns = [Column("网格"), Column("判断"), Column("常住人口", "count")]
    columns += [Column("巡查发现", "count"), Column("每千人巡查发现", "decimal")]
    columns += [Column("应有诉求", "decimal"), Column("实有诉求", "count")]
    rows: list[list[Cell]] = [
        [
            *(grid.name, _verdict(grid), grid.residents, grid.found, grid.found_per_1000),
            *(grid.expected, grid.called),
        ]
        for grid in known.grids
        if _inside(view, grid)
    ]
    return Sheet(columns, rows, [f"数据截至:{view.snapshot.as_of}", *ABOUT])


def _verdict(grid: Grid) -> str:
    return f"{MARK} {WORDS}" if grid.silent else "● 未见异常" if grid.judged else SIGNS["few"].mark
