"""Whether the data can be relied on, in one sentence."""

import streamlit as st

from metrics.quality import Quality
from metrics.words import number, percent
from ui.words import literal

REACH = "全部已接入数据,全街道;不随上方的期间和范围变化。数的是行,不是治理成效。"


def headline(found: Quality) -> str:
    """How many sources and late ones, rows read and refused, words not understood."""
    if not found.accounts:
        return "还没有接入任何文件"
    return ";".join([_sources(found), _refused(found), _unmapped(found)])


def _sources(found: Quality) -> str:
    start = f"已接入{len(found.pulses)}类来源"
    if not found.timed:
        return start
    if not found.late:
        return f"{start},按周期更新的{len(found.timed)}类都没有超期"
    names = "、".join(literal(each.fresh.label) for each in found.late[:2])
    more = "等" if len(found.late) > 2 else ""
    return f"{start},按周期更新的{len(found.timed)}类中{len(found.late)}类超期({names}{more})"


def _refused(found: Quality) -> str:
    whole = found.whole
    if not whole.rejected:
        return f"读入{number(whole.read)}行,没有被拒绝的行"
    share = percent(whole.rejected_share or 0)
    return f"读入{number(whole.read)}行,拒绝{number(whole.rejected)}行({share})"


def _unmapped(found: Quality) -> str:
    if not found.words:
        return "没有对应不上的词"
    return f"{len(found.words)}个词没有对应到标准类别({number(found.unmapped_rows)}行)"


def nothing_loaded() -> None:
    st.info(
        "请先在“数据接入”放入文件:区域台账、工单、案件、活动或重点群体的导出表。接入以后,这里说明哪些行没有入库、为什么。",
        icon=":material/info:",
    )
    st.page_link("intake.py", label="去数据接入", icon=":material/upload_file:")
