"""The page 体系: the model as an indented list, each line with its state, its numbers and where they are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import streamlit as st

from metrics import Snapshot
from metrics.records import Indicator
from metrics.result import NOT_REPORTED
from metrics.systems import System, below, systems, written_in
from metrics.words import fraction_text, number, value_text
from ui import data, listing
from ui.links import address
from ui.standing import CONNECTED, MISSING, REPORTED, STATES, Said, Standing
from ui.state import View
from ui.words import literal, unbroken

SHAPES = {CONNECTED: "●", REPORTED: "◐", MISSING: "○"}
BADGES = {state: unbroken(f"{shape} {state}") for state, shape in SHAPES.items()}
EVERY = "全部"
AROUND = "背景与协同"  # what stands beside the tree
INDENT = "\u2003"


def finding(found: Sequence[Standing]) -> str:
    counted = Counter(each.state for each in found)
    told = ",".join(f"{number(counted[state])}个{state}" for state in STATES)
    return f"体系共{number(len(found))}个系统:{told}"


def subtitle(view: View) -> str:
    place = view.scope.label(view.snapshot)
    return (
        f"{view.period.label} · {place} · 数据截至{view.snapshot.as_of} · "
        "上报数照原文,带“余”“近”的不参与计算;点系统名称打开显示它的页面"
    )


def branches() -> dict[str, set[str]]:
    """The 总 and the 强 by name, with the keys of their systems; then what belongs to none."""
    return _branches(written_in())


@cache
def _branches(file: Path) -> dict[str, set[str]]:
    tree = systems()
    roots = [key for key, system in tree.items() if system.parent is None]
    heads = [key for key, system in tree.items() if system.parent in roots]
    found = {tree[key].label: {system.key for system in below(key)} for key in heads}
    rest = tree.keys() - {roots[0]} - set().union(*found.values())
    return found | ({AROUND: rest} if rest else {})


def controls(found: Sequence[Standing]) -> tuple[str, str, str]:
    """Branch, state and words to look for; all of them in the address."""
    counted = Counter(each.state for each in found)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        branch = st.selectbox(
            "板块", [EVERY, *branches()], key="branch", bind="query-params", width=220
        )
        state = st.segmented_control(
            "状态",
            [EVERY, *STATES],
            default=EVERY,
            required=True,
            key="standing",
            bind="query-params",
            format_func=lambda word: (
                f"{SHAPES[word]} {word} {counted[word]}" if word in SHAPES else word
            ),
        )
        words = st.text_input(
            "查找", key="find", bind="query-params", placeholder="系统、指标或台账的名称", width=220
        )
    return branch or EVERY, state or EVERY, (words or "").strip()


def pick(found: Sequence[Standing], branch: str, state: str, words: str) -> list[Standing]:
    inside = branches().get(branch)
    return [
        each
        for each in found
        if (inside is None or each.system.key in inside)
        and state in (EVERY, each.state)
        and (not words or words in _text(each))
    ]


def _text(each: Standing) -> str:
    system = each.system
    labels = [said.measurement.card.label for said in each.said]
    return " ".join([system.label, system.does, system.needs, *labels])


@dataclass(frozen=True)
class Branch:
    title: str  # of its fold; nothing for what stands above all
    rows: pa.Table


def draw(view: View, found: Sequence[Standing], *, opened: bool) -> None:
    """Branch by branch, each folded under its counts unless the reader looks for something."""
    if not found:
        st.info("没有符合条件的系统。请换一个板块、状态或查找词。", icon=":material/info:")
        return
    key = ("outline", *(each.system.key for each in found))
    with st.container(key="outline"):
        for branch in data.worded(view, key, lambda: _worded(view, found)):
            with st.expander(branch.title, expanded=opened) if branch.title else nullcontext():
                listing.draw(branch.rows, alt="体系各系统的状态和数")


def _worded(view: View, found: Sequence[Standing]) -> list[Branch]:
    parts = _parts(found)
    # One table, cut: seven small ones take twice as long to make.
    whole = listing.table(list(_rows(view, [each for part in parts.values() for each in part])))
    made, start = [], 0
    for name, inside in parts.items():
        title = f"**{literal(name)}**\u2003{_counts(inside)}" if name else ""
        made.append(Branch(title, whole.slice(start, len(inside))))
        start += len(inside)
    return made


def _parts(found: Sequence[Standing]) -> dict[str, list[Standing]]:
    """By the name of their branch, in the order of the tree; what stands above all has none."""
    heads = branches()
    branch = {key: name for name, keys in heads.items() for key in keys}
    parts: dict[str, list[Standing]] = {name: [] for name in ("", *heads)}
    for each in found:
        parts[branch.get(each.system.key, "")].append(each)
    return {name: part for name, part in parts.items() if part}


def _counts(found: Sequence[Standing]) -> str:
    counted = Counter(each.state for each in found)
    told = "\u2002".join(f"{SHAPES[s]} {s} {number(counted[s])}" for s in STATES if counted[s])
    return f"{number(len(found))}个系统\u2002:gray[{told}]"


class _Lasting(NamedTuple):
    """What is said of a system whatever the period."""

    name: str
    lacking: str
    reported: str


def _rows(view: View, found: Sequence[Standing]) -> Iterator[dict[str, str]]:
    pages = {page: address(view, page) for page in {each.system.page for each in found}}
    # One metric stands for several systems.
    said = {
        a: each for one in found for a, each in zip(one.system.measures, one.said, strict=False)
    }
    words = {asked: _said(view, each) for asked, each in said.items()}
    for each in found:
        lasting = view.snapshot.kept(
            ("system in words", each.system.key),
            lambda one=each: _lasting(view.snapshot, one),
        )
        told = [words[asked] for asked in each.system.measures] if each.state == CONNECTED else ()
        yield {
            "系统": _name(each.system, lasting.name, pages),
            "状态": BADGES[each.state],
            "按台账计算": "  \n".join(told) or lasting.lacking,
            "上报数(照原文)": lasting.reported,
        }


def _name(system: System, label: str, pages: Mapping[str, str]) -> str:
    link = f"[{label}]({pages[system.page]})"
    return INDENT * max(0, system.depth - 1) + (f"**{link}**" if system.depth < 2 else link)


def _lasting(snapshot: Snapshot, each: Standing) -> _Lasting:
    system = each.system
    ledgers = {fresh.source: fresh.label for fresh in snapshot.freshness()}
    source = ledgers.get(system.source, system.source)
    return _Lasting(
        literal(system.label),
        f":gray[没有台账数据。接入“{source}”后可算:{literal(system.needs)}]",
        "  \n".join(map(_reported, each.reported)) or "—",
    )


def _said(view: View, said: Said) -> str:
    """Name, value, parts, base; its own period where that is not the one chosen above."""
    measured, row = said.measurement, said.row
    card = measured.card
    part = f"({row.label})" if row is not None and measured.by else ""
    value = value_text(card, row) if row is not None else NOT_REPORTED
    period = measured.period.label if measured.period != view.period and card.when == "flow" else ""
    base = " · ".join(filter(None, [fraction_text(row) if row else "", card.base, period]))
    return f"{card.label}{literal(part)} **{value}** :gray[:small[{base}]]"


def _reported(figure: Indicator) -> str:
    period = f" :gray[:small[{literal(figure.period)}]]" if figure.period else ""
    return f"{literal(figure.label)} **{figure.text}**{period}"
