"""The floor for a page: plain Streamlit drawing the same from constants, one set per period.

Plain means as anyone would write it who has all texts, tables and figures at hand: each call of
benchmarks/recording.py once, in its block, figures as dicts and tables as Arrow, made before the first run.
Streamlit checks every property of a figure, because it does so by default; our pages spare it that.
What only the application has, and pays for, is missing here: the menu, the address, the roles, the
middleware, texts that are worded and figures that are coloured anew on each run, callbacks.
"""

import os
import pickle
from pathlib import Path

import pyarrow as pa
import streamlit as st

KEYED = {
    "button", "checkbox", "dataframe", "date_input", "file_uploader", "multiselect", "number_input", "plotly_chart",
    "radio", "segmented_control", "select_slider", "selectbox", "text_area", "text_input", "toggle",
}  # fmt: skip


@st.cache_resource
def recorded() -> dict[str, list]:
    periods = pickle.loads(Path(os.environ["RECORDED_PAGE"]).read_bytes())
    for calls in periods.values():
        for call in calls:
            if "data" in call.arguments:
                call.arguments["data"] = pa.ipc.open_stream(call.arguments["data"]).read_all()
    return periods


periods = recorded()
st.set_page_config(layout="wide")
places = {(0,): st, (1,): st.sidebar}
for n, call in enumerate(periods[st.query_params.get("period", next(iter(periods)))]):
    if call.inside not in places:  # the menu, a toast
        continue
    key = {"key": f"e{n}"} if call.name in KEYED else {}
    made = getattr(places[call.inside], call.name)(**call.arguments, **key)
    if call.name == "columns":
        places |= {(*call.at, i): column for i, column in enumerate(made)}
    else:
        places[call.at] = made
