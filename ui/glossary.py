"""The page 指标口径: every card to be found by a layman's word, and one of them told in full."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

import streamlit as st

from metrics import Card, Snapshot
from metrics.example import Example, Line, example
from metrics.labels import CLOCKS, LABELLED
from metrics.scope import LEVEL_NAMES
from metrics.words import amount, number, value_text
from ui import listing
from ui.links import address
from ui.state import View
from ui.words import literal, unbroken

BASES = {
    "B1": "按受理时间归期;没有办结的留在分母里,所以近期会偏低",
    "B2": "按受理时间归期;还在办理期限内、没有办结的先不算,适合看没结束的月份",
    "B3": "按办结时限归期;到期的都算,办没办结、按没按时都在分母里",
    "B4": "本期办结数比本期受理数;办结的可能是以前受理的,会超过100%",
    "B5": "本期办结加退回,比本期收到加上期结转",
    "B6": "按发生时间归期,结果以读取时为准;旧月份会变",
    "B7": "按受理时间归期,在期末之后才读取;越晚读,数越好看",
}
TIERS = {
    "T0": "件数和场次,照实公布",
    "T1": "人数:少于5人的格子隐藏,其余取整到5,只按整月公布",
    "T2": "敏感群体的人数:少于10人的格子隐藏,其余取整到5,只按整季、社区及以上公布",
}
DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "none": "不分好坏"}
STOCK = {
    "stock": "期末存量:看期末那一天有多少",
    "flow": "当期发生:看期间内发生多少",
    "window": "时段",
}


def found(cards: Sequence[Card], words: str) -> list[Card]:
    """Cards that hold every word, in whatever a layman may call them; those so named come first."""
    asked = words.split()
    hits = [card for card in cards if all(word in _text(card) for word in asked)]
    return sorted(hits, key=lambda card: not all(word in card.label for word in asked))


def _text(card: Card) -> str:
    parts = (card.label, card.meaning, card.numerator_label, card.denominator_label or "")
    return " ".join([*parts, card.base, card.table.label, card.id, *card.also])


def contents(view: View, cards: Sequence[Card], words: str) -> None:
    """By ledger, each folded unless the reader looks for something."""
    hits = found(cards, words)
    if not hits:
        _nothing(view, cards, words)
    for table in dict.fromkeys(card.table.label for card in hits):
        inside = [card for card in hits if card.table.label == table]
        with st.expander(f"**{table}**\u2003{number(len(inside))}个指标", expanded=bool(words)):
            listing.draw(
                [
                    {
                        "指标": f"[{literal(card.label)}]({address(view, 'definitions', metric=card.id)})",
                        "说的是什么": literal(card.meaning),
                        "版本": unbroken(f"第{card.version}版")
                        + (" ▲待复核" if card.is_due(view.snapshot.as_of) else ""),
                    }
                    for card in inside
                ],
                alt=f"{table}的指标",
            )


def _nothing(view: View, cards: Sequence[Card], words: str) -> None:
    labels = {card.label: card for card in cards}
    near = get_close_matches(words, labels, n=3, cutoff=0.3)
    links = "、".join(
        f"[{literal(label)}]({address(view, 'definitions', metric=labels[label].id)})"
        for label in near
    )
    st.info(
        f"没有找到“{literal(words)}”。"
        + (f"相近的有:{links}。" if near else "")
        + "可以换一个说法,或看“体系”里哪些系统还没有数据、要接入什么台账。",
        icon=":material/search:",
    )


def facts(card: Card, today: date) -> list[dict[str, str]]:
    """Everything that decides the number, one line each, in a layman's words."""
    told = {
        "为什么看它": card.why,
        "分子": card.numerator_label,
        "分母": card.denominator_label or "没有,是计数",
        "剔除": card.excludes or "不剔除",
        "口径": card.base,
        "时间口径": STOCK[card.when]
        + (f"。{BASES[card.basis]}({card.basis})" if card.basis else ""),
        "计时": CLOCKS[card.clock],
        "单位": "比例" if card.unit == "share" else card.word,
        "方向": DIRECTIONS[card.direction],
        "最少样本": f"{'分母' if card.is_rate else '件数'}少于{card.minimum_n}不着色、不作判断",
        "公布": f"{TIERS[card.tier]};最细到{LEVEL_NAMES[card.finest]}",
        "可按": "、".join(LABELLED[name] for name in card.dimensions),
        "也叫": "、".join(card.also),
        "责任与复核": f"{card.owner}负责,{card.checker or '复核人未指定'}复核",
        "应复核": f"{card.review}前" + (" **▲ 待复核**" if card.is_due(today) else ""),
        "适用": f"第{card.version}版,{card.effective}起",
        "没有数时": card.lacks,
    }
    marked = {"应复核"}  # the one with markup of its own
    return [
        {"项": unbroken(name), "说明": text if name in marked else literal(text)}
        for name, text in told.items()
        if text
    ]


def worked(card: Card, snapshot: Snapshot) -> tuple[str, list[dict[str, str]]]:
    """The sum in words, and the five rows with what each adds."""
    made = example(card, snapshot)
    names = snapshot.labels("fields", card.table.source)
    return _sum(card, made), [_line(card, line, names, snapshot) for line in made.lines]


def _sum(card: Card, made: Example) -> str:
    row = made.total
    if row.numerator is None:
        return f"这五行没有可计入的数({row.reason})"
    if not card.is_rate or row.denominator is None:
        return f"{card.numerator_label}共 {amount(card, row.value or 0)}"
    sides = f"{number(row.numerator)} ÷ {number(row.denominator)}"
    thousand = " × 1000" if card.unit == "per_thousand" else ""
    return f"{sides}{thousand} = {value_text(card, row)}"


def _line(card: Card, line: Line, names: Mapping[str, str], snapshot: Snapshot) -> dict[str, str]:
    cells = {
        names.get(name, LABELLED.get(name, name)): literal(_cell(name, value, card, snapshot))
        for name, value in line.cells.items()
    }
    sides = {"计入分母": _added(line.denominator)} if _own_base(card) else {}
    return cells | sides | {"计入分子": _added(line.numerator)}


def _own_base(card: Card) -> bool:
    """A base found elsewhere (the residents, the whole) has no share in a row."""
    return bool(card.denominator) and (card.tier != "T0" or "(" in (card.denominator or ""))


def _added(count: float | None) -> str:
    return "—" if not count else "✓" if count == 1 else f"+{number(count)}"


def _cell(name: str, value: Any, card: Card, snapshot: Snapshot) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.month}月{value.day}日{value.hour}时"
    if isinstance(value, date):
        return (
            f"{value.month}月{value.day}日" if name != "month" else f"{value.year}年{value.month}月"
        )
    field = {"key_group": "group"}.get(name, name)
    return snapshot.labels(field, card.table.source).get(str(value), str(value))
