"""What does each number mean, how is it computed, and where do I find it?"""

import streamlit as st

from metrics import UnknownMetric, card, cards
from metrics.definitions import versions
from metrics.words import number
from ui import cards as drawn
from ui import editions, faces, glossary, listing, panels, state, trials
from ui.links import address

view = state.current()
library = list(cards().values())
asked = st.query_params.get("metric", "")
try:
    chosen = card(asked) if asked else None
except UnknownMetric as problem:
    st.toast(str(problem), icon=":material/info:", duration="long")
    chosen = None

if chosen is None:
    tables = dict.fromkeys(each.table.label for each in library)
    late = [each for each in library if each.is_due(view.snapshot.as_of)]
    review = f",其中{number(len(late))}个待复核" if late else ",都在复核期内"
    st.title(
        f"共{number(len(library))}个指标,来自{number(len(tables))}类台账{review}", anchor=False
    )
    words = st.text_input(
        "搜索指标",
        key="q",
        bind="query-params",
        placeholder="指标名称、说法、分子或分母,例如:及时率",
    )
    glossary.contents(view, library, (words or "").strip())
    st.stop()

st.title(editions.formula(chosen), anchor=False)
st.markdown(
    f"{chosen.meaning}\u2003`{chosen.key}`\u2003[‹ 全部指标]({address(view, 'definitions')})"
)
left, right = st.columns([1.9, 1], gap="large")
with left:
    listing.draw(
        glossary.facts(chosen, view.snapshot.as_of),
        header=False,
        alt="口径",
    )
with right:
    drawn.draw(faces.faces(view, [chosen.id])[chosen.id], height="content")
if "month" in chosen.dimensions:
    panels.trend(view, chosen.id)
if len(versions(chosen.id)) > 1:
    pair = editions.choose(chosen)
    said, compared = editions.side_by_side(view, chosen, pair)
    st.header(said, anchor=False)
    st.caption(" 与 ".join(f"`{chosen.id}@{version}`" for version in pair))
    listing.draw(compared, alt="两版对比")
if trials.possible(chosen):
    st.header(trials.sentence(view, chosen), anchor=False)
    trials.draw(view, chosen)
st.header("五行算例", anchor=False)
said, rows = glossary.worked(chosen, view.snapshot)
st.caption("五行都是编的,用和真实数据同一段程序算出:每一行计不计入,合起来是多少。示例不隐藏小数。")
listing.draw(rows, alt="五行算例")
st.markdown(f"**{said}**")
st.header("版本", anchor=False)
listing.draw(editions.history(chosen), alt="版本")
with st.expander("给分析人员:算式(SQL)"):
    for words, sql in (("分子", chosen.numerator), ("分母", chosen.denominator)):
        if sql:
            st.caption(words)
            st.code(sql, language="sql", wrap_lines=True)
