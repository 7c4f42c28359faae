"""简报导出: the outline to tick, the sentences to edit, the files to take away."""

from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import streamlit as st

from metrics.errors import BadPeriod
from metrics.notebook import Unwritable
from metrics.roles import LABELS, Role
from reports import edits, handed
from reports.errors import ReportError
from reports.model import Report
from reports.monthly import monthly as build
from reports.parts import Blank, Edit, Paragraph, Sentence, Table
from reports.writers import WRITERS
from ui import data, printed
from ui.state import View
from ui.words import literal

LONGEST = 1000
MISSED = "briefing-missed"
NAMES = {"docx": "文档", "pptx": "幻灯片", "xlsx": "表格", "pdf": "版式文件"}


def of(view: View) -> Report | None:
    """The report of the view, without edits; None for a period that no report is made of."""
    key = ("report", view.period.code, view.scope)
    try:
        waiting = st.spinner("正在按口径计算", show_time=True)
        with nullcontext() if data.known(view, key) else waiting:
            return data.derived(view, key, lambda: build(view.snapshot, view.period, view.scope))
    except BadPeriod:
        return None


def edited(report: Report) -> Mapping[str, Edit]:
    """What people wrote in place of sentences; none where the notebook cannot be read, and that is told."""
    try:
        return edits.of(report)
    except Unwritable as problem:
        st.warning(f"读不出修改过的句子,下面都是原句。{problem}", icon=":material/warning:")
        return {}


def outline(report: Report) -> Collection[str]:
    """The chapters to tick; returns the keys of all sections that are wanted."""
    st.header("章节", anchor=False)
    headings = {section.key: section.heading for section in report.sections}
    wanted: list[str] = []
    for chapter, keys in report.chapters.items():
        if st.checkbox(headings[chapter], value=True, key=f"chapter-{chapter}"):
            wanted += keys
    return wanted


def sections(report: Report) -> None:
    if not report.sections:
        st.info("没有勾选任何章节。", icon=":material/info:")
        return
    captions = report.captions
    for number, section in report.numbered():
        (st.header if section.level == 1 else st.subheader)(
            f"{number}{section.heading}", anchor=False
        )
        for part in section.parts:
            if isinstance(part, Paragraph):
                for sentence in part.sentences:
                    _sentence(report, sentence)
            elif isinstance(part, Blank):
                st.caption(f"({part.prompt})")
            elif isinstance(part, Table):
                printed.table(part, captions[part.key])
            else:
                printed.chart(part, captions[part.key])
    printed.annex(report)


def _sentence(report: Report, sentence: Sentence) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="top", wrap=False):
        with st.container(gap="xsmall", width="stretch"):
            st.markdown(literal(sentence.text))
            for sign in signs(sentence):
                st.caption(sign)
        if st.button("修改", key=f"edit-{sentence.key}", type="tertiary"):
            _editor(report, sentence)


def signs(sentence: Sentence) -> list[str]:
    """What a reader of an edited sentence must know."""
    said = ["✎ 已修改"] if sentence.edit else []
    if sentence.outdated:
        said.append(f"▲ 修改之后数字变了,请核对。现在的原句:{literal(sentence.generated)}")
    if sentence.unfounded:
        said.append(f"▲ 原句里没有这些数字,没有口径可查:{'、'.join(sentence.unfounded)}")
    return said


@st.dialog("修改这句话", width="large")
def _editor(report: Report, sentence: Sentence) -> None:
    text = st.text_area(
        "改为", sentence.text, key=f"text-{sentence.key}", max_chars=LONGEST, height=160
    )
    st.caption(f"原句:{literal(sentence.generated)}")
    with st.container(horizontal=True):
        if st.button("保存"):
            _do(lambda: edits.keep(report, sentence, text))
        if sentence.edit and st.button("恢复原句"):
            _do(lambda: edits.forget(report, sentence.key))


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except Unwritable as problem:
        st.error(str(problem))
        return
    st.rerun()


def files(report: Report, role: Role) -> None:
    """One press makes all of them, with their progress; a press more takes one away."""
    st.header("文件", anchor=False)
    red_head = st.text_input("红头文字", placeholder="不印红头就留空", key="red-head", max_chars=30)
    signed = st.date_input(
        "成文日期", date.today(), key="signed", help="文件落款的日期,与数据截至日期无关。"
    )
    report = replace(report, red_head=red_head.strip(), signed=signed or date.today())
    if st.button("生成文件", icon=":material/build:", disabled=not report.sections):
        st.session_state["briefing"] = report, _written(report)
    made, found = st.session_state.get("briefing", (None, {}))
    if made != report:
        return
    for suffix, content in found.items():
        name = f"{report.file_name}.{suffix}"
        st.download_button(
            f"下载{NAMES.get(suffix, '')} {suffix}",
            content,
            name,
            key=f"file-{suffix}",
            on_click=take,
            args=(report, name, role),
            icon=":material/download:",
        )
    if missed := st.session_state.pop(MISSED, ""):
        st.warning(missed, icon=":material/warning:")


def take(report: Report, name: str, role: Role) -> None:
    """The browser has the file by now; the page says where no line could be kept of it."""
    st.session_state[MISSED] = handed.note(report, name, LABELS[role])


def history() -> None:
    """The last files taken away, by anyone at this address."""
    try:
        found = handed.latest()
    except Unwritable as problem:
        st.caption(f"读不出下载记录:{problem}")
        return
    if not found:
        return
    with st.expander("最近的下载"):
        for each in found:
            st.caption(f"{each.at} · {each.role} · {literal(each.file)} · `{each.snapshot}`")


def _written(report: Report) -> dict[str, bytes]:
    """Whatever could be written; what could not is told, and takes no other with it."""
    found: dict[str, bytes] = {}
    bar = st.progress(0.0, "开始")
    for at, (suffix, write) in enumerate(WRITERS.items()):
        bar.progress(at / len(WRITERS), f"正在生成{NAMES.get(suffix, '')} {suffix}")
        try:
            found[suffix] = write(report)
        except ReportError as problem:
            st.error(f"{suffix}:{problem}")
    bar.empty()
    return found
