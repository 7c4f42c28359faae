"""Are the estates neighbourly: an activity every month, groups of their own, services within reach?"""

import streamlit as st

from ui import cards, data, faces, history, missing, panels, state

# One metric of each kind of estate.
KINDS = {
    "近邻": "activity_monthly_compliance",
    "聚邻": "estate_party_group",
    "便邻": "service_on_time",
    "惠邻": "center_visits",
    "乐邻": "activity_satisfied",
}
FACILITIES = ("canteen_meals", "daycare_visits", "noon_care_visits", "group_orders", "stages")
NEIGHBOURS = (
    "home_chats",
    "building_leaders",
    "volunteer_teams",
    "volunteer_hours",
    "party_double_report",
    "leader_visits",
)

view = state.current()
made = faces.faces(view, list(KINDS.values()))
found = data.measured(view, ["activity_sessions", "activity_monthly_compliance"])

st.title(faces.headline(view, list(found.values()), "小区活动"), anchor=False)
cards.rows({name: [made[metric]] for name, metric in KINDS.items()}, across=5)
missing.no_source(view, "activities", "tallies")

if "community" in view.scope.narrower:
    panels.cells(
        view,
        "activity_sessions",
        "community",
        "month",
        period=history.year(view),
        title=panels.idle_months,
        empty=True,
        notes=["斜线为当月没有任何活动。次数含坝坝会、联席会和服务队到社区的活动。"],
    )
left, right = st.columns(2, gap="large")
with left:
    panels.of_systems(
        view,
        "activity_sessions",
        "xiaoqu",
        subject="小区活动",
    )
    panels.figures(view, "facilities", "便民设施本期的服务", FACILITIES)
with right:
    panels.breakdown(view, "service_handled", "system")
    panels.figures(view, "neighbours", "邻里力量", NEIGHBOURS)

panels.trend(view, "activity_topics_closed")
if "community" in view.scope.narrower:
    left, right = st.columns(2, gap="large")
    with left:
        panels.differences(view, "activity_topics_closed", "community", on_click=state.go)
    with right:
        panels.differences(view, "service_on_time", "community", on_click=state.go)
panels.reported(
    view,
    (
        "activities",
        "bababui_meetings",
        "joint_meetings",
        "daycare_centers",
        "elder_schools",
        "canteens",
        "study_centers",
        "property_pilots",
        "property_pilot_households",
    ),
    title="上报数:五邻小区",
)
