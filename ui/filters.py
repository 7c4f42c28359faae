"""Filters of one page: a select per dimension, bound to the address; a click on a bar sets them too."""

from collections.abc import Callable, Sequence

import streamlit as st

from metrics import Period
from metrics.labels import LABELLED
from metrics.period import DAY
from ui import data
from ui.state import View

ALL = "全部"


def draw(
    view: View, metric: str, dimensions: Sequence[str], grains: Sequence[str] = ()
) -> tuple[dict[str, str], str]:
    """What measure() is asked to keep, and the grain of the trend. A choice is a word that the reader
    sees, also in the address."""
    chosen, grain = {}, None
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        for dimension in dimensions:
            word = st.selectbox(
                LABELLED[dimension],
                [ALL, *words(view, metric, dimension)],
                key=dimension,
                bind="query-params",
                width=170,
            )
            if word and word != ALL:
                chosen[dimension] = word
        if grains:
            grain = st.segmented_control(
                "走势粒度",
                grains,
                default=grains[0],
                key="grain",
                bind="query-params",
                required=True,
            )
        st.button(
            "清除筛选", type="tertiary", on_click=clear, args=(dimensions,), disabled=not chosen
        )
    return chosen, grain or ""


def words(view: View, metric: str, dimension: str) -> list[str]:
    """Every value that the whole of the data knows, so that a link keeps its filter in any period."""
    ever = Period.between(view.first_day, view.snapshot.as_of + DAY, view.snapshot.as_of)
    rows = data.measured(view, [metric], period=ever, by=(dimension,))[metric].rows
    return list(dict.fromkeys(row.label for row in rows if row.group[0] is not None))


def toggle(dimension: str, labels: dict[str, str]) -> Callable[[str], None]:
    """For a chart's click: take the bar that was clicked; clicking it again lets go."""

    def clicked(code: str) -> None:
        word = labels.get(code)
        if word is not None:
            now = st.session_state.get(dimension)
            st.session_state[dimension] = ALL if now == word else word

    return clicked


def clear(dimensions: Sequence[str]) -> None:
    for dimension in dimensions:
        st.session_state[dimension] = ALL
