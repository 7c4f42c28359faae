"""The frame around every page: the menu, and what is drawn once for all of them."""

import streamlit as st

from metrics import NoSnapshot
from ui import brand, missing, palette, scopebar, shell, state
from ui.stage import show

st.set_page_config(
    page_title=shell.TITLE,
    page_icon=str(shell.ICON),
    layout="wide",
    initial_sidebar_state=208,
)

slide = show.asked()
meeting = st.Page("meeting.py", title="会议汇报", icon=":material/co_present:")
intake = st.Page("intake.py", title="数据接入", icon=":material/upload_file:")
page = st.navigation(
    {
        "综合": [
            st.Page("overview.py", title="总览", icon=":material/dashboard:", default=True),
            st.Page("systems.py", title="体系", icon=":material/account_tree:"),
        ],
        "治理成效": [
            st.Page("resolution.py", title="矛盾化解", icon=":material/handshake:"),
            st.Page("hotline.py", title="12345热线", icon=":material/call:"),
            st.Page("topics.py", title="热点诉求", icon=":material/forum:"),
        ],
        "网格": [
            st.Page("grids.py", title="网格地图", icon=":material/grid_view:"),
            st.Page("coverage.py", title="重点群体", icon=":material/diversity_1:"),
            st.Page("nets.py", title="五网运行", icon=":material/hub:"),
        ],
        "服务": [
            st.Page("teams.py", title="五益服务队", icon=":material/groups:"),
            st.Page("estates.py", title="五邻小区", icon=":material/holiday_village:"),
            st.Page("party.py", title="党建引领", icon=":material/flag:"),
        ],
        "会议": [
            meeting,
            st.Page("briefing.py", title="简报导出", icon=":material/description:"),
            st.Page("decisions.py", title="议定事项", icon=":material/gavel:"),
        ],
        "数据": [
            intake,
            st.Page("quality.py", title="数据质量", icon=":material/fact_check:"),
            st.Page("definitions.py", title="指标口径", icon=":material/menu_book:"),
            st.Page("reconcile.py", title="对账", icon=":material/balance:"),
        ],
    },
    position="sidebar" if slide is None else "hidden",
    expanded=True,
)

palette.choose()
if slide is not None and page == meeting:
    show.show(slide)
    st.stop()
try:
    view = state.open_view()
except NoSnapshot as reason:
    brand.draw(None)
    page.run() if page == intake else missing.no_snapshot(reason)
else:
    brand.draw(view.snapshot)
    scopebar.draw(view, page.url_path, page.title)
    page.run()
