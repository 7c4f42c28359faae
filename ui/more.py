"""The popover 更多: take the view along, keep it under a name, find a metric, see the hints again."""

from urllib.parse import urlencode

import streamlit as st

from metrics import notebook
from metrics.scope import LEVEL_NAMES
from ui import views
from ui.state import View
from ui.words import literal

OPEN = "more"


def draw(view: View, page: str, title: str) -> None:
    """`page` is the page's address and `title` its name in the menu."""
    with st.popover("更多", type="tertiary", key=OPEN, on_change="rerun") as popover:
        # The browser copies and shows the hints: ui/shell/manner.js.
        st.button("复制链接", icon=":material/link:", key="copy-link", type="tertiary")
        if popover.open:
            _views(view, page, title)
        st.button("使用提示", icon=":material/lightbulb:", key="hints", type="tertiary")
    if st.button("搜索指标", key="find-metric", type="tertiary", help="键盘 /"):
        st.switch_page("definitions.py", query_params=dict(st.query_params))


def _views(view: View, page: str, title: str) -> None:
    st.markdown("**收藏的视图**")
    saved = views.saved()
    for at, kept in enumerate(saved):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"[{literal(kept.name)}]({kept.address})", width="stretch")
            st.button(
                "删除", key=f"forget-{at}", type="tertiary", on_click=_forget, args=(kept.name,)
            )
    if not saved:
        st.caption(
            "还没有收藏。收藏的是期间、范围和筛选,打开时用最新的数据;在固定快照上收藏,打开的就是那个快照。"
        )
    place = view.scope.label(view.snapshot) if view.scope.code else LEVEL_NAMES["street"]
    suggestion = f"{title} · {view.period.label} · {place}"[: views.LONGEST]
    key = f"name-{page}-{view.period.code}-{view.scope.code}"
    st.text_input("名称", suggestion, key=key, max_chars=views.LONGEST)
    st.button("收藏当前视图", on_click=_save, args=(key, page))


def _save(key: str, page: str) -> None:
    query = urlencode(
        [(word, value) for word in st.query_params for value in st.query_params.get_all(word)]
    )
    try:
        kept = views.save(str(st.session_state.get(key) or ""), page, query)
    except (ValueError, notebook.Unwritable) as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
    else:
        st.toast(f"已收藏“{kept.name}”", icon=":material/star:")


def _forget(name: str) -> None:
    try:
        views.forget(name)
    except notebook.Unwritable as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
