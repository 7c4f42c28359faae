"""A slide on the screen, and the same slide for whoever speaks to it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from metrics import NoSnapshot
from ui import palette, panel, reading
from ui.charts import describe
from ui.shell import HERE, TITLE
from ui.stage.place import Place
from ui.stage.slide import Slide, clauses, room
from ui.state import AREA, PERIOD, View
from ui.words import literal, unescaped

NAMED = 2  # definitions in the foot; all of them are with the notes
STYLE = HERE / "stage.css"
KEYS = "→ 空格 下一步 · ← 上一步 · F 全屏 · N 讲稿 · B 黑屏 · Esc 返回"


def slide(
    place: Place,
    view: View,
    shown: Slide,
    at: int,
    total: int,
    remarks: Sequence[str],
    since: str,
) -> None:
    """All of it stands on the stage: nothing scrolls, and the script of the page turns it. `since` says
    what newer data would say."""
    st.html(STYLE)
    sentence = unescaped(shown.sentence)
    with st.container(key="stage", gap=None):
        st.html(_head(place, view, shown, sentence, marker(place, view, at, total), remarks))
        with st.container(key="stage-chart"):
            _body(shown, sentence, at)
        st.html(_foot(place, view, shown, at, total, since))


def _head(
    place: Place, view: View, shown: Slide, sentence: str, marked: str, remarks: Sequence[str]
) -> str:
    about = [view.scope.label(view.snapshot), view.period.label]
    about += ["演示数据"] if view.snapshot.demo else []
    said = "".join(f"<span>{escape(clause)}</span>" for clause in clauses(sentence))
    return (
        f"<div class='stage-head' {marked}><p class='stage-name' style='border-color:{palette.BRAND}'>"
        f"<b>{escape(shown.name)}</b><span>{escape(' · '.join([*about, *remarks]))}</span></p>"
        f"<h1 style='font-size:calc({room(sentence).size}px * var(--stage, 1))'>{said}</h1>"
        f"<p class='stage-base'>{escape(unescaped(shown.base))}</p></div>"
    )


def marker(place: Place, view: View | None, at: int, total: int) -> str:
    """What the script of the page has to know: ui/shell/stage.js."""
    told = {
        "stage": place.mode,
        "step": at,
        "total": total,
        "every": place.every,
        "back": f"meeting?{back(view)}" if view else "meeting",
    }
    return " ".join(f"data-{name}='{escape(str(word))}'" for name, word in told.items())


def back(view: View) -> str:
    """Period and area, as every other page reads them."""
    asked = {PERIOD: view.period.code}
    return urlencode(asked | ({AREA: view.scope.code} if view.scope.code else {}))


def _body(shown: Slide, sentence: str, at: int) -> None:
    if shown.figure is not None:
        alt = describe(sentence, unescaped(shown.base), shown.marks)
        panel.figure(f"stage-{at}", shown.figure, alt)
    elif shown.lines:
        rows = "".join(
            f"<tr><td class='stage-sign'>{escape(line.sign)}</td><th scope='row'>{escape(line.who)}</th>"
            f"<td>{escape(line.what)}</td></tr>"
            for line in shown.lines
        )
        st.html(f"<table class='stage-lines'><tbody>{rows}</tbody></table>")
    else:
        st.html(f"<p class='stage-instead'>{escape(shown.instead)}</p>")


def _foot(place: Place, view: View, shown: Slide, at: int, total: int, since: str) -> str:
    as_of = view.snapshot.as_of
    more = f"等{len(shown.versions)}项" if len(shown.versions) > NAMED else ""
    trace = "、".join(shown.versions[:NAMED]) + more
    right = f"<b class='stage-count'>{at} / {total}</b>"
    if place.mode == "wall":
        right = f"<span class='stage-age' data-as-of='{as_of}'>数据截至{as_of}</span>{right}"
    else:
        right += f"<a class='stage-back' href='meeting?{escape(back(view))}'>返回</a>"
    return (
        f"<div class='stage-foot'><span class='stage-trace'>{escape(trace)} · 快照 {view.snapshot.id}"
        f"<i class='stage-moved'>{escape(since)}</i></span>"
        f"<span class='stage-right'>{right}</span></div>"
    )


def notes(place: Place, view: View, slides: Sequence[Slide], at: int, moved: Sequence[str]) -> None:
    """For the other screen: what is on show, what comes next, what the number means."""
    shown, total = slides[at - 1], len(slides)
    after = slides[at] if at < total else None
    st.html(f"<div {marker(place, view, at, total)}></div>")
    st.title(f"{at}/{total} {literal(shown.name)}", anchor=False)
    st.markdown(f"### {shown.sentence}")
    st.markdown(shown.base)
    for words in filter(None, moved):
        st.warning(words, icon=":material/update:")
    following = f"**{literal(after.name)}**:{after.sentence}" if after else "这是最后一步。"
    st.info(f"下一步 {following}", icon=":material/arrow_forward:")
    if shown.remarks:
        st.markdown("\n".join(f"- {literal(unescaped(words))}" for words in shown.remarks if words))
    if shown.lines:
        st.markdown(
            "\n".join(f"- {x.sign} {literal(x.who)}:{literal(x.what)}" for x in shown.lines)
        )
    st.header("口径", anchor=False)
    for found in shown.measured:
        st.markdown("\n\n".join(reading.definition(found.card, found.as_of)))
    st.caption(" · ".join([*shown.versions, f"快照 {view.snapshot.id}", KEYS]))


def trouble(place: Place, reason: NoSnapshot) -> None:
    """In place of any slide: what is wrong and what to do, and the script keeps turning."""
    st.html(STYLE)
    with st.container(key="stage", gap=None):
        st.html(
            f"<div class='stage-head' {marker(place, None, 1, 1)}>"
            f"<p class='stage-name'><b>{TITLE}</b></p><h1 style='font-size:calc(30px * var(--stage, 1))'>还没有可以汇报的数据</h1>"
            f"<p class='stage-base'>{escape(str(reason))}</p></div>"
        )
        todo = (
            "数据接入后,轮播会自动开始。" if place.mode == "wall" else "请回到会议汇报页重新打开。"
        )
        with st.container(key="stage-chart"):
            st.html(f"<p class='stage-instead'>{todo}</p>")
        st.html(
            "<div class='stage-foot'><span></span><a class='stage-back' href='meeting'>返回</a></div>"
        )
