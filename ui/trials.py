"""What a definition leaves out, as a what-if: the number with and without, and how many cases it is."""

from collections.abc import Sequence

import streamlit as st

from metrics import Card, Measurement
from metrics.whatif import joined
from metrics.words import fraction_text, number, value_text
from ui import data, faces, listing
from ui.state import View
from ui.words import literal


def possible(card: Card) -> bool:
    """Counts of people have no such trial: the difference of two published numbers tells a hidden one."""
    return bool(card.exclusions) and card.tier == "T0"


def draw(view: View, card: Card) -> None:
    """One line per exclusion, let back in alone; then those that the reader chooses, together."""
    period = faces.published(card, view.period)
    official = data.edition(view, card.id, period=period)
    alone = [data.edition(view, card.id, period=period, without=(t,)) for t in card.exclusions]
    st.caption(
        f"{period.label} · 其他不变,只把这一项放回来再算一遍;口径仍以现行为准,试算不进入任何报表"
    )
    words = card.table.exclusions
    chosen = (
        st.pills(
            "一起放回",
            card.exclusions,
            selection_mode="multi",
            default=card.exclusions,
            format_func=words.__getitem__,
            key=f"let-in-{card.id}",
        )
        if len(card.exclusions) > 1
        else []
    )
    lines = [_line("现行口径(都剔除)", official, official)]
    lines += [
        _line(f"不剔除“{words[term]}”", official, each)
        for term, each in zip(card.exclusions, alone, strict=True)
    ]
    if len(chosen) > 1:
        both = data.edition(view, card.id, period=period, without=tuple(chosen))
        lines.append(_line(_together(card, chosen), official, both))
    listing.draw(lines, alt="剔除试算")


def _together(card: Card, chosen: Sequence[str]) -> str:
    if len(chosen) == len(card.exclusions):
        return "都不剔除"
    return "不剔除" + "".join(f"“{card.table.exclusions[term]}”" for term in chosen)


def sentence(view: View, card: Card) -> str:
    """剔除“不纳入考核的工单”41件:93.4% → 92.1%, for the exclusion that moves most cases."""
    period = faces.published(card, view.period)
    official = data.edition(view, card.id, period=period)
    tried = [data.edition(view, card.id, period=period, without=(t,)) for t in card.exclusions]
    sizes = [joined(official, each) or 0 for each in tried]
    most = max(range(len(tried)), key=sizes.__getitem__)
    name = literal(card.table.exclusions[card.exclusions[most]])
    if not sizes[most]:
        return f"{period.label}没有一{card.word}被剔除"
    before, after = (value_text(m.card, m.total) for m in (tried[most], official))
    return f"剔除“{name}”{number(sizes[most])}{card.word}:{before} → {after}"


def _line(name: str, official: Measurement, tried: Measurement) -> dict[str, str]:
    card, row = tried.card, tried.total
    more = joined(official, tried)
    old, new, parts = official.total.value, row.value, fraction_text(row)
    return {
        "算法": literal(name),
        "放回": "—"
        if tried is official
        else "无法计算"
        if more is None
        else f"{number(more)}{card.word}",
        "数": f"**{value_text(card, row)}**" + (f"({parts})" if parts else ""),
        "与现行相差": "—"
        if tried is official or old is None or new is None
        else faces.signed(card, new - old),
    }
