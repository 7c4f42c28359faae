"""The 通报 of this month or quarter: what will stand in it, in whose words, and as which files."""

import streamlit as st

from ui import briefing, state

view = state.current()
whole = briefing.of(view)
if whole is None:
    st.title("简报按整月或整季生成", anchor=False)
    st.info(
        f"现在选的是{view.period.label}。请在上方的期间里选一个月或一个季度。",
        icon=":material/info:",
    )
    st.stop()

st.title(f"{whole.place}{whole.period.label}通报", anchor=False)
st.caption(
    f"{whole.facts}。文字由规则按数字生成,可以逐句修改;修改和原句一起保存,随时可以恢复。"
    f"{whole.notices[-1]}"
)
left, right = st.columns([1, 2], gap="large")
with left:
    chosen = briefing.outline(whole)
    report = whole.only(chosen).edited(briefing.edited(whole))
    briefing.files(report, view.role)
    briefing.history()
with right:
    briefing.sections(report)
