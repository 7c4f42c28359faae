"""The hotline by its own words: the terms most said, and those said more than usual."""

import streamlit as st

from metrics import Measurement, Row
from metrics.emerging import FALSE, Emerging, Tested, emerging, examples
from metrics.emerging import METHOD as TESTED_HOW
from metrics.topics import LEAST, Frequent, Term, frequent
from metrics.topics import METHOD as COUNTED_HOW
from metrics.words import number, percent, value_text
from ui import charts, data, filters, panel
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.panels.base import Where, about, size
from ui.state import View
from ui.words import literal

MOST = 20
NAMED = 3
NEEDED = "试一试更早或更晚的月份:检验一个月至少要有它之前6个完整的月。"


def headline(view: View) -> str:
    """What the period's orders say most, with how many and of how many."""
    found = _frequent(view, None)
    all_orders = f"{found.period.label}诉求{number(found.orders)}件"
    if not found.terms:
        return f"{all_orders},没有{LEAST}件以上都说到的词"
    most = [each for each in found.terms if each.orders == found.terms[0].orders]
    if len(most) > 1:
        names = "、".join(literal(each.label) for each in most[:NAMED])
        more = f"等{number(len(most))}个词" if len(most) > NAMED else ""
        return f"{all_orders},{names}{more}并列说得最多(各{_often(most[0])})"
    return f"{all_orders},说得最多的是{literal(most[0].label)}({_often(most[0])})"


def _often(each: Term) -> str:
    rate = "" if each.per_thousand is None else f",每千人{number(each.per_thousand, 1)}件"
    return f"{number(each.orders)}件{rate}"


def _frequent(view: View, where: Where | None) -> Frequent:
    chosen = tuple(sorted((where or {}).items()))
    return data.derived(
        view,
        ("terms", view.period.code, view.scope, chosen),
        lambda: frequent(view.snapshot, view.period, view.scope, where),
    )


def terms(view: View, where: Where | None = None) -> Frequent:
    """Bars of the terms most said, with the whole list as their table."""
    found = _frequent(view, where)
    hidden = f"另有{number(found.fewer)}个词不足{LEAST}件,不显示。" if found.fewer else ""
    made = Panel(
        name="topics-terms",
        title=_most(found),
        subtitle=_base(view, found, where),
        sheet=lambda: _terms_sheet(found),
        definition=COUNTED_HOW,
        notes=[
            f"图中为最多的{MOST}个词,其余{number(len(found.terms) - MOST)}个见表。"
            if len(found.terms) > MOST
            else "",
            hidden,
        ],
    )
    marks = [_bar(each) for each in found.terms[:MOST]]
    drawn = charts.bars(marks, unit="件")
    panel.chart(made, drawn, marks)
    return found


def _most(found: Frequent) -> str:
    if not found.terms:
        return f"{found.period.label}没有{LEAST}件以上诉求都说到的词"
    said = "、".join(f"{literal(each.label)}({number(each.orders)}件)" for each in found.terms[:3])
    return f"{found.period.label}说得最多的是{said}"


def _base(view: View, found: Frequent, where: Where | None) -> str:
    people = (
        f"常住人口{number(found.residents)}人" if found.residents else "常住人口不明,不折算到每千人"
    )
    category = f"{literal((where or {}).get('category', ''))} · " if where else ""
    return (
        f"{category}{found.scope.label(view.snapshot)} · 共{number(found.orders)}件诉求 · {people}"
    )


def _bar(each: Term) -> charts.Mark:
    rate = "" if each.per_thousand is None else f" · {number(each.per_thousand, 1)}/千人"
    share = "" if each.share is None else f"占诉求{percent(each.share)}"
    text = f"{number(each.orders)}件{rate}"
    return charts.Mark(each.label, each.label, each.orders, text, note=share)


