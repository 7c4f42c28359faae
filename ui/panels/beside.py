"""Theirs beside ours as drawn: which of our definitions reproduces each printed column, and every number."""

from collections.abc import Sequence

import streamlit as st

from metrics.definitions import cards
from metrics.reconcile import Compared, Match, Printed, Sheet
from metrics.reconcile.figures import printed as as_printed
from metrics.words import number
from ui import panel
from ui.downloads import Cell, Column
from ui.downloads import Sheet as Written
from ui.links import address
from ui.panel import Panel
from ui.panels.reconcile import HOW
from ui.state import View
from ui.words import literal


def compared(view: View, sheet: Sheet, found: Compared | None, at: int) -> None:
    st.header("与我们的数比", anchor=False)
    if found is None:
        st.info(_unknown_names(view, sheet), icon=":material/info:")
        return
    if found.dimension:
        st.caption(
            f"{number(len(found.known))}个名称对应到我们的“{found.dimension}”;试了{number(found.tried)}种算法"
            "(各指标及其分子分母,本期、上一期和下一期,期末和现在两个读取日)。"
        )
    if found.unknown:
        names = "、".join(literal(name) for name in found.unknown[:12])
        more = f"等{len(found.unknown)}个" if len(found.unknown) > 12 else ""
        st.caption(f"我们的数据里没有这些名称,未参加比对:{names}{more}。")
    for name, matches in found.matches.items():
        if matches:
            st.markdown(_sentence(view, name, matches, found) + _total(view, name, found))
    _side_by_side(view, sheet, found, at)


def _unknown_names(view: View, sheet: Sheet) -> str:
    names = "、".join(literal(name) for name in sheet.names[:3])
    return (
        f"我们{view.period.label}的数据里,没有哪个维度(社区、承办单位、渠道、类别等)认得表中大部分名称"
        f"(例如{names}),所以只做了表内核对。名称写法不同时,可以先在表里改成我们的叫法再粘贴。"
    )


def _sentence(view: View, name: str, matches: Sequence[Match], found: Compared) -> str:
    best = matches[0]
    rows = len(best.matched)
    link = f"[口径]({address(view, 'definitions', metric=best.ours.metric)})"
    lead, words = f"**{literal(name)}**:", f"{literal(best.words)}{_when(view, best)}({link})"
    if best.claims:
        return f"{lead}{rows}/{rows}行与我们的{words}一致。{best.evidence.words}。" + _rivals(
            view, matches
        )
    if best.rows == rows:
        said = f"{lead}{rows}/{rows}行与我们的{words}相符,但{best.evidence.words},不能认定。"
        return said + _rivals(view, matches)
    if best.credible:
        apart = [
            each
            for each in found.printed
            if each.column == name and not each.agrees and not each.total
        ]
        others = "、".join(
            f"{literal(each.name)}(通报{as_printed(each.theirs, each.digits, each.unit)},"
            f"我们{'—' if each.ours is None else as_printed(each.ours, each.digits, each.unit)})"
            for each in apart[:4]
        )
        said = f"{lead}{best.rows}/{rows}行与我们的{words}一致,不同的是{others}。{best.evidence.words}。"
        return said + _rivals(view, matches)
    if not best.rows:
        return f"{lead}没有一种算法能还原任何一行;数值最接近的是我们的{words}。"
    said = (
        f"{lead}没有一种算法能还原全部{rows}行;最接近的是我们的{words},{best.rows}/{rows}行一致。"
    )
    return said + _rivals(view, matches)


def _total(view: View, name: str, found: Compared) -> str:
    """The totals row, where it is not our whole: units that are not listed may be the difference."""
    said = [
        f"{literal(each.name)}行通报{as_printed(each.theirs, each.digits, each.unit)},"
        f"我们{as_printed(each.ours, each.digits, each.unit)}"
        for each in found.printed
        if each.column == name and each.total and not each.agrees and each.ours is not None
    ]
    whole = f"我们的是{view.scope.label(view.snapshot)}全部,含表中没有列出的"
    return f"  \n**{';'.join(said)}**({whole})。" if said else ""


def _when(view: View, match: Match) -> str:
    """Said only where it is not what the page shows."""
    ours = match.ours
    said = [] if ours.period.code == view.period.code else [ours.period.label]
    if ours.as_of != view.snapshot.as_of:
        said.append(f"当时截至{ours.as_of.year}年{ours.as_of.month}月{ours.as_of.day}日")
    return f"({','.join(said)})" if said else ""


def _rivals(view: View, matches: Sequence[Match]) -> str:
    best, rest = matches[0], matches[1:]
    equal = [each for each in rest if each.rows == best.rows]
    fewer = [each for each in rest if each.rows and each.rows < best.rows]
    lines = []
    if equal and best.rows:
        names = "、".join(literal(each.words) + _when(view, each) for each in equal)
        lines.append(f"同样{best.rows}行一致、这张表上分不开的:{names}。")
    if fewer:
        names = "、".join(
            f"{literal(each.words)}{_when(view, each)} {each.rows}行" for each in fewer
        )
        lines.append(f"其次:{names}。")
    return f"  \n:gray[:small[{''.join(lines)}]]" if lines else ""


def _side_by_side(view: View, sheet: Sheet, found: Compared, at: int) -> None:
    agreeing = sum(each.agrees for each in found.printed)
    made = Panel(
        name=f"reconcile-ours-{at}",
        title=f"通报与我们的数:{number(len(found.printed))}个数中{number(agreeing)}个一致",
        subtitle=f"{sheet.name_column} · {view.period.label} · {view.scope.label(view.snapshot)}"
        " · 每列用最接近的算法 · 不一致的在前",
        sheet=lambda: _beside(sheet, found, whole=True),
        definition=HOW,
    )
    panel.header(made, faces=())
    panel.table(_beside(sheet, found), alt=made.title)
    panel.footer(made)


def _beside(sheet: Sheet, found: Compared, *, whole: bool = False) -> Written:
    """`whole` is for the download: with the card and the period of every number."""
    rows: list[list[Cell]] = []
    for each in sorted(found.printed, key=lambda one: one.agrees):
        told = [
            each.name,
            each.column,
            as_printed(each.theirs, each.digits, each.unit),
            "—" if each.ours is None else as_printed(each.ours, each.digits, each.unit),
            _difference(each),
            each.definition,
        ]
        more = [f"{each.metric}@{cards()[each.metric].version}", each.when] if whole else []
        rows.append([*told, *more])
    headers = ["列", "通报", "我们", "差", "我们的算法", *(["口径", "期间"] if whole else [])]
    return Written([Column(sheet.name_column), *map(Column, headers)], rows, HOW)


def _difference(each: Printed) -> str:
    if each.difference is None:
        return "—"
    return (
        "一致" if each.agrees else f"{each.difference:+.{each.digits}f}{each.unit and '个百分点'}"
    )
