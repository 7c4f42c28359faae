"""Every page at the edges of the data: an office that has only its ledger, an office with one order."""

import pytest
from browser.harness import PAGES, PHONE, WIDE

pytestmark = pytest.mark.browser

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
NAME = "关于进一步加强和规范城乡社区综合治理服务中心网格化服务管理工作联席会议办公室"


@pytest.fixture
def opened(office, server, reader):
    """A page of this office, on a fresh server, in a window of this size."""

    def open_(name, size=WIDE):
        visitor = reader(size)
        visitor.open(f"{server(office.place.root)}/{name}")
        return visitor

    return open_


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_zero_rows_says_what_is_missing(name, office, opened):
    office.load(office.table("台账.csv", LEDGER, STREET))

    visitor = opened(name)

    said = visitor.page.locator("[data-testid=stMain]").inner_text()
    assert any(words in said for words in ("未上报", "还没有", "没有", "已接入"))
    assert visitor.overflow <= 0
    visitor.check()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_one_row_shows_it(name, office, opened):
    office.load(office.table("工单.csv", ORDERS, [ORDER]))

    visitor = opened(name)

    said = visitor.page.locator("[data-testid=stMain]").inner_text()
    # One order: a page of another ledger says that it has not been handed in.
    assert "1" in said or "没有接入" in said
    assert "nan" not in said.lower()
    visitor.check()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_long_name_widens_no_page(size, office, opened):
    street = [*STREET[:2], (STREET[2][0], NAME, *STREET[2][2:])]
    office.load(office.table("台账.csv", LEDGER, street))
    order = (*ORDER[:4], NAME, ORDER[5], ORDER[6], NAME)
    office.load(office.table("工单.csv", ORDERS, [(f"G{n}", *order[1:]) for n in range(40)]))

    for name in PAGES:
        visitor = opened(name, size)
        assert visitor.overflow <= 0, name
        visitor.check()
