"""Tables of words, drawn whole: no scrolling, no sorting, links and badges in their cells."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import streamlit as st

Rows = Sequence[Mapping[str, str | int]]


def table(rows: Rows) -> pa.Table:
    """`rows` are headers to markdown. They go as Arrow: by way of pandas a small table takes ten times as long."""
    headers = rows[0] if rows else ()
    return pa.table({header: [row[header] for row in rows] for header in headers})


def draw(rows: Rows | pa.Table, *, alt: str, header: bool = True) -> None:
    """A table made before goes as it is."""
    st.table(
        rows if isinstance(rows, pa.Table) else table(rows),
        border="horizontal",
        hide_index=True,
        hide_header=not header,
        alt=alt,
    )
