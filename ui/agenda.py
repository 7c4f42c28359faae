"""The forms of 议定事项: write a decision down, change or close it, keep the snapshot of a meeting."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from metrics import Card, MetricError, cards, notebook, pins
from metrics.aims import aim_text
from metrics.period import DAY, add_months
from metrics.status import Side
from reports.decisions import LONGEST, Decision, able, close, decide, revise, start_of
from reports.followup import Track
from ui import reading
from ui.links import FILTERS
from ui.state import SNAP, View
from ui.words import literal

METRIC = "metric"
SIDES: dict[Side, str] = {"high": "上升", "low": "下降"}
T = TypeVar("T")
WHO = "写岗位或单位,不写个人"
MONTHS_GIVEN = 3  # until a new decision is due, unless another day is chosen


def add(view: View) -> None:
    """A new decision, filled in with the metric, scope and filter of the chart it was begun at."""
    known = {each.id: each for each in cards().values() if able(each)}
    asked = st.query_params.get(METRIC)
    begun = asked in known
    with st.expander("记一项议定事项", expanded=begun):
        at = list(known).index(asked) if begun and asked else 0
        metric = st.selectbox(
            "要看哪个指标的变化", list(known), at, format_func=lambda each: known[each].label
        )
        chosen = known[metric]
        where = _filters(chosen)
        start = start_of(chosen, view.period)
        with st.form("decide", border=False):
            st.text_area("事项", key="new-text", max_chars=LONGEST["text"], height=80)
            one, two, three, four = st.columns([1.4, 1, 1, 1])
            one.text_input("责任单位", key="new-who", max_chars=LONGEST["who"], placeholder=WHO)
            due = add_months(start.end, MONTHS_GIVEN) - DAY
            two.date_input("期限", due, key="new-due", min_value=start.end, format="YYYY-MM-DD")
            three.selectbox("方向", list(SIDES), key=f"new-side-{metric}",
                            index=int(chosen.direction == "lower"), format_func=SIDES.__getitem__)  # fmt: skip
            four.number_input(f"至少({_unit(chosen)})", 0.0, key=f"new-amount-{metric}", step=1.0,
                              format="%g", help="填零表示不限幅度,只看是否超出正常波动")  # fmt: skip
            st.caption(
                f"{_place(view, chosen, where)},自{start.label}起算,到期限所在的{_kind(start.kind)}结束后判断。"
            )
            st.form_submit_button("记下", on_click=_add, args=(view, chosen, where))


def _kind(kind: str) -> str:
    return {"week": "周", "quarter": "季度"}.get(kind, "月份")


def _unit(chosen: Card) -> str:
    return "百分点" if chosen.unit in ("share", "ratio") else chosen.word


def _filters(chosen: Card) -> dict[str, str]:
    asked = dict(parse_qsl(st.query_params.get(FILTERS, "")))
    return {name: value for name, value in asked.items() if name in chosen.filters}


def _place(view: View, chosen: Card, where: dict[str, str]) -> str:
    area = view.scope.label(view.snapshot) if view.scope.code else "全街道"
    words = [
        literal(reading.word(view.snapshot, chosen, name, code)) for name, code in where.items()
    ]
    return " · ".join([area, *words])


def _add(view: View, chosen: Card, where: dict[str, str]) -> None:
    typed = st.session_state
    amount = float(typed[f"new-amount-{chosen.id}"] or 0)
    _told(
        lambda: decide(
            typed["new-text"],
            typed["new-who"],
            typed["new-due"] or date.min,
            chosen.id,
            view.period,
            typed[f"new-side-{chosen.id}"],
            amount / 100 if chosen.unit in ("share", "ratio") else amount,
            scope=view.scope.code or "",
            where=where,
        ),
        lambda made: f"已记下第{made.number}项",
        after=lambda: (
            typed.update({"new-text": "", "new-who": ""}),
            st.query_params.pop(METRIC, ""),
        ),
    )


def change(track: Track) -> None:
    """Close, reopen, reword, or give more time: each is an edit, and what it replaces stays."""
    made, number = track.decision, track.decision.number
    with st.popover("处理", type="tertiary", key=f"change-{number}"):
        note = st.text_input("说明", key=f"note-{number}", max_chars=LONGEST["note"])
        if made.state != "open":
            st.button("重新打开", key=f"open-{number}", on_click=_edit, args=(number, lambda: close(number, "open", note)))  # fmt: skip
            return
        text = st.text_area(
            "事项", made.text, key=f"text-{number}", max_chars=LONGEST["text"], height=80
        )
        who = st.text_input("责任单位", made.who, key=f"who-{number}", max_chars=LONGEST["who"])
        day = st.date_input("新的期限", made.due, key=f"due-{number}", format="YYYY-MM-DD")
        with st.container(horizontal=True):
            for label, act in (
                ("已办完", lambda: close(number, "done", note)),
                ("取消", lambda: close(number, "cancelled", note)),
                ("改期限", lambda: revise(number, due=day, note=note)),
                ("改文字", lambda: revise(number, text=text, who=who, note=note)),
            ):
                st.button(label, key=f"{label}-{number}", on_click=_edit, args=(number, act))


def _edit(number: int, act: Callable[[], Decision]) -> None:
    _told(act, lambda _: f"第{number}项已更新", after=lambda: st.session_state.update({f"note-{number}": "", f"change-{number}": False}))  # fmt: skip


def _told(act: Callable[[], T], said: Callable[[T], str], after: Callable[[], object]) -> None:
    """A refusal keeps what was typed."""
    try:
        made = act()
    except (ValueError, MetricError, notebook.Unwritable) as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
        return
    st.toast(said(made), icon=":material/check:")
    after()


def snapshots(view: View) -> None:
    """The snapshots kept for meetings, each with its address, and the way to keep this one."""
    for kept in pins.pins():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            note = f" · {literal(kept.note)}" if kept.note else ""
            st.markdown(
                f"[{literal(kept.name)}](decisions?{SNAP}={kept.snapshot}) `{kept.snapshot}` · 固定于{kept.pinned_at:%Y-%m-%d}{note}",
                width="stretch",
            )
            st.button("不再固定", key=f"unpin-{kept.snapshot}", type="tertiary", on_click=_unpin, args=(kept.snapshot,))  # fmt: skip
    if not pins.pins():
        st.caption("还没有固定的快照。固定以后,数据再更新、口径再修订,打开它看到的数都不变。")
    if view.snapshot.id in pins.pinned_ids():
        return
    with st.form("pin", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "会议名称", key="pin-name", max_chars=pins.LONGEST, placeholder="例如:十月工作例会"
        )
        st.text_input("备注", key="pin-note", max_chars=LONGEST["note"])
        st.form_submit_button("固定当前快照", on_click=_pin, args=(view.snapshot.id,))


def _unpin(snapshot: str) -> None:
    _told(lambda: pins.unpin(snapshot), lambda _: "不再固定", after=lambda: None)


def _pin(snapshot: str) -> None:
    typed = st.session_state
    _told(
        lambda: pins.pin(snapshot, typed["pin-name"], typed["pin-note"]),
        lambda made: f"已固定“{made.name}”",
        after=lambda: typed.update({"pin-name": "", "pin-note": ""}),
    )


def aim(track: Track) -> str:
    """Where it was to go, for one that cannot be drawn."""
    known = cards().get(track.decision.metric)
    return f"{known.label}{aim_text(known, track.decision.aim)}" if known else track.decision.metric
