"""Short lists on the 总览: what needs attention, with a way to it; the strip of the whole system."""

from collections.abc import Sequence

import streamlit as st

from metrics import Measurement
from metrics.words import value_text
from ui import listing, missing
from ui.attention import Item
from ui.links import address
from ui.state import View
from ui.words import literal, unbroken


def attention(view: View, items: Sequence[Item], most: int = 5) -> None:
    if not items and not view.has_events:
        missing.no_rows(view, "可以判断的单位")
        return
    if not items:
        st.caption("没有逾期、临期或超出随机波动的单位,各来源按时更新。")
        return
    listing.draw(
        [
            {
                "判断": unbroken(item.verdict),
                "对象": _link(view, item),
                "事项": f"{item.what} {item.much}",
            }
            for item in items[:most]
        ],
        header=False,
        alt="需要关注的单位和来源",
    )
    if len(items) > most:
        st.caption(f"另有 {len(items) - most} 项,见各页。")


def _link(view: View, item: Item) -> str:
    return f"[{literal(item.who)}]({address(view, item.page, item.area, **item.where)})"


def strip(title: str, groups: Sequence[tuple[str, str, Sequence[Measurement]]]) -> None:
    """The system in one line: each branch, a way to it, and the counts behind it. The title and the
    names of the branches come as markdown."""
    with st.container(border=True, horizontal=True, gap="medium", vertical_alignment="center"):
        st.markdown(f"**{title}**", width="content")
        for name, link, found in groups:
            counts = " · ".join(f"{m.card.label} {value_text(m.card, m.total)}" for m in found)
            st.markdown(f"[{name}]({link})  \n:gray[:small[{counts}]]", width="content")
