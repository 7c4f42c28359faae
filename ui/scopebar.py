"""The line above every page: period, scope, comparison on the left; how fresh the data is on the right."""

import streamlit as st

from metrics import Snapshot
from ui import more, pick_area, pick_period, pick_role
from ui.state import COMPARE, COMPARES, View


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


def _badges(view: View) -> None:
    if view.snapshot.demo:
        st.markdown(":orange-badge[演示数据]", width="content")
    pick_role.draw(view)
    late = [fresh for fresh in view.snapshot.freshness() if fresh.is_late(view.snapshot.as_of)]
    words = f"数据截至{view.snapshot.as_of}"
    with st.popover(
        f"{words} :orange[· {len(late)}项超期]" if late else words, type="tertiary", key="freshness"
    ):
        _freshness(view.snapshot)


def _freshness(snapshot: Snapshot) -> None:
    st.markdown("**各来源更新情况**")
    rows = [
        {
            "来源": fresh.label,
            "最近一条": f"{fresh.last_event}" if fresh.last_event else "—",
            "距截至日": _age(fresh.age_days(snapshot.as_of)),
            "判断": "△ 超期" if fresh.is_late(snapshot.as_of) else "● 正常",
            "最近接入": f"{fresh.last_loaded:%Y-%m-%d %H:%M}" if fresh.last_loaded else "—",
        }
        for fresh in snapshot.freshness()
    ]
    if rows:
        st.table(rows, border="horizontal", hide_index=True, alt="各来源更新情况")
    st.caption(f"快照 {snapshot.id}。“超期”指比该来源自己的更新周期更久没有新记录。")


def _age(days: int | None) -> str:
    return "—" if days is None else "当天" if days <= 0 else f"{days}天"
