"""Streamlit's widgets behind our door: what a later page may use has to be Chinese already."""

from starlette.middleware import Middleware
from streamlit.starlette import App

from ui.shell.page import Shell

app = App("widgets.py", middleware=[Middleware(Shell)])
