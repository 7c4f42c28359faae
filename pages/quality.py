"""Can the numbers be trusted: what is late, what was refused, what was not understood, what looks odd?"""

import streamlit as st

from metrics.quality import quality
from ui import reliability, state
from ui.panels import closures, freshness, lineage, silence
from ui.panels import quality as panels

view = state.current()
found = quality(view.snapshot)

st.title(reliability.headline(found), anchor=False)
if not found.accounts:
    reliability.nothing_loaded()
    st.stop()
st.caption(reliability.REACH)

freshness.freshness(view, found)
panels.rows_in(view, found)

left, right = st.columns(2, gap="large")
with left:
    panels.rejects(view, found)
with right:
    panels.unmapped(view, found)
    panels.doubts(view, found)

panels.completeness(view, found)
closures.table(view)
silence.table(view, brief=True)
lineage.table(view)
