"""The pages of the menu, checked once a process: Streamlit would look each of their files up on every run."""

from copy import copy
from functools import cache
from pathlib import Path

import streamlit as st

PAGES = Path(__file__).resolve().parent.parent / "pages"
OVERVIEW, MEETING, INTAKE = "overview", "meeting", "intake"
# Page file, title and icon, by section.
MENU = {
    "综合": [(OVERVIEW, "总览", "dashboard"), ("systems", "体系", "account_tree")],
    "治理成效": [
        ("resolution", "矛盾化解", "handshake"),
        ("hotline", "12345热线", "call"),
        ("topics", "热点诉求", "forum"),
    ],
    "网格": [
        ("grids", "网格地图", "grid_view"),
        ("coverage", "重点群体", "diversity_1"),
        ("nets", "五网运行", "hub"),
    ],
    "服务": [
        ("teams", "五益服务队", "groups"),
        ("estates", "五邻小区", "holiday_village"),
        ("party", "党建引领", "flag"),
    ],
    "会议": [
        (MEETING, "会议汇报", "co_present"),
        ("briefing", "简报导出", "description"),
        ("decisions", "议定事项", "gavel"),
    ],
    "数据": [
        (INTAKE, "数据接入", "upload_file"),
        ("quality", "数据质量", "fact_check"),
        ("definitions", "指标口径", "menu_book"),
        ("reconcile", "对账", "balance"),
    ],
}


def sections() -> dict[str, list[st.Page]]:
    """For st.navigation. A page may run once, so that every run has its own."""
    return {section: [copy(page) for page in pages] for section, pages in _checked().items()}


@cache
def _checked() -> dict[str, list[st.Page]]:
    return {
        section: [
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                default=name == OVERVIEW,
            )
            for name, title, icon in pages
        ]
        for section, pages in MENU.items()
    }
