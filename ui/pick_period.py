"""The period picker: the usual ones at a click, any calendar unit, any range of days."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from metrics import Period, Snapshot
from metrics.past import first_day
from metrics.period import DAY, Kind, add_months
from ui.state import PERIOD, View, choose

PRESETS = {
    "this_month": "本月",
    "last_month": "上月",
    "this_quarter": "本季",
    "last_quarter": "上季",
    "this_year": "本年",
    "last_year": "去年",
    "last_12_months": "近12个月",
}
KINDS: dict[str, Kind] = {
    "月": "month",
    "周": "week",
    "季": "quarter",
    "半年": "half",
    "年": "year",
    "自定义": "custom",
}
OPEN = "open-period"
CODES = "也写在网址里:2024-09-03、2024-W36、2024-09、2024-Q3、2024-H1、2024、2024-03-01..2024-04-15"


def draw(view: View) -> None:
    """The unit before, the period itself, the unit after."""
    with st.container(horizontal=True, vertical_alignment="center", gap=None, width="content"):
        _turn(view, "period-before", "‹", "上一期(键盘 [ )", _before(view.period))
        _popover(view)
        _turn(view, "period-after", "›", "下一期(键盘 ] )", _after(view))


def _turn(view: View, key: str, label: str, words: str, period: Period | None) -> None:
    st.button(
        label,
        key=key,
        type="tertiary",
        help=words,
        disabled=period is None,
        on_click=choose,
        args=(PERIOD, period.code if period else view.period.code),
    )


def _before(period: Period) -> Period:
    """The whole unit before, also of a unit that is not over yet."""
    if period.kind == "custom":
        return period.previous()
    return Period.of(period.kind, period.start - DAY, period.as_of)


def _after(view: View) -> Period | None:
    """None where it would lie wholly after the data."""
    period = view.period
    if period.end > view.snapshot.as_of:
        return None
    if period.kind != "custom":
        return Period.of(period.kind, period.end, period.as_of)
    if months := period.whole_months:
        return Period("custom", period.end, add_months(period.end, months), period.as_of)
    return Period("custom", period.end, period.end + (period.end - period.start), period.as_of)


def _popover(view: View) -> None:
    popover = st.popover(
        f"**{view.period.label}**", icon=":material/calendar_month:", key=OPEN, on_change="rerun"
    )
    with popover:
        _presets(view)
        words = st.segmented_control(
            "按", tuple(KINDS), default="月", key="period-kind", required=True
        )
        kind = KINDS[words or "月"]
        if kind == "custom":
            _range(view)
        else:
            _units(view, kind, words or "月")
        _code(view)


def _code(view: View) -> None:
    key = f"code-{view.period.code}"
    st.text_input("期间代码", view.period.code, key=key, help=CODES, on_change=_typed, args=(key,))


def _typed(key: str) -> None:
    choose(PERIOD, str(st.session_state[key] or ""), OPEN)


def _presets(view: View) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for name, words in PRESETS.items():
            period = Period.preset(name, view.snapshot.as_of)
            st.button(
                words,
                key=f"preset-{name}",
                help=period.label,
                type="primary" if period == view.period else "secondary",
                on_click=choose,
                args=(PERIOD, period.code, OPEN),
            )


def _units(view: View, kind: Kind, words: str) -> None:
    units = units_of(view.snapshot, kind)
    codes = list(units.values())
    here = codes.index(view.period.code) if view.period.code in codes else None
    # The key holds the period, so that choosing the same unit again after a preset is a change.
    key = f"unit-{kind}-{view.period.code}"
    st.selectbox(
        words,
        list(units),
        index=here,
        placeholder="请选择",
        key=key,
        on_change=_choose,
        args=(key, units),
    )


def units_of(snapshot: Snapshot, kind: Kind) -> dict[str, str]:
    """Label to code, for every unit that the data reaches into, newest first."""
    return snapshot.kept(("units to pick", kind), lambda: _units_of(snapshot, kind))


def _units_of(snapshot: Snapshot, kind: Kind) -> dict[str, str]:
    first = Period.of(kind, first_day(snapshot), snapshot.as_of)
    last = Period.of(kind, snapshot.as_of, snapshot.as_of)
    whole = Period("custom", first.start, last.end, snapshot.as_of)
    return {unit.label: unit.code for unit in reversed(whole.split(kind))}


def _choose(key: str, units: dict[str, str]) -> None:
    if label := st.session_state.get(key):
        choose(PERIOD, units[label], OPEN)


def _range(view: View) -> None:
    last = max(view.period.start, view.period.until - DAY)
    chosen = st.date_input("起止日期", (view.period.start, last), key="range", format="YYYY-MM-DD")
    days = [day for day in chosen if isinstance(day, date)] if isinstance(chosen, Sequence) else []
    if len(days) < 2:
        st.caption("请再选结束日期")
        return
    code = Period.between(days[0], days[1], view.snapshot.as_of).code
    st.button("查看这一段", type="primary", on_click=choose, args=(PERIOD, code, OPEN))
