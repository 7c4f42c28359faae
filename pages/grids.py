"""Where do things happen, and which grids really differ?"""

from dataclasses import replace

import streamlit as st

from metrics import Scope, card
from ui import atlas, cards, faces, mapcontrols, mapview, missing, panels, state
from ui.panels import lineage, silence

METRICS = (
    "hotline_per_1000",
    "hotline_volume",
    "hotline_on_time_due",
    "hotline_resolved",
    "hotline_satisfied_explicit",
    "activity_sessions",
    "coverage_visited",
    "grid_party_group",
)
BESIDE = ("hotline_volume", "hotline_on_time_due")

view = state.current()
answer = st.container()
asked = mapcontrols.controls(view, [card(metric) for metric in METRICS])
made = mapview.measure(view, asked)
if asked.level == "grid":
    made = silence.marked(made, silence.found(view))
name = mapcontrols.LEVELS[asked.level]

answer.title(atlas.finding(made, name), anchor=False)
answer.caption(mapview.subtitle(view, asked, made))

left, right = st.columns([1.6, 1], gap="large")
with left:
    mapview.draw(view, asked, made)
if asked.area is None:
    with right:
        mapview.table(made, name)
else:
    inside = replace(view, scope=Scope(asked.level, asked.area.code), period=asked.period)
    with right:
        mapview.facts(asked.area)
        shown = list(dict.fromkeys((asked.metric, *BESIDE)))[:2]
        for face in faces.faces(inside, shown).values():
            cards.draw(face, height="content")
    with left:
        panels.breakdown(inside, "hotline_volume", "category", most=6)
if asked.level == "grid":
    silence.table(view)
    lineage.compared(view, asked)
if not made.marks:
    missing.no_rows(view, "区域数据")
