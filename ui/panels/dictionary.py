"""The office's own word list, edited by the analyst: 小区, roads, 物业, and words that say nothing."""

import streamlit as st

from metrics import notebook, vocabulary
from metrics.words import number
from ui.recompute import WHERE
from ui.state import View
from ui.words import literal

ANALYST = "analyst"
EFFECT = f"改动存在本机,重新接入数据也不会丢。{WHERE}"
MOST = 12  # proposals at a time
PROPOSED = (
    "近一年至少20件诉求说到、八成以上在同一个社区、词典里还没有的地名。加入后作为一个完整的词来数;"
    "不要的不再提出,也不作为词。"
)
NOTHING = "没有可建议的地名。"
KINDS = {"作为一个词": True, "不作为词": False}


def dictionary(view: View) -> None:
    """Only for the role that reads texts; others see what the numbers were made with in 口径."""
    if view.role != ANALYST:
        return
    try:
        words = vocabulary.local_words()
    except notebook.Unwritable as problem:
        st.error(str(problem), icon=":material/error:")
        return
    with st.expander(f"本单位词表({number(len(words))}个)", icon=":material/dictionary:"):
        st.caption(EFFECT)
        with st.form("local-word", clear_on_submit=True, border=False):
            word = st.text_input("词", max_chars=10, placeholder="如:和苑小区")
            kind = st.segmented_control(
                "怎么对待", list(KINDS), default="作为一个词", required=True
            )
            if st.form_submit_button("加入词表"):
                _save(word, KINDS[kind or "作为一个词"])
        if words:
            _remove(words)
        _propose(vocabulary.proposals(view.snapshot))


def _save(word: str, kept: bool) -> None:
    try:
        saved = vocabulary.add(word, kept=kept)
    except (ValueError, notebook.Unwritable) as problem:
        st.error(str(problem), icon=":material/error:")
        return
    st.toast(f"已加入:{literal(saved.word)}", icon=":material/check:")
    st.rerun()


def _propose(found: list[vocabulary.Proposal]) -> None:
    st.markdown("**建议加入**")
    st.caption(PROPOSED if found else NOTHING)
    for each in found[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"{literal(each.word)} · {number(each.orders)}件 · {literal(each.community)}"
            )
            if st.button("加入", key=f"propose-{each.word}", help=f"加入{each.word}"):
                _save(each.word, True)
            if st.button("不要", key=f"refuse-{each.word}", help=f"不要{each.word}"):
                _save(each.word, False)
    if len(found) > MOST:
        st.caption(f"另有{number(len(found) - MOST)}个,处理完这些再列出。")


def _remove(words: list[vocabulary.LocalWord]) -> None:
    said = {each.word: each.word if each.kept else f"{each.word}(不作为词)" for each in words}
    gone = st.multiselect("词表里的词", list(said), format_func=lambda word: said[word])
    if st.button("从词表去掉所选", disabled=not gone):
        for word in gone:
            vocabulary.remove(word)
        st.rerun()
