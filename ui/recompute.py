"""The snapshot made anew from the records that are there, so that corrections count without a new file."""

from collections.abc import Callable

import streamlit as st

from metrics import corrections, notebook, roles
from ui import trial
from ui.state import View

Refresh = Callable[[trial.Progress], str | None]
OTHERWISE = "词表、关联和网格沿革都没有待生效的更正。"
KEPT = "不读新文件,入库的记录不变;已固定的期数仍显示当时的数。"
DONE = "已重新计算,各页从现在起显示新的数。"
UNCHANGED = "没有要重新计算的:数据、词表、关联、沿革和程序都与现在的一致。"
WHERE = "到「数据接入」点“重新计算”就生效;下次接入数据时也会生效。"


def offer(view: View, refresh: Refresh) -> None:
    """For those who may correct; the others see what their numbers were made with."""
    if view.role not in roles.CORRECTING:
        return
    st.header("重新计算", anchor=False)
    if said := st.session_state.pop("recomputed", None):
        st.success(said, icon=":material/check_circle:")
    try:
        waits = corrections.waiting(view.snapshot)
    except notebook.Unwritable as problem:
        st.error(str(problem), icon=":material/error:")
        return
    st.markdown("\n".join(f"- {each}" for each in waits) if waits else OTHERWISE)
    st.caption(KEPT)
    kind = "primary" if waits else "secondary"
    if st.button("重新计算", type=kind, icon=":material/refresh:", key="recompute"):
        made = trial.run("正在重新计算…", refresh)
        st.session_state["recomputed"] = DONE if made else UNCHANGED
        st.rerun()