def categories(view: View, chosen: str | None = None) -> None:
    """Orders by category with those per thousand residents; a click shows that category's terms only."""
    metrics = ("hotline_volume", "hotline_per_1000")
    orders, rates = data.measured(view, metrics, by=("category",)).values()
    marks = [_category(each, rates.row(*each.group), orders, rates) for each in orders.rows]
    marks = sorted((mark for mark in marks if mark.value), key=lambda mark: -(mark.value or 0))
    shown = marks[:MOST]
    first = "、".join(f"{literal(mark.label)}({mark.text})" for mark in shown[:1])
    made = about(
        "topics-categories",
        f"{orders.period.label}最多的类别是{first}" if shown else f"{orders.period.label}没有诉求",
        [orders, rates],
        f"按类别 · {size(view, orders, None)}",
        ["点一个类别,左边只看它的词;再点一次看全部。"],
    )
    labels = {mark.key: mark.label for mark in marks if mark.key}
    picked = next((key for key, label in labels.items() if label == chosen), None)
    drawn = charts.bars(shown, unit=orders.card.word, chosen=picked)
    panel.chart(made, drawn, shown, filters.toggle("category", labels))


def _category(each: Row, rate: Row | None, orders: Measurement, rates: Measurement) -> charts.Mark:
    told = "" if rate is None or rate.value is None else f" · {value_text(rates.card, rate)}"
    return charts.Mark(
        each.group[0] or "", each.label, each.value, value_text(orders.card, each) + told
    )


def _terms_sheet(found: Frequent) -> Sheet:
    columns = [
        Column("词"),
        Column("件数", "count"),
        Column("每千人", "decimal"),
        Column("占诉求", "share"),
    ]
    rows: list[list[Cell]] = [
        [each.label, each.orders, each.per_thousand, each.share] for each in found.terms
    ]
    return Sheet(columns, rows, [f"{found.period.label} 共{found.orders}件诉求", *COUNTED_HOW])


def unusual(view: View) -> Tested:
    """Each term that is said more than usual, why it is named, and what was said."""
    found = data.derived(
        view,
        ("unusual terms", view.period.code, view.scope),
        lambda: emerging(view.snapshot, view.period, view.scope),
    )
    made = Panel(
        name="topics-unusual",
        title=_news(found),
        subtitle=_tried(view, found),
        sheet=lambda: _unusual_sheet(found),
        definition=TESTED_HOW,
        notes=_cautions(found),
    )
    face = panel.header(made)
    if not found.enough:
        st.caption(NEEDED)
    elif found.found and face == panel.TABLE:
        panel.table(made.sheet(), alt=made.title)
    else:
        for each in found.found:
            _item(view, found, each)
    panel.footer(made)
    return found


def _news(found: Tested) -> str:
    month = found.month.label
    if not found.enough:
        return f"{month}之前只有{number(found.past)}个完整的月,还看不出什么是异动"
    if not found.found:
        return f"{month}没有哪个词比往常明显多"
    first = found.found[0]
    many = number(len(found.found))
    return f"{month}有{many}个词比往常明显多,最不寻常的是{literal(first.label)}({number(first.orders)}件)"


def _tried(view: View, found: Tested) -> str:
    where = found.scope.label(view.snapshot)
    if not found.enough:
        return where
    tried = f"{where} · 检验了{number(found.tested)}个词,与之前{number(found.past)}个月比"
    if not found.found:
        return f"{tried} · 错误发现率{percent(FALSE)}"
    return f"{tried} · 标出{number(len(found.found))}个,其中预计至多{number(found.false_ones, 1)}个是误报"


def _cautions(found: Tested) -> list[str]:
    if found.enough and not found.seasoned:
        return [
            "之前不足一年:没有往年同月可比,每年这个月都会多的词也会被标出;各月上下波动很大的,误报也可能多于5%。"
        ]
    return []


def _item(view: View, found: Tested, each: Emerging) -> None:
    said = data.derived(
        view,
        ("examples", found.month.code, found.scope, each.labels),
        lambda: examples(view.snapshot, found, each),
    )
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{literal(each.label)}** &nbsp; {literal(each.why)}")
        for sentence in said:
            st.caption(f"“{literal(sentence)}”")


def _unusual_sheet(found: Tested) -> Sheet:
    columns = [
        Column("词"),
        Column("本月件数", "count"),
        Column("往常约", "decimal"),
        Column("正常上限", "count"),
        Column("为什么标出"),
    ]
    rows: list[list[Cell]] = [
        [each.label, each.orders, each.expected, each.high, each.why] for each in found.found
    ]
    return Sheet(columns, rows, [_news(found), *TESTED_HOW])
