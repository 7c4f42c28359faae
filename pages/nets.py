"""Do the five nets run: who is known, patrolled, reconciled, answered and helped?"""

import streamlit as st

from ui import cards, data, faces, missing, panels, state

# One main metric of each net.
MAIN = {
    "情报网": "coverage_known",
    "管理网": "patrol_closed",
    "化解网": "case_resolution",
    "交流网": "channel_on_time",
    "服务网": "coverage_helped",
}
GROUND = (
    "grid_count",
    "grid_staffing",
    "grid_party_group",
    "grid_household_groups",
    "grid_household_group_size",
)
MECHANISMS = (
    "grid_responsibility",
    "wechat_groups",
    "element_fresh",
    "diary_records",
    "diary_handled",
    "center_received",
    "center_one_stop",
    "sms_sent",
)

view = state.current()
made = faces.faces(view, list(MAIN.values()))
found = data.measured(view, ["patrol_closed", "channel_on_time"])

st.title(faces.headline(view, list(found.values()), "网格运行"), anchor=False)
cards.rows({name: [made[metric]] for name, metric in MAIN.items()}, across=5)
missing.no_source(view, "tallies", "areas", "coverage")

left, right = st.columns(2, gap="large")
with left:
    panels.trend(view, "patrol_closed")
    panels.breakdown(view, "channel_received", "system")
with right:
    panels.trend(view, "channel_on_time")
    panels.figures(view, "mechanisms", "各项机制本期的数", MECHANISMS)

levels = [level for level in ("community", "grid") if level in view.scope.narrower]
for level in levels[:1]:
    panels.places(view, GROUND, level, judged="grid_party_group", on_click=state.go)
    left, right = st.columns(2, gap="large")
    with left:
        panels.differences(view, "diary_handled", level, on_click=state.go)
    with right:
        panels.breakdown(view, "diary_records", level)
panels.trend(view, "diary_records")
