"""Of what should be handled, what was closed, what was confirmed, and what is still waiting?"""

import streamlit as st

from ui import cards, data, faces, filters, headlines, missing, panels, state

COUNT, ON_TIME, OPEN = "case_count", "case_on_time_due", "case_open"
CARDS = (COUNT, ON_TIME, "case_resolution", OPEN)
# Only disputes are reconciled; of other kinds the rate of closing is asked.
OTHERS = (COUNT, ON_TIME, "case_closure_due", OPEN)
DISPUTE = "矛盾纠纷"
AGAIN = "复诉:办结之后90天内,同一地点、文字相近的热线工单或新案件;没有写明地点和事由的无从追踪。"

view = state.current()
answer = st.container()
where, _ = filters.draw(view, COUNT, ("kind", "origin", "category", "unit"))
found = data.measured(view, (COUNT, ON_TIME), where=where)
shown = CARDS if where.get("kind", DISPUTE) == DISPUTE else OTHERS
told = headlines.shown(view, (COUNT, ON_TIME), where)
answer.title(faces.headline(view, told, "案件", "、".join(where.values())), anchor=False)
cards.rows(headlines.cards(view, {"": shown}, where))
missing.no_source(view, "cases")
if found[COUNT].total.value is None:
    st.stop()

panels.evidence(view, "cases", note=AGAIN, where=where)
panels.sampling(view, shown[2], where)

left, right = st.columns(2, gap="large")
with left:
    panels.backlog(view, OPEN, where=where)
    panels.breakdown(view, OPEN, "due_state", where=where)
with right:
    panels.closing(view, "cases", thing="案件", where=where)

left, right = st.columns(2, gap="large")
with left:
    inside = "category" if "kind" in where else "kind"
    panels.breakdown(
        view,
        COUNT,
        inside,
        where=where,
        on_click=lambda labels: filters.toggle(inside, labels),
    )
    if where.get("kind", DISPUTE) == DISPUTE:
        panels.breakdown(view, COUNT, "result", where={**where, "kind": DISPUTE})
with right:
    panels.breakdown(
        view,
        COUNT,
        "origin",
        where=where,
        chosen=where.get("origin"),
        on_click=lambda labels: filters.toggle("origin", labels),
    )

if "community" in view.scope.narrower:
    left, right = st.columns(2, gap="large")
    with left:
        panels.differences(view, ON_TIME, "community", where=where, on_click=state.go)
    with right:
        panels.breakdown(view, COUNT, "community", where=where)
panels.trend(view, COUNT, where=where)
