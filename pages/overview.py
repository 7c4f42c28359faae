"""How does the street stand, and what needs attention?"""

from dataclasses import replace

import streamlit as st

from ui import attention, cards, data, faces, headlines, lists, missing, state
from ui.links import address

# Where a card of a block leads.
PAGES = {"化解": "resolution", "热线": "hotline", "覆盖": "coverage", "服务": "estates"}
BLOCKS = {
    "化解": ("case_mediation_success", "case_open"),
    "热线": ("hotline_volume", "hotline_on_time_due"),
    "覆盖": ("coverage_visited", "grid_party_group"),
    "服务": ("activity_sessions", "activity_monthly_compliance"),
}
# The model's tree: one 总, three 强.
STRIP = {
    "党建引领抓总": ("party", ("community_count", "grid_party_groups")),
    "强网格": ("nets", ("grid_count", "grid_staff_full", "grid_staff_part")),
    "强服务": ("teams", ("activity_attendances",)),
    "强小区": ("estates", ("activity_topics_closed",)),
}

view = state.current()
strip = [metric for _, branch in STRIP.values() for metric in branch]
found = data.measured(view, strip)
told = headlines.shown(view, BLOCKS["热线"])

st.title(faces.headline(view, told, "诉求"), anchor=False)

cards.rows(
    {
        name: [replace(face, link=address(view, PAGES[name])) for face in made]
        for name, made in headlines.cards(view, BLOCKS).items()
    }
)

left, right = st.columns([1, 1.05], gap="medium")
with left:
    st.header("需要关注", anchor=False)
    lists.attention(view, attention.items(view))
with right:
    st.header("本期变化", anchor=False)
    said = attention.totals(view, [*(each.card.id for each in told), "activity_sessions"])
    said += attention.sentences(view, "hotline_volume", "category", "个诉求类别")
    said += attention.sentences(view, "hotline_volume", "community", "个社区的诉求量")
    if said:
        st.markdown("\n".join(f"- {words}" for words in said[:5]))
    else:
        missing.no_rows(view, "可以比较的诉求")
lists.strip(
    f"[一总三强]({address(view, 'systems')})",
    [
        (name, address(view, page), [found[metric] for metric in metrics])
        for name, (page, metrics) in STRIP.items()
    ],
)
