"""A chart with everything that belongs to it: finding, base, table, download, definition, alt text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import streamlit as st
from plotly.basedatatypes import BaseFigure

from reports.cells import Kind
from ui.charts import CONFIG, Mark, describe
from ui.downloads import Cell, Sheet, as_csv, as_xlsx

CHART, TABLE = "图", "表"
WIDEST = 420
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Panel:
    """`name` is unique on the page and names the file. `sheet` is built when it is asked for."""

    name: str
    title: str  # the finding
    subtitle: str  # metric, base, period, n
    sheet: Callable[[], Sheet]
    definition: Sequence[str] = ()
    notes: Sequence[str] = ()  # under the chart
    remarks: Sequence[str] = ()  # with the definition: what was left out
    # metric@version of all that is drawn, with the way to its card.
    versions: Mapping[str, str] = field(default_factory=dict)
    decide: str = ""  # the way to a decision about it

    def file(self) -> Sheet:
        """The sheet as it leaves: it names its definitions, whoever made it."""
        made = self.sheet()
        return made if made.metrics else replace(made, metrics=tuple(self.versions))


def chart(
    panel: Panel,
    drawn: dict[str, Any],
    marks: Sequence[Mark],
    on_click: Callable[[str], None] | None = None,
) -> None:
    """A figure, or its table, as the reader chooses."""
    with st.container(gap="xsmall", key=f"panel-{panel.name}"):
        if header(panel) == TABLE:
            table(panel.sheet(), alt=panel.title)
        elif not marks:
            st.info("这个期间和范围内没有记录。请换一个期间或范围。", icon=":material/info:")
        else:
            figure(panel.name, drawn, describe(panel.title, panel.subtitle, marks), on_click)
        footer(panel)


def header(panel: Panel, faces: Sequence[str] = (CHART, TABLE)) -> str:
    """Title and tools; returns which face the reader has chosen."""
    face = None
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False):
        st.header(panel.title, anchor=False, width="stretch")
        if faces:
            face = st.segmented_control(
                "显示方式",
                faces,
                default=faces[0],
                required=True,
                key=f"face-{panel.name}",
                label_visibility="collapsed",
            )
        tools(panel)
    st.caption(" · ".join([panel.subtitle, *panel.versions.values()]))
    return face or CHART


def tools(panel: Panel) -> None:
    with st.popover("口径与下载", type="tertiary", key=f"tools-{panel.name}"):
        st.markdown("\n\n".join([*panel.definition, *panel.remarks]))
        with st.container(horizontal=True):
            for ending, write, mime in (("csv", as_csv, CSV), ("xlsx", as_xlsx, XLSX)):
                st.download_button(
                    f"下载 {ending}",
                    # Built on the click only.
                    lambda write=write: write(panel.file()),
                    f"{panel.name}.{ending}",
                    mime,
                    key=f"{ending}-{panel.name}",
                    on_click="ignore",
                )
        if panel.decide:
            st.markdown(panel.decide)


def footer(panel: Panel) -> None:
    if panel.notes:
        st.caption("  \n".join(panel.notes))


def table(sheet: Sheet, *, alt: str, widest: int = WIDEST) -> None:
    """`widest` bounds the columns of names, in pixels, where the numbers beside them must be seen."""
    st.dataframe(
        _arrow(sheet),
        hide_index=True,
        placeholder="—",
        alt=alt,
        column_config=_configs(sheet, widest),
    )


def pick_row(
    sheet: Sheet, *, key: str, alt: str, on_click: Callable[[int], None], widest: int = WIDEST
) -> None:
    """A table whose rows can be clicked."""
    st.dataframe(
        _arrow(sheet),
        hide_index=True,
        placeholder="—",
        alt=alt,
        key=key,
        column_config=_configs(sheet, widest),
        on_select=lambda: _picked(key, on_click),
        selection_mode="single-row",
    )


def _picked(key: str, on_click: Callable[[int], None]) -> None:
    rows = (st.session_state.get(key) or {}).get("selection", {}).get("rows", [])
    if rows:
        on_click(rows[0])


def _arrow(sheet: Sheet) -> pa.Table:
    """As Arrow: by way of pandas a small table takes ten times as long."""
    columns = [
        pa.array(
            [_shown(row[at], column.kind) for row in sheet.rows],
            pa.string() if column.kind == "text" else pa.float64(),
        )
        for at, column in enumerate(sheet.columns)
    ]
    return pa.table(columns, names=sheet.headers)


def _shown(cell: Cell, kind: Kind) -> Cell:
    """The table's own percent format prints two decimals; ours says one."""
    if kind == "text":
        return None if cell is None else str(cell)
    return cell * 100 if kind == "share" and isinstance(cell, int | float) else cell


def _configs(sheet: Sheet, widest: int = WIDEST) -> dict[str, Any]:
    forms = {"count": "localized", "share": "%.1f%%", "decimal": "%.1f"}
    return {
        column.header: st.column_config.NumberColumn(format=forms[column.kind])
        if column.kind in forms
        else st.column_config.TextColumn(width=min(widest, _pixels(sheet, at)))
        for at, column in enumerate(sheet.columns)
    }


def _pixels(sheet: Sheet, at: int) -> int:
    """Wide enough for the longest name: a cut name cannot be told from its neighbour."""
    texts = [sheet.columns[at].header, *(str(row[at] or "") for row in sheet.rows)]
    return 28 + max(sum(14 if ord(ch) > 255 else 8 for ch in text) for text in texts)


class Checked(BaseFigure):
    """A dict for plotly.js as it is. Streamlit would have plotly check every property of it, which takes
    longer than all else a chart does; the dicts are our own, and the tests check them."""

    def __init__(self, drawn: Mapping[str, Any]) -> None:
        self._drawn = drawn

    def to_dict(self) -> dict[str, Any]:
        return dict(self._drawn)


def figure(
    name: str, drawn: dict[str, Any], alt: str, on_click: Callable[[str], None] | None = None
) -> None:
    """A figure in the house's settings. `on_click` is given the key of the mark that was clicked."""
    key = f"chart-{name}"
    options: dict[str, Any] = {"theme": None, "config": CONFIG, "key": key, "alt": alt}
    if on_click is not None:
        options |= {"on_select": lambda: _clicked(key, on_click), "selection_mode": "points"}
    st.plotly_chart(Checked(drawn), **options)


def _clicked(key: str, on_click: Callable[[str], None]) -> None:
    """A redrawn figure clears its selection, which also calls back: only a point is a click."""
    points = (st.session_state.get(key) or {}).get("selection", {}).get("points", [])
    if points:
        found = points[0].get("customdata")
        on_click(str(found[0] if isinstance(found, list) else found))
