"""What a page says when there is nothing to show, and what to do about it."""

import streamlit as st

from ui.state import View


def no_snapshot(reason: Exception) -> None:
    st.title("还没有数据", anchor=False)
    st.markdown(
        f"{reason}\n\n"
        "1. 打开“数据接入”,先放**区域台账**(社区、网格的编码、名称、上级、户数、人口);\n"
        "2. 再放工单、案件、活动和重点群体的导出表;\n"
        "3. 只想看看样子,可以在“数据接入”里载入演示数据。"
    )
    st.page_link("intake.py", label="去数据接入", icon=":material/upload_file:")


def no_rows(view: View, what: str) -> None:
    """Nothing in this period and scope: say so, and which period the data does cover."""
    if not view.has_events:
        st.info("还没有工单、案件、活动的记录。请到“数据接入”导入文件。", icon=":material/info:")
        return
    reach = f"现有数据从{view.first_day}到{view.snapshot.as_of}。"
    st.info(
        f"{view.period.label}、{view.scope.label(view.snapshot)}没有{what}。{reach}"
        "可以换一个期间或范围,或到“数据接入”导入文件。",
        icon=":material/info:",
    )


def no_source(view: View, *sources: str) -> None:
    """What this office has not handed in at all, and what would fill the page."""
    known = {fresh.source: fresh for fresh in view.snapshot.freshness()}
    absent = [
        known[source].label for source in sources if source in known and not known[source].rows
    ]
    if absent:
        names = "、".join(f"“{name}”" for name in absent)
        st.info(
            f"没有接入{names},有关的数显示为“未上报”。在“数据接入”放入这类导出表即可。",
            icon=":material/info:",
        )
