"""The frame around every page: the menu, and what is drawn once for all of them."""

import streamlit as st

from metrics import NoSnapshot
from ui import brand, menu, missing, palette, scopebar, shell, state
from ui.stage import show

st.set_page_config(
    page_title=shell.TITLE,
    page_icon=str(shell.ICON),
    layout="wide",
    initial_sidebar_state=208,
)

slide = show.asked()
page = st.navigation(
    menu.sections(), position="sidebar" if slide is None else "hidden", expanded=True
)

palette.choose()
if slide is not None and page.url_path == menu.MEETING:
    show.show(slide)
    st.stop()
try:
    view = state.open_view()
except NoSnapshot as reason:
    brand.draw(None)
    page.run() if page.url_path == menu.INTAKE else missing.no_snapshot(reason)
else:
    brand.draw(view.snapshot)
    scopebar.draw(view, page.url_path, page.title)
    page.run()
