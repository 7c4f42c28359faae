"""What do callers talk about, and what do they suddenly talk about more than usual?"""

import streamlit as st

from metrics.topics import has_terms
from ui import filters, missing, state
from ui.panels import topics
from ui.panels.dictionary import dictionary
from ui.panels.repeats import repeats

FREQUENT, UNUSUAL = "高频", "异动"
ONE_CALLER, MANY_CALLERS = "一人多诉", "多人同诉"
TABS = (FREQUENT, UNUSUAL, ONE_CALLER, MANY_CALLERS)

view = state.current()
if not has_terms(view.snapshot):
    st.title("还没有诉求内容", anchor=False)
    missing.no_rows(view, "带有诉求内容的工单")
    st.stop()
st.title(topics.headline(view), anchor=False)
shown = st.segmented_control(
    "看什么", TABS, default=FREQUENT, required=True, key="topics", bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip

if shown == FREQUENT:
    where, _ = filters.draw(view, "hotline_volume", ("category",))
    left, right = st.columns(2, gap="large")
    with left:
        topics.terms(view, where)
    with right:
        topics.categories(view, where.get("category"))
elif shown == UNUSUAL:
    topics.unusual(view)
elif shown == ONE_CALLER:
    repeats(view, "one_caller")
elif shown == MANY_CALLERS:
    repeats(view, "many_callers")

dictionary(view)
