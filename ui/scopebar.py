"""The line above every page: period, scope, comparison on the left; how fresh the data is on the right."""

import pyarrow as pa
import streamlit as st

from metrics import Snapshot, pins
from ui import data, listing, more, pick_area, pick_period, pick_role, state
from ui.state import COMPARE, COMPARES, View
from ui.words import literal


def draw(view: View, page: str, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scopebar"):
        pick_period.draw(view)
        pick_area.draw(view)
        st.segmented_control(
            "对比",
            COMPARES,
            default=COMPARES[0],
            required=True,
            key=COMPARE,
            bind="query-params",
            label_visibility="collapsed",
        )
        st.space("stretch")
        _badges(view)
        more.draw(view, page, title)
    _past(view)


def _past(view: View) -> None:
    """That this is not the newest, or not what the address asked for, and the way back."""
    if not (view.snapshot.past or view.unopened):
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="past-snapshot"
    ):
        if view.unopened:
            st.warning(f"{literal(view.unopened)} 下面是最新的数据。", icon=":material/info:")
        else:
            st.markdown(f":material/keep: {_pinned(view.snapshot.id)}", width="content")
        st.button("知道了" if view.unopened else "回到最新", key="latest", on_click=state.latest)


def _pinned(snapshot: str) -> str:
    kept = pins.pinned(snapshot)
    if kept is None:
        return f"正在看过去的快照 `{snapshot}`(没有固定,以后会被清理;数按现行口径算)"
    day = kept.pinned_at.date()
    return f"正在看固定快照「{literal(kept.name)}」`{snapshot}`,固定于{day},数和口径都是当时的"


def _badges(view: View) -> None:
    if view.snapshot.demo:
        st.markdown(":orange-badge[演示数据]", width="content")
    pick_role.draw(view)
    late = [fresh for fresh in view.snapshot.freshness() if fresh.is_late(view.snapshot.as_of)]
    words = f"数据截至{view.snapshot.as_of}"
    with st.popover(
        f"{words} :orange[· {len(late)}项超期]" if late else words, type="tertiary", key="freshness"
    ):
        _freshness(view)


def _freshness(view: View) -> None:
    st.markdown("**各来源更新情况**")
    rows = data.derived(view, ("worded", "freshness"), lambda: _sources(view.snapshot))
    if rows.num_rows:
        listing.draw(rows, alt="各来源更新情况")
    st.caption(f"快照 {view.snapshot.id}。“超期”指比该来源自己的更新周期更久没有新记录。")


def _sources(snapshot: Snapshot) -> pa.Table:
    return listing.table(
        [
            {
                "来源": fresh.label,
                "最近一条": f"{fresh.last_event}" if fresh.last_event else "—",
                "距截至日": _age(fresh.age_days(snapshot.as_of)),
                "判断": "△ 超期" if fresh.is_late(snapshot.as_of) else "● 正常",
                "最近接入": f"{fresh.last_loaded:%Y-%m-%d %H:%M}" if fresh.last_loaded else "—",
            }
            for fresh in snapshot.freshness()
        ]
    )


def _age(days: int | None) -> str:
    return "—" if days is None else "当天" if days <= 0 else f"{days}天"
