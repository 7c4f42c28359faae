"""Which systems has the model, and what is known of each?"""

import streamlit as st

from metrics.systems import systems
from ui import outline, standing, state

view = state.current()
found = standing.standings(view, systems().values())

st.title(outline.finding(found), anchor=False)
st.caption(outline.subtitle(view))
branch, chosen, words = outline.controls(found)
looking = any((branch != outline.EVERY, chosen != outline.EVERY, words))
outline.draw(view, outline.pick(found, branch, chosen, words), opened=looking)
