"""Does the party organisation reach the grids, and what do its five undertakings show?"""

import streamlit as st

from ui import cards, data, faces, missing, panels, state

REACH = ("grid_party_group", "secretary_posts", "party_brands", "part_time_members")
LEVELS = (
    "community_count",
    "grid_count",
    "grid_party_groups",
    "grid_party_members",
    "grid_party_group",
)

view = state.current()
found = data.measured(view, ["activity_sessions"], where={"system": "干部夜校"})
reach = data.measured(view, REACH)

st.title(faces.headline(view, [reach["grid_party_group"]], "党组织"), anchor=False)
cards.rows({"": list(faces.faces(view, REACH).values())})
missing.no_source(view, "areas", "tallies", "activities")

if levels := [level for level in ("region", "community", "grid") if level in view.scope.narrower]:
    panels.places(view, LEVELS, levels[0], judged="grid_party_group", on_click=state.go)
left, right = st.columns(2, gap="large")
with left:
    panels.of_systems(
        view,
        "activity_sessions",
        "zong",
        subject="会议和培训",
    )
with right:
    panels.of_systems(
        view,
        "activity_attendances",
        "zong",
        subject="会议和培训的参与人次",
    )
left, right = st.columns(2, gap="large")
with left:
    panels.figures(
        view, "undertakings", "五个一本期的数", ("center_visits", "incubated_firms", *REACH[1:])
    )
with right:
    panels.trend(view, "activity_sessions", where={"system": "大党委会议"})
panels.reported(
    view,
    (
        "wugeyi_items",
        "org_levels",
        "da_dangwei",
        "night_school_sessions",
        "night_school_attend",
        "reserve_cadres",
        "partner_firms",
        "office_space_released",
        "party_brands",
        "zhifu_roads",
        "collective_income_gain",
        "fixed_investment",
    ),
    title="上报数:党建引领",
)
