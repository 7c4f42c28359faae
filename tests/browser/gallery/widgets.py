"""One of each widget, and texts of the page's own that happen to be words Streamlit uses too."""

from datetime import date, datetime, time

import pandas as pd
import streamlit as st

from ui import shell

ROWS = pd.DataFrame({"社区": ["甲", "乙"], "件数": [1.5, 2.5], "日期": [date(2024, 9, 1)] * 2})

st.set_page_config(page_title=shell.TITLE, page_icon=str(shell.ICON), layout="wide")
st.title("控件")

with st.container(key="theirs"):
    st.markdown("Search")
    st.caption("Format")
    st.text("Close")
    st.metric("Count", "None")
    st.code("Copy")
    st.table(pd.DataFrame({"Statistics": ["Upload"]}))

st.selectbox("状态", ["Open", "Closed"], key="status")
st.selectbox("可不选", ["甲", "乙"], index=None)
st.selectbox("没有选项", [])
st.multiselect("社区", ["甲", "乙"])
st.date_input("区间", (date(2024, 9, 1), date(2024, 9, 30)))
st.date_input("日期", date(2024, 9, 1))
st.datetime_input("时刻", datetime(2024, 9, 1, 9))
st.time_input("时间", time(9))
st.number_input("数值", 1, 10)
st.text_input("查找", help="按单号查找")
st.text_input("口令", type="password")
st.text_area("备注")
st.radio("单选", ["甲", "乙"])
st.slider("滑块", 1, 10)
st.segmented_control("对比", ["环比", "同比"])
st.pills("类别", ["甲", "乙"])
st.feedback("faces")
st.feedback("thumbs")
st.color_picker("颜色")
st.file_uploader("文件", type=["csv", "xlsx"], accept_multiple_files=True)
st.download_button("下载", "甲", "a.csv")
st.popover("更多").write("内容")
st.expander("展开").write("内容")
chart, table = st.tabs(["图", "表"])
chart.metric("件数", 3, 1, chart_data=[1, 2, 3], border=True, help="口径")
table.write("内容")
st.dataframe(ROWS, on_select="rerun", selection_mode="multi-row", key="grid", alt="清单")
st.data_editor(ROWS, num_rows="dynamic", key="editor", alt="可改的清单")
st.pagination(10, key="page")
if st.button("提示"):
    st.toast("已保存" * 80, duration="infinite")
with st.form("表单"):
    st.text_input("表单内")
    st.form_submit_button("提交")
st.plotly_chart(
    {"data": [{"type": "bar", "x": ["甲"], "y": [1]}], "layout": {}}, key="chart", alt="柱图"
)
