"""Matters that came in more than once: which, how large, and why their records belong together."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from metrics import notebook
from metrics.repeats import LABELS, METHOD, Kind, Link, Matter, Record, links, matters, records
from metrics.verdicts import Verdict, given, pending, say, take_back
from metrics.words import number
from ui import data, missing, panel
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.panels.compare import breakdown
from ui.panels.time import trend
from ui.recompute import WHERE
from ui.state import View
from ui.words import literal

COUNTS: dict[Kind, tuple[str, str]] = {
    "many_callers": ("shared_matters", "shared_records"),
    "one_caller": ("alone_matters", "alone_records"),
}
SHOWN = 12  # records and links of a matter
# Pixels of an example: one caller's reason fits beside it, the longer one stands below.
WIDEST: dict[Kind, int] = {"many_callers": 420, "one_caller": 295}
WAITS = f"有更正待生效。{WHERE}"
ONLY = "只有分析员可以确认或拆分,请在右上角换身份。"


def repeats(view: View, kind: Kind) -> None:
    """The matters last raised in the period, then one of them opened, then how many there are."""
    found = data.derived(
        view,
        ("matters", kind, view.period.code, view.scope),
        lambda: matters(view.snapshot, kind, view.period, view.scope),
    )
    if not found:
        missing.no_rows(view, f"{LABELS[kind]}的事项")
        return
    verdicts = given()
    waiting = pending(view.snapshot, verdicts)
    if waiting:
        st.info(WAITS, icon=":material/pending_actions:")
    sheet = _sheet(view, kind, found, verdicts if waiting else ())
    shown = Panel(
        name=f"repeats-{kind}",
        title=_title(view, found),
        subtitle=f"最近一次反映在{view.period.label} · 共{number(len(found))}项",
        sheet=lambda: sheet,
        definition=METHOD[kind],
        notes=["点一行,看为什么归在一起。"],
    )
    panel.header(shown, ())
    panel.pick_row(
        sheet, key=f"pick-{kind}", alt=shown.title, widest=WIDEST[kind],
        on_click=lambda row: st.session_state.update({f"matter-{kind}": found[row].anchor}),
    )  # fmt: skip
    panel.footer(shown)
    chosen = st.session_state.get(f"matter-{kind}")
    _opened(view, next((each for each in found if each.anchor == chosen), found[0]), verdicts)
    left, right = st.columns(2, gap="large")
    with left:
        trend(view, COUNTS[kind][0])
    with right:
        breakdown(view, COUNTS[kind][1], "category")


def _title(view: View, found: Sequence[Matter]) -> str:
    most = found[0]
    what = f"{_place(view, most.community)}的{literal(most.category or '类别不明')}"
    return f"反复反映最多的是{what}:{number(most.records)}件"


def _name(view: View, community: str | None) -> str:
    area = view.snapshot.area_by_code.get(community or "")
    return area.name if area else community or "地点不明"


def _place(view: View, community: str | None) -> str:
    return literal(_name(view, community))


def _sheet(view: View, kind: Kind, found: Sequence[Matter], verdicts: Sequence[Verdict]) -> Sheet:
    columns = [
        Column("社区"), Column("类别"), Column("件数", "count"), Column("更正"), Column("人数"),
        Column("例"), Column("起止"), Column("为什么归在一起"),
    ]  # fmt: skip
    said = {(verdict.kind == "one_caller", verdict.left): verdict for verdict in verdicts}
    rows: list[list[Cell]] = [
        [
            _name(view, each.community), each.category or "不明", each.records,
            _standing(each, said.get((each.kind == "one_caller", each.anchor))), _persons(each),
            each.example, _span(each), _why(each),
        ]
        for each in found
    ]  # fmt: skip
    kept = [at for at, column in enumerate(columns) if column.header in _filled(columns, rows)]
    return Sheet(
        [columns[at] for at in kept], [[row[at] for at in kept] for row in rows], METHOD[kind]
    )


def _filled(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> set[str]:
    return {column.header for at, column in enumerate(columns) if any(row[at] for row in rows)}


def _persons(each: Matter) -> str:
    if each.kind == "one_caller":
        return "同一人"
    return "少于阈值" if each.persons is None else f"约{each.persons}人"


def _span(each: Matter) -> str:
    if each.kind == "one_caller":
        first, last = f"{each.first_day:%Y-%m}", f"{each.last_day:%Y-%m}"
        return first if first == last else f"{first} 至 {last}"
    return f"{each.first_day} 至 {each.last_day}({each.days}天)"


def _why(each: Matter) -> str:
    if each.kind == "one_caller":
        return "同一来电人、同一类别,每次相隔不超过90天"
    parts = [
        f"{each.by_place}处写明同一地点" if each.by_place else "",
        f"{each.links - (each.by_place or 0)}处在同一网格"
        if each.links > (each.by_place or 0)
        else "",
        f"{each.by_category}处类别相同" if each.by_category else "",
        f"文字相近平均{each.alike:.2f}" if each.alike is not None else "",
    ]
    return f"{each.links}处关联:" + "、".join(filter(None, parts))


def _standing(each: Matter, verdict: Verdict | None) -> str:
    if verdict is not None:
        return f"{'确认' if verdict.same else '不是一回事'}(待生效)"
    return "已确认" if each.confirmed else ""


def _opened(view: View, each: Matter, verdicts: Sequence[Verdict]) -> None:
    """One matter: its records in their words, the links between them, and a verdict on either."""
    with st.container(border=True, key=f"matter-{each.kind}-open"):
        st.markdown(
            f"**{_place(view, each.community)} · {literal(each.category or '类别不明')} · "
            f"{number(each.records)}件**  \n:gray[{_why(each)}]"
        )
        if each.number is None:
            if each.example:
                st.caption(f"第一件:“{literal(each.example)}”")
            _asked(view, each.anchor, [Verdict.of_chain(each.anchor, same=True)], verdicts)
            return
        found = links(view.snapshot, each.number)
        names = _records(records(view.snapshot, each.number))
        pairs = [Verdict.of_pair(link.left, link.right, same=True) for link in found]
        _asked(view, each.anchor, pairs, verdicts)
        with st.expander(f"逐条看{number(len(found))}处关联"):
            for at, link in enumerate(found[:SHOWN]):
                _link(view, f"{each.number}-{at}", link, names, verdicts)
            if len(found) > SHOWN:
                st.caption(f"另有{number(len(found) - SHOWN)}处,在下载的表中同样计入。")


def _records(found: Sequence[Record]) -> dict[str, str]:
    """The records in words, by their names; the names stay when texts are not kept."""
    for each in found[:SHOWN]:
        text = f"“{literal(each.text)}”" if each.text else literal(each.category or "")
        st.caption(f"{each.at:%Y-%m-%d} {_named(each.number)} {text}")
    if len(found) > SHOWN:
        st.caption(f"另有{number(len(found) - SHOWN)}件。")
    return {each.number: f"{each.at:%m-%d} {_named(each.number)}" for each in found}


def _named(record: str) -> str:
    source, _, number_ = record.partition(":")
    return f"{'案件' if source == 'cases' else '工单'} {literal(number_)}"


def _link(
    view: View, key: str, link: Link, names: dict[str, str], verdicts: Sequence[Verdict]
) -> None:
    place = "写明同一地点" if link.same_place else "同一网格"
    category = "、类别相同" if link.same_category else ""
    after = "同一天" if not link.days else f"相隔{link.days}天"
    st.markdown(
        f"{names.get(link.left, _named(link.left))} ↔ {names.get(link.right, _named(link.right))}  \n"
        f":gray[{place}、文字相近{link.alike:.2f}{category}、{after}]"
    )
    _asked(view, key, [Verdict.of_pair(link.left, link.right, same=True)], verdicts)


def _asked(view: View, key: str, about: list[Verdict], verdicts: Sequence[Verdict]) -> None:
    """Yes, no, or what was said and its way back."""
    if not view.can_correct:
        if len(about) != 1 or about[0].kind == "one_caller":
            st.caption(ONLY)
        return
    known = {(each.kind, each.left, each.right): each for each in verdicts}
    told = [known.get((each.kind, each.left, each.right)) for each in about]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if all(told):
            words = "一回事" if all(each and each.same for each in told) else "不是一回事"
            st.markdown(f":gray-badge[已判断:{words}]", width="content")
            st.button(
                "收回", key=f"back-{key}", type="tertiary", on_click=_write, args=(about, None)
            )
            return
        st.button("确认是一回事", key=f"same-{key}", on_click=_write, args=(about, True))
        st.button("不是一回事", key=f"other-{key}", on_click=_write, args=(about, False))


def _write(about: list[Verdict], same: bool | None) -> None:
    try:
        if same is None:
            take_back(about)
        else:
            say([replace(each, same=same) for each in about])
    except notebook.Unwritable as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
