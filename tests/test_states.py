"""Every page at the edges of the data: nothing at all, only the ledger of areas, one order, another city's books.

Run inside this process: what is asked is what a page says. How it looks is asked in tests/browser."""

import pytest
from inside import PAGES, enter, said, turn
from offices import Office
from test_real_cities import LA, REQUESTS_2020, los_angeles, needs_la

__all__ = ["los_angeles"]

LEDGER = ("编码", "名称", "层级", "上级编码", "常住人口", "户数")
STREET = [
    ("520111007", "溪北街道", "街道", "", 900, 300),
    ("520111007001", "吉麟社区", "社区", "520111007", 600, 200),
    ("52011100700101", "吉麟社区01网格", "网格", "520111007001", 300, 100),
]
ORDERS = (
    "工单编号",
    "受理时间",
    "办结时限",
    "办结时间",
    "承办单位",
    "事项类别",
    "所属社区",
    "所属网格",
)
ORDER = (
    "G1", "2024-09-03 11:26", "2024-09-10 18:00", "2024-09-05 10:00", "区住建局", "物业管理",
    "吉麟社区", "吉麟社区01网格",
)  # fmt: skip

NO_DECISION = "没有进行中的议定事项"

WITH_ONLY_THE_LEDGER = {
    "briefing": "活动场次未上报",
    "coverage": "没有接入“重点服务群体统计”",
    "decisions": NO_DECISION,
    "definitions": "待复核",  # about the product itself: nothing to miss
    "estates": "没有小区活动记录",
    "grids": "1个网格都没有可显示的每千人诉求量",
    "hotline": "没有诉求记录",
    "intake": "已接入1类来源、1个文件,读入3行",
    "meeting": "诉求受理量未上报",
    "nets": "没有网格运行记录",
    "overview": "没有诉求记录",
    "party": "没有党组织记录",
    "quality": "没有可以按周期判断的来源",
    "reconcile": "诉求受理量未上报、受理案件未上报、活动场次未上报",
    "resolution": "没有案件记录",
    "systems": "没有台账数据",
    "teams": "没有服务记录",
    "topics": "还没有工单、案件、活动的记录",
}

# Of one order; a page of another ledger says that it has not been handed in.
WITH_ONE_ORDER = {
    "briefing": "受理诉求1件",
    "coverage": "没有接入“重点服务群体统计”",
    "decisions": NO_DECISION,
    "definitions": "都在复核期内",
    "estates": "没有接入“服务与活动台账”",
    "grids": "1个社区都没有可显示的每千人诉求量",
    "hotline": "2024年9月(至3日)诉求受理量1件",
    "intake": "已接入1类来源、1个文件,读入1行",
    "meeting": "都是物业管理(1件)",
    "nets": "没有接入",
    "overview": "2024年9月(至3日)诉求受理量1件",
    "party": "没有接入",
    "quality": "按周期更新的1类都没有超期;读入1行",
    "reconcile": "诉求受理量1件、受理案件未上报、活动场次未上报",
    "resolution": "没有接入“事件与纠纷台账”",
    "systems": "1个已接入",
    "teams": "没有接入“服务与活动台账”",
    "topics": "2024年9月(至3日)、全街道没有带有诉求内容的工单。现有数据从2024-09-03到2024-09-03",
}

# What Los Angeles does not keep, by the page that would show it first.
LACKING = {
    "resolution": "事件与纠纷台账",
    "coverage": "重点服务群体统计",
    "nets": "机制月报",
    "teams": "服务与活动台账",
    "estates": "服务与活动台账",
    "party": "机制月报",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office with at most one file; its pages are then opened one by one."""

    def make(*file):
        office = Office(tmp_path_factory.mktemp("office"))
        if file:
            office.load(office.table(*file))
        return office.place.root

    return make


@pytest.fixture(scope="module")
def nothing_loaded(made):
    return made()


@pytest.fixture(scope="module")
def ledger_only(made):
    return made("台账.csv", LEDGER, STREET)


@pytest.fixture(scope="module")
def one_order(made):
    return made("工单.csv", ORDERS, [ORDER])


def test_every_page_has_its_sentence_for_the_edges():
    assert list(WITH_ONLY_THE_LEDGER) == list(WITH_ONE_ORDER) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_to_do_when_nothing_was_loaded(name, nothing_loaded, monkeypatch):
    page = turn(enter(nothing_loaded, monkeypatch), name)

    assert ("数据接入" if name != "intake" else "还没有") in said(page)
    assert "还没有" in said(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_zero_rows_says_what_is_missing(name, ledger_only, monkeypatch):
    words = said(turn(enter(ledger_only, monkeypatch), name))

    assert WITH_ONLY_THE_LEDGER[name] in words
    assert "nan" not in words.lower()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_one_row_shows_it(name, one_order, monkeypatch):
    words = said(turn(enter(one_order, monkeypatch), name))

    assert WITH_ONE_ORDER[name] in words
    assert "nan" not in words.lower()


@needs_la
def test_every_page_opens_on_another_city_and_says_plainly_what_is_missing(
    los_angeles, monkeypatch
):
    los_angeles.load(LA / "requests_2020_flat.csv", mapping=REQUESTS_2020)
    visit = enter(los_angeles.place.root, monkeypatch, {"period": "2020-01"})

    for name in PAGES:
        words = said(turn(visit, name))
        assert words, name
        assert LACKING.get(name, "") in words, name
        assert name not in LACKING or "没有接入" in words, name
