"""Why does a published bulletin say another number than we do, and which definition gives theirs?"""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from etl.errors import EtlError
from etl.read import read_file
from metrics.reconcile import (
    NothingToRead,
    build,
    compare_with_ours,
    detect,
    examine,
    examine_text,
    heading_score,
    read_text,
    worst_first,
)
from metrics.reconcile.sample import example
from ui import state, trial
from ui.panels import beside
from ui.panels import reconcile as panels

ENDINGS = ["csv", "tsv", "txt", "xls", "xlsx", "xlsm", "et"]
TEXT = "bulletin"


class Headings:
    """A bulletin's headers are in no catalogue of sources."""

    score = staticmethod(heading_score)


def tables(upload):
    """Uploads touch the disk only for the length of this call."""
    with TemporaryDirectory(prefix="governance-") as folder:
        path = trial.keep(upload, Path(folder, "bulletin"))
        return [sheet_of(table) for table in read_file(path, Headings())]


def sheet_of(table):
    rows = {}
    for batch in table.batches():
        numbers, *columns = (column.to_pylist() for column in batch.columns)
        rows.update(zip(numbers, zip(*columns, strict=True), strict=True))
    rows.update(table.totals)
    return build(table.headers, [rows[at] for at in sorted(rows)], table.titles)


def ask(view):
    """What the reader hands in: tables and paragraphs, or nothing yet."""

    def show_example():
        st.session_state[TEXT] = example(view.snapshot, view.period, view.scope)

    def clear():
        st.session_state[TEXT] = ""

    left, right = st.columns([1.9, 1], gap="large")
    text = left.text_area(
        "粘贴通报里的表格或文字",
        key=TEXT,
        height=180,
        placeholder="在WPS表格或网页里选中表格(带表头和合计行)复制,粘贴到这里;也可以连同文字一起粘贴",
    )
    upload = right.file_uploader("或上传表格文件", ENDINGS, help="读完即删,不保存。")
    with left.container(horizontal=True):
        st.button("看一个例子", on_click=show_example, icon=":material/lightbulb:")
        st.button("清空", on_click=clear, disabled=not text, icon=":material/delete:")
    sheets = tables(upload) if upload else []
    paragraphs = ()
    if text.strip():
        pasted = read_text(text)
        sheets += pasted.sheets
        paragraphs = pasted.paragraphs
    # Not in the headers: a column may well be of another month.
    named = [upload.name] if upload else []
    named += [*(title for sheet in sheets for title in sheet.titles), *paragraphs]
    return sheets, paragraphs, detect(" ".join(named), view.snapshot.as_of)


def offer_period(view, found):
    """The comparison uses the page's period; a bulletin of another one says so."""
    if found is None or found.code == view.period.code:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"通报写的是**{found.label}**,页面现在是**{view.period.label}**。", width="content"
        )
        st.button(
            f"改用{found.label}",
            on_click=state.choose,
            args=(state.PERIOD, found.code),
            type="primary",
        )


view = state.current()
answer = st.empty()
answer.title("粘贴一张通报,看每个数是怎么算出来的", anchor=False)
caption = st.empty()
caption.caption("先查表里的数互相对不对得上,再和我们的数比。粘贴和上传的内容不保存。")
try:
    sheets, paragraphs, found_period = ask(view)
except (NothingToRead, EtlError) as problem:
    st.error(str(problem), icon=":material/error:")
    st.stop()
if not sheets and not paragraphs:
    st.info(
        "还没有要核对的内容。可以粘贴:单位×数量和比率的表格(如各单位受理数、办结数、办结率);"
        "“名称、数值”两列的收支数(接收、结转、办结、未办结);或通报里的一段文字。",
        icon=":material/info:",
    )
    st.caption(panels.ready(view))
    st.stop()
offer_period(view, found_period)
examined = [examine(panels.recognised(sheet, at)) for at, sheet in enumerate(sheets)]
told = worst_first([*(f for one in examined for f in one.findings), *examine_text(paragraphs)])
answer.title(panels.headline(told), anchor=False)
panels.findings(told)
for at, one in enumerate(examined):
    beside.compared(
        view,
        one.sheet,
        compare_with_ours(one.sheet, view.period, view.scope, view.snapshot, view.role),
        at,
    )
    panels.recomputed(one, at)
