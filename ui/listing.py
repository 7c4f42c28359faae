"""Tables of words, drawn whole: no scrolling, no sorting, links and badges in their cells."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st


def draw(rows: Sequence[Mapping[str, str | int]], *, alt: str, header: bool = True) -> None:
    """`rows` are headers to markdown. They go as Arrow: by way of pandas a small table takes ten times as long."""
    st.table(
        pa.Table.from_pylist([dict(row) for row in rows]),
        border="horizontal",
        hide_index=True,
        hide_header=not header,
        alt=alt,
    )
