"""数据质量: the numbers of one messy file, a late source, an office without any file."""

import pytest
from inside import enter, said, turn
from streamlit.testing.v1.element_tree import Header, PageLink, Title

from etl.load import undo

HEADER = ("工单编号", "受理时间", "办结时限", "办结时间", "承办单位", "事项类别", "诉求类型")  # fmt: skip


def order(number, accepted="2024-09-03 11:26", *, due="", closed="", nature="投诉"):
    return (number, accepted, due, closed, "区住建局", "物业管理", nature)


MESSY = [
    order("G1"),
    order("G1"),
    order("G2", nature="找茬"),
    order("G3", nature="找茬"),
    order("G4", nature="唠嗑"),
    order("G5", due="2024-09-01 09:00"),
    order("", "2024-09-03"),
    order("B1", "不是日期"),
    order("B2", closed="2024-09-01"),
]


@pytest.fixture
def opened(office, monkeypatch):
    return lambda: turn(enter(office.place.root, monkeypatch), "quality")


def headings(page):
    return [element.value for element in page.main if isinstance(element, Title | Header)]


def ways(page):
    return {
        element.value: element.proto.page for element in page.main if isinstance(element, PageLink)
    }


def test_a_messy_file_is_accounted_for_row_by_row(office, opened):
    office.load(office.table("工单.csv", HEADER, MESSY))

    page = opened()

    title, _, rows, refused, words, doubts, placed, *_ = headings(page)
    assert "读入9行,拒绝3行(33.3%);2个词没有对应到标准类别(3行)" in title
    assert rows == "读入9行,每一行都有去处:新增5、重复1、拒绝3"
    assert refused == "3行被拒绝"  # three reasons, one row each: none is the most
    assert words == "2个词没有对应到标准类别,最多的是找茬(2行)"
    assert doubts == "1条规则查出存疑的行,办结时限早于受理时间(1行)"
    assert placed == "未落到社区最多的是12345热线工单:5行(100%)"

    text = said(page)
    for words in ("缺少工单编号", "受理时间无法识别为日期", "办结时间早于受理时间", "唠嗑"):
        assert words in text
    assert "1行(20.0%)" in text
    assert ways(page)["到数据接入下载被拒绝的行,改好再接入"] == "intake"


def test_a_late_source_is_named_with_its_empty_months(office, opened):
    cases = [(f"A{month}", f"2024-{month:02}-24", "矛盾纠纷") for month in range(6, 11)]
    orders = [order(f"G{month}", f"2024-{month:02}-05 09:00") for month in (6, 8)]
    office.load(
        office.table("工单.csv", HEADER, orders),
        office.table("案件.csv", ("案件编号", "上报时间", "事件类型"), cases),
    )

    page = opened()

    title, freshness, *_ = headings(page)
    assert "按周期更新的2类中1类超期(12345热线工单)" in title
    assert freshness == "12345热线工单已80天没有新记录;有2个空月"
    text = said(page)
    assert "12345热线工单空月:2024年7月、2024年9月。" in text
    assert "80天/7天" in text
    assert "没有被拒绝的行" in text


def test_a_file_that_came_twice_says_why_its_rows_count_twice(office, opened):
    for name in ("工单.csv", "再导出.csv"):
        office.load(office.table(name, HEADER, MESSY))

    page = opened()

    assert "读入18行,拒绝6行(33.3%)" in headings(page)[0]
    assert "5行以前已经接入、内容没有变。同一行每接入一次计一次" in said(page)


def test_an_office_whose_only_file_was_taken_back_is_told_what_to_do(office, opened):
    office.load(office.table("工单.csv", HEADER, MESSY))
    undo(1, place=office.place)

    page = opened()

    assert headings(page) == ["还没有接入任何文件"]
    assert ways(page)["去数据接入"] == "intake"
