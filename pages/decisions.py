"""What did the last meetings decide, and did it work?"""

import streamlit as st

from metrics import notebook
from reports.decisions import decisions, history
from reports.followup import last_time, track
from ui import agenda, listing, panels, state
from ui.panels.followup import edits, line
from ui.words import literal

CLOSED = "看已办完和已取消的"

view = state.current()
try:
    found = last_time(view.snapshot, role=view.role)
    closed = [each for each in decisions() if each.state != "open"]
except notebook.Unwritable as problem:
    st.title("议定事项打不开", anchor=False)
    st.error(str(problem))
    st.stop()

st.title(found.sentence, anchor=False)
if not (found.tracks or closed):
    st.info(
        "还没有议定事项。会上定下一件事时,在任何一张图的“口径与下载”里点“就这项指标议定事项”,或在下面记:"
        "谁、到什么时候、哪个指标要怎么变。下次开会,这里说它变没变。",
        icon=":material/info:",
    )
agenda.add(view)

shown = list(found.tracks)
if closed and st.toggle(CLOSED, key="closed", bind="query-params"):
    shown = [*shown, *(track(each, view.snapshot, role=view.role) for each in closed)]
for each in shown:
    made = each.decision
    with st.container(border=True, key=f"decision-box-{made.number}"):
        st.header(f"第{made.number}项 {literal(made.text)}", anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(line(view, each), width="stretch")
            agenda.change(each)
        st.markdown(f"**{each.judged.words}**:{each.judged.because}")
        if each.path is None:
            st.caption(agenda.aim(each))
        panels.followup(view, each)
        if len(past := history(made.number)) > 1:
            with st.expander("修改记录"):
                listing.draw(edits(past), alt="修改记录")

st.header("开会用的快照", anchor=False)
agenda.snapshots(view)
