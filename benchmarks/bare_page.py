"""The floor for a page: plain Streamlit drawing recorded elements from constants, one set per period."""

import json
import os
import pickle
from pathlib import Path

import pyarrow as pa
import streamlit as st


@st.cache_resource
def recorded() -> dict[str, list[tuple[str, dict]]]:
    return pickle.loads(Path(os.environ["RECORDED_PAGE"]).read_bytes())


periods = recorded()
st.set_page_config(layout="wide")
code = st.query_params.get("period", next(iter(periods)))
for n, (kind, part) in enumerate(periods[code]):
    match kind:
        case "plotly_chart":
            st.plotly_chart(
                json.loads(part["spec"]), config=json.loads(part["config"]), key=f"e{n}"
            )
        case "dataframe":
            st.dataframe(pa.ipc.open_stream(part["data"]).read_all(), key=f"e{n}")
        case "table":
            st.table(pa.ipc.open_stream(part["data"]).read_all())
        case "metric":
            st.metric(part["label"], part["body"], part["delta"] or None)
        case "heading":
            st.header(part["body"])
        case "button":
            st.button(part["label"] or "·", key=f"e{n}")
        case _:
            st.markdown(part["body"])
