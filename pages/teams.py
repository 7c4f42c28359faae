"""What did each of the five service teams do, whom did it reach, where not, and what came of it?"""

import streamlit as st

from ui import data, faces, missing, panels, state
from ui.panels.effect import effects
from ui.panels.teams import days, side_by_side

SESSIONS = "team_sessions"
OUTCOMES = {
    "yian": "team_hazards_fixed",
    "yiqi": "team_problems_solved",
    "yiye": "team_jobs_placed",
    "yilao": "team_elders_followed",
    "yikang": "team_home_visits",
}
ALL = "五队"

view = state.current()
found = data.measured(view, [SESSIONS])
st.title(faces.headline(view, [found[SESSIONS]], "服务"), anchor=False)
st.caption("产出看场次和人次,覆盖看人数和社区,成效看各队自己的成果;人次不是人数,两者不相除。")
side_by_side(view, OUTCOMES)
missing.no_source(view, "activities")

names = view.snapshot.labels("team", "activities")
if "community" in view.scope.narrower:
    panels.cells(
        view,
        SESSIONS,
        "team",
        "community",
        title=panels.not_served,
        empty=True,
        notes=["斜线为本期没有到过的社区。没有登记社区的场次不在表中。"],
    )

team = st.segmented_control(
    "看哪一队", [ALL, *names.values()], default=ALL, key="team", bind="query-params", required=True
)
where = {"team": team} if team and team != ALL else {}
days(view, SESSIONS, where=where)
left, right = st.columns(2, gap="large")
with left:
    panels.breakdown(view, SESSIONS, "system", where=where)
with right:
    panels.trend(view, SESSIONS, where=where)
    panels.trend(view, "activity_satisfied", where=where)
effects(view, tuple(OUTCOMES))
