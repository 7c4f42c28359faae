"""A slide on the screen, and the same slide for whoever speaks to it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from ui import palette, panel, reading
from ui.charts import describe
from ui.links import decision_address
from ui.shell import HERE, TITLE
from ui.stage.place import Place
from ui.stage.slide import Room, Slide, clauses, room, type_of
from ui.state import AREA, PERIOD, View
from ui.words import literal, unescaped

NAMED = 2  # definitions in the foot; all of them are with the notes
STYLE = HERE / "stage.css"
KEYS = "→ 空格 下一步 · ← 上一步 · F 全屏 · N 讲稿 · D 议定 · B 黑屏 · ? 按键 · Esc 返回"


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
    sentence, base = unescaped(shown.sentence), unescaped(shown.base)
    space = room(sentence, base)
    with st.container(key="stage", gap=None):
        st.html(_about(view, shown, marker(place, view, at, total, shown), remarks))
        st.html(_said(sentence, base, space))
        with st.container(key="stage-chart"):
            _body(shown, sentence, base, space, at)
        st.html(_foot(place, view, shown, at, total, since))


def _about(view: View, shown: Slide, marked: str, remarks: Sequence[str]) -> str:
    about = [view.scope.label(view.snapshot), view.period.label]
    about += ["演示数据"] if view.snapshot.demo else []
    return (
        f"<p class='stage-name' style='border-color:{palette.BRAND}' {marked}>"
        f"<b>{escape(shown.name)}</b><span>{escape(' · '.join([*about, *remarks]))}</span></p>"
    )


def _said(sentence: str, base: str, space: Room) -> str:
    said = "".join(f"<span>{escape(clause)}</span>" for clause in clauses(sentence))
    return (
        f"<h1 style='font-size:{_scaled(space.size)}'>{said}</h1>"
        f"<p class='stage-base' style='font-size:{_scaled(space.base)}'>{escape(base)}</p>"
    )


def _scaled(pixels: int) -> str:
    return f"calc({pixels}px * var(--stage, 1))"


def marker(place: Place, view: View | None, at: int, total: int, shown: Slide | None = None) -> str:
    """What the script of the page has to know: ui/shell/stage.js."""
    told = {
        "stage": place.mode,
        "step": at,
        "total": total,
        "every": place.every,
        "back": f"meeting?{back(view)}" if view else "meeting",
        "decide": _decide(shown) if shown else "",
        "keys": KEYS,
    }
    return " ".join(f"data-{name}='{escape(str(word))}'" for name, word in told.items())


def _decide(shown: Slide) -> str:
    """Where the decision about this slide is written down; the empty form for what cannot be judged."""
    found = (decision_address(each, **{PERIOD: each.period.code}) for each in shown.measured)
    return next(filter(None, found), "decisions")


def back(view: View) -> str:
    """Period and area, as every other page reads them."""
    asked = {PERIOD: view.period.code}
    return urlencode(asked | ({AREA: view.scope.code} if view.scope.code else {}))


def _body(shown: Slide, sentence: str, base: str, space: Room, at: int) -> None:
    if shown.figure is not None:
        alt = describe(sentence, base, shown.marks)
        panel.figure(f"stage-{at}", shown.figure, alt)
    elif shown.lines:
        rows = "".join(
            f"<tr><td class='stage-sign'>{escape(line.sign)}</td><th scope='row'>{escape(line.who)}</th>"
            f"<td>{escape(line.what)}</td></tr>"
            for line in shown.lines
        )
        size = type_of(shown.lines, space.chart)
        st.html(
            f"<table class='stage-lines' style='font-size:{size}px'><tbody>{rows}</tbody></table>"
        )
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
    st.markdown(f"## {shown.sentence}")
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


def trouble(place: Place, reason: Exception) -> None:
    """In place of any slide: what is wrong and what to do, and the script keeps turning."""
    st.html(STYLE)
    with st.container(key="stage", gap=None):
        st.html(
            f"<p class='stage-name' {marker(place, None, 1, 1)}><b>{TITLE}</b></p>"
            f"<h1 style='font-size:{_scaled(30)}'>没有可以汇报的数据</h1>"
            f"<p class='stage-base'>{escape(str(reason))}</p>"
        )
        todo = (
            "数据接入后,轮播会自动开始。" if place.mode == "wall" else "请回到会议汇报页重新打开。"
        )
        with st.container(key="stage-chart"):
            st.html(f"<p class='stage-instead'>{todo}</p>")
        st.html(
            "<div class='stage-foot'><span></span><a class='stage-back' href='meeting'>返回</a></div>"
        )
