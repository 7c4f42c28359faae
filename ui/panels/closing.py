"""How long it takes until something is closed, on the clock that the reader chooses."""

import math
from collections.abc import Mapping

import streamlit as st

from metrics import waiting
from metrics.clock import BeyondCalendar, Clock, known_days
from metrics.competing import outcomes
from metrics.definitions import card
from metrics.labels import LABELLED
from metrics.lineage import refusal
from metrics.spans import BASES
from metrics.survival import MARKS, Durations
from metrics.waiting import UNITS
from metrics.words import number, percent
from ui import charts, data, panel
from ui.downloads import Cell, Column, Sheet
from ui.links import of_version
from ui.panel import TABLE, Panel
from ui.panels.base import Where
from ui.state import View

CLOCKS: Mapping[str, Clock] = {"自然日": "calendar", "工作日": "working"}
SPAN = 30  # days drawn; three times as many where a tenth is still open then
DEFINITION = (
    "从受理到办结的时间。没有办结的按已等待的时间计入(生存估计,K-M 法),不用已办结{thing}的平均数:积压越多,那个平均数越好看。"
    "办结与办结率同一口径:移送的算办结;退回的不计入,只在“连同退回”一行中与办结、移送并列(竞争结局估计,A-J 法,各项与未了结相加为100%)。",
    "自然日:每天都算。工作日:周末和法定节假日不算,调休上班的算;一个工作日按24小时计,不上班的日子不计时,"
    "如周五15时到下周一9时为0.75个工作日。",
    "与另一期间比的是受限平均用时:最多看30天,超过的按30天计,两期都按各自已观察到的时间。95%区间包含0的,说无法区分。",
)


def closing(view: View, table: str, *, thing: str = "工单", where: Where | None = None) -> None:
    """Time to closure with the open ones counted: a survival estimate, never the mean of the closed."""
    with st.container(gap="xsmall", key=f"panel-closing-{table}"):
        # The finding stands above the choice of the clock, and depends on it.
        head = st.container(gap="xsmall")
        word = st.segmented_control(
            "用时按",
            tuple(CLOCKS),
            default="自然日",
            required=True,
            key="clock",
            bind="query-params",
            label_visibility="collapsed",
        )
        clock = CLOCKS[word or "自然日"]
        try:
            taken = data.durations(view, table, where, clock=clock)
        except BeyondCalendar as problem:
            head.header("超出工作日历,不能按工作日计算", anchor=False)
            st.warning(str(problem), icon=":material/event_busy:")
            return
        made = _panel(view, table, thing, where, taken)
        with head:
            face = panel.header(made)
        _body(made, taken, face)
        panel.footer(made)


def _body(made: Panel, taken: Durations, face: str) -> None:
    if face == TABLE:
        panel.table(made.sheet(), alt=made.title)
        return
    if not waiting.enough(taken):
        few = waiting.FEW.words if taken.n else "这个期间和范围内没有记录"
        st.info(taken.reason or f"{few}。请换一个期间或范围。", icon=":material/info:")
        return
    within = [found for day in MARKS if (found := taken.closed_by(day))]
    unit = UNITS[taken.clock]
    marks = [
        charts.Mark(
            f"{each.day}", f"{number(each.day)}{unit}内", each.share, percent(each.share), each.low, each.high
        )
        for each in within
    ]  # fmt: skip
    drawn = charts.curve(
        taken.steps,
        unit=unit,
        median=taken.median,
        until=until(taken),
        followed=taken.followed,
    )
    panel.figure(made.name, drawn, charts.describe(made.title, made.subtitle, marks))


def until(taken: Durations) -> float:
    """The last day worth drawing."""
    late = taken.closed_by(SPAN)
    return SPAN if late is None or late.share >= 0.9 else 3 * SPAN


def _panel(view: View, table: str, thing: str, where: Where | None, taken: Durations) -> Panel:
    base = card(BASES[table])
    closed = data.measured(view, [base.id], where=where)[base.id]
    notes = _notes(view, table, where, taken)
    return Panel(
        name=f"closing-{table}",
        title=waiting.finding(taken, thing),
        subtitle=" · ".join(
            [
                "办结用时",
                "受理口径",
                view.period.label,
                f"共{number(taken.n)}件,{number(taken.still_open)}件未办结(按已等待计入)",
                _clock(view, taken.clock),
                "括号和阴影为95%区间",
            ]
        ),
        sheet=lambda: _sheet(
            view,
            where,
            taken,
            [f"口径:{base.key} {base.label}", *(f"{word}:{line}" for word, line in notes.items())],
        ),
        versions={base.key: of_version(closed)},
        definition=["**办结用时**", *(line.format(thing=thing) for line in DEFINITION)],
        notes=[f"**{word}** {line}" for word, line in notes.items()],
    )


def _clock(view: View, clock: Clock) -> str:
    days = known_days(view.snapshot)
    if clock == "calendar" or days is None:
        return "自然日"
    return f"工作日(含调休,日历至{days[1].year}年)"


def _notes(view: View, table: str, where: Where | None, taken: Durations) -> dict[str, str]:
    """Each sentence under a word that finds it."""
    if not waiting.enough(taken):
        return {}
    said = {
        "办结": waiting.within(taken),
        "结局": waiting.outcomes(taken),
        "比较": _compared(view, table, where, taken),
        "对照": waiting.closed_only(taken),
        "未计入": waiting.left_out(taken),
    }
    return {word: line for word, line in said.items() if line}


def _compared(view: View, table: str, where: Where | None, taken: Durations) -> str:
    if reason := refusal(view.snapshot, view.scope, view.period, view.before, view.compare):
        return f"{reason}。"
    try:
        before = data.durations(view, table, where, clock=taken.clock, period=view.before)
    except BeyondCalendar:
        return f"{view.before.label}超出工作日历,不作比较。"
    return waiting.compared(taken, before, view.before_label)


def _sheet(view: View, where: Where | None, taken: Durations, notes: list[str]) -> Sheet:
    """One line per whole day on which anything ended; outcomes apart where there are any besides closing."""
    days = sorted({math.ceil(step.day) for step in taken.steps} | set(MARKS))
    shown = [day for day in days if day <= taken.followed] if waiting.enough(taken) else []
    apart = waiting.apart(taken)
    ways = {"closed": "办结", **apart, "open": "仍未了结"} if apart else {}
    columns = [Column(f"{UNITS[taken.clock].removeprefix('个')}数", "count")]
    columns += [Column(word, "share") for word in ("已办结比例", "95%区间下限", "95%区间上限")]
    columns += [Column(f"结局:{word}", "share") for word in ways.values()]
    rows = [
        [*_line(taken, day), *(getattr(found, way) for way in ways)]
        for day, found in zip(shown, outcomes(taken.outcomes, shown), strict=True)
    ]
    about = [
        f"期间:{view.period.label}",
        f"范围:{view.scope.label(view.snapshot)}",
        *(f"筛选:{LABELLED.get(name, name)}={value}" for name, value in (where or {}).items()),
        f"时钟:{_clock(view, taken.clock)}",
        f"件数:{taken.n},其中未办结 {taken.still_open}",
        f"数据截至:{view.snapshot.as_of}",
        f"快照:{view.snapshot.id}",
    ]
    return Sheet(columns, rows, [*about, "", *notes])


def _line(taken: Durations, day: float) -> list[Cell]:
    found = taken.closed_by(day)
    return [day, found.share, found.low, found.high] if found else [day, None, None, None]
