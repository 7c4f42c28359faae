"""Are the six key groups known, visited and helped: how fully, how freshly, and where not?"""

import streamlit as st

from metrics import card
from ui import cards, data, faces, missing, panels, state

METRICS = {
    "知晓": "coverage_known",
    "更新": "coverage_fresh",
    "走访": "coverage_visited",
    "帮扶": "coverage_helped",
}

view = state.current()
period = faces.published(card(METRICS["知晓"]), view.period)
found = data.measured(view, list(METRICS.values()), period=period)
shown = [found[METRICS["走访"]], found[METRICS["知晓"]]]
st.title(faces.headline(view, shown, "重点服务群体"), anchor=False)
st.caption(
    "只有按社区、按月的人数汇总,没有名单。人数少的格子隐藏,敏感群体按季公布;不是每个网格员的排名。"
)
cards.rows({"": list(faces.faces(view, list(METRICS.values())).values())})
missing.no_source(view, "coverage")

chosen = st.segmented_control(
    "看哪一项", list(METRICS), default="走访", key="aspect", bind="query-params", required=True
)
metric = METRICS[chosen or "走访"]
if "community" in view.scope.narrower:
    panels.cells(
        view,
        metric,
        "group",
        "community",
        period=period,
        title=lambda rows: panels.published_cells(found[metric].card.label, rows),
        notes=["▲为超过100%,照实显示:两套登记不一致,需要核对。未上报与已隐藏不同,前者是没有数。"],
    )
panels.groups(view, list(METRICS.values()), period)

left, right = st.columns(2, gap="large")
with left:
    panels.trend(view, metric)
with right:
    panels.trend(view, "coverage_fresh")

left, right = st.columns(2, gap="large")
with left:
    panels.breakdown(view, "element_registered", "system")
with right:
    panels.by_system(view, "element_fresh")
