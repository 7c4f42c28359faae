"""What comes in over 12345, about what and when, and is it resolved on time?"""

from dataclasses import replace

import streamlit as st

from metrics.words import value_text
from ui import cards, data, faces, filters, headlines, missing, panels, state
from ui.panels import outlook

VOLUME, ON_TIME = "hotline_volume", "hotline_on_time_due"
SATISFIED = "hotline_satisfied_explicit"
CARDS = (VOLUME, ON_TIME, "hotline_resolved", SATISFIED)
AGAIN = (
    "复诉:同一来电人在办结之后就同一类别又来反映,表扬和无效的不算;来电人或办结时间不明的无从追踪。"
)
UNITS = (*CARDS, "hotline_rated")
FILTERS = ("nature", "channel", "category", "unit")
GRAINS = {"月": "month", "周": "week"}

view = state.current()
answer = st.container()
where, grain = filters.draw(view, VOLUME, FILTERS, tuple(GRAINS))
found = data.measured(view, UNITS, where=where)

told = headlines.shown(view, (VOLUME, ON_TIME), where)
judged = told[-1].card.id  # what units are compared by
answer.title(faces.headline(view, told, "诉求", "、".join(where.values())), anchor=False)

rated = found["hotline_rated"]
words = f"{rated.card.label}{value_text(rated.card, rated.total)}"
cards.rows(
    {
        block: [
            replace(face, base=f"{face.base} · {words}") if face.metric == SATISFIED else face
            for face in made
        ]
        for block, made in headlines.cards(view, {"": CARDS}, where).items()
    }
)
st.caption(";".join(found[VOLUME].notes))

if not found[VOLUME].total.value:
    missing.no_rows(view, "诉求")
    st.stop()

panels.trend(view, VOLUME, kind=GRAINS[grain], where=where)
panels.evidence(view, "hotline", note=AGAIN, where=where)

left, right = st.columns(2, gap="large")
with left:
    inside = "category_path" if "category" in where else "category"
    panels.breakdown(
        view,
        VOLUME,
        inside,
        where=where,
        on_click=None
        if inside != "category"
        else lambda labels: filters.toggle("category", labels),
    )
with right:
    for dimension in ("nature", "channel"):
        panels.breakdown(
            view,
            VOLUME,
            dimension,
            where=where,
            chosen=where.get(dimension),
            on_click=lambda labels, name=dimension: filters.toggle(name, labels),
        )

left, right = st.columns(2, gap="large")
with left:
    panels.rhythm(view, VOLUME, where=where)
    panels.backlog(view, "hotline_open", where=where)
with right:
    panels.closing(view, "hotline", where=where)

if levels := view.scope.narrower:
    level = "community" if "community" in levels else levels[0]
    for column, metric in zip(
        st.columns(2, gap="large"), (judged, "hotline_per_1000"), strict=True
    ):
        with column:
            panels.differences(view, metric, level, where=where, on_click=state.go)
panels.league(
    view,
    list(dict.fromkeys((*UNITS, judged))),
    "unit",
    judged=judged,
    where=where,
    on_click=lambda label: filters.toggle("unit", {label: label})(label),
)

left, right = st.columns(2, gap="large")
with left:
    outlook.expected(view, "category")
with right:
    outlook.expected(view, "community")
