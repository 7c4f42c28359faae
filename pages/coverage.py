"""Are the six key groups known, visited and helped: how fully, how freshly, and where not?"""

import streamlit as st

from metrics import card
from ui import cards, data, faces, missing, panels, state
from ui.panels import cadence

METRICS = {
    "知晓": "coverage_known",
    "更新": "coverage_fresh",
    "走访": "coverage_visited",
    "帮扶": "coverage_helped",
}
KNOWN, VISITED = METRICS["知晓"], METRICS["走访"]

view = state.current()
period = faces.published(card(KNOWN), view.period)
found = data.measured(view, list(METRICS.values()), period=period)
if view.scope.level == "grid":
    st.title(f"{view.scope.label(view.snapshot)}:重点服务群体不按网格公布", anchor=False)
    st.info(f"{found[KNOWN].total.reason}。请在上方选择社区或全街道。", icon=":material/info:")
    st.stop()

answer = st.container()
cards.rows({"": list(faces.faces(view, list(METRICS.values())).values())})
missing.no_source(view, "coverage")

if view.snapshot.holds("coverage"):
    chosen = st.segmented_control(
        "看哪一项", list(METRICS), default="走访", key="aspect", bind="query-params", required=True
    )
    metric = METRICS[chosen or "走访"]
    cadence.by_community(view, metric, period, on_click=state.go)
    panels.groups(view, list(METRICS.values()), period)

    left, right = st.columns(2, gap="large")
    with left:
        cadence.months(view, VISITED)
    with right:
        cadence.freshness(view, VISITED)
        panels.trend(view, metric)
    hidden = cadence.hidden_clause(cadence.by_place(view, metric, period))
else:
    hidden = ""

with answer:
    shown = [found[VISITED], found[KNOWN]]
    head = (
        faces.headline(view, shown, "", more="重点服务群体")
        if any(each.total.value is not None for each in shown)
        else f"{period.label}没有可以公布的重点服务群体数"
    )
    st.title(f"{head}{hidden}", anchor=False)
    st.caption(
        f"{period.label},敏感群体只按整季公布;分子分母按月累加,是人月,不是人数。"
        "走访、更新、帮扶以已掌握为分母,知晓以应掌握为分母。只有汇总,没有名单。"
    )

left, right = st.columns(2, gap="large")
with left:
    panels.breakdown(view, "element_registered", "system")
with right:
    panels.by_system(view, "element_fresh")
