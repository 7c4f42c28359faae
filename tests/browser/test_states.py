"""Every page at the edges of the data: an office that has only its ledger, an office with one order."""

from contextlib import ExitStack

import pytest
from browser.harness import PAGES, PHONE, WIDE
from offices import Office
from serving import serve

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


# A page about the product itself has nothing to miss.
OF_DATA = [name for name in PAGES if name != "definitions"]


@pytest.fixture(scope="module")
def opening(tmp_path_factory):
    """Serves an office with one file; its pages are then opened one by one."""
    with ExitStack() as running:

        def serve_(name, header, rows):
            scratch = tmp_path_factory.mktemp("office")
            office = Office(scratch)
            office.load(office.table(name, header, rows))
            return running.enter_context(serve(office.place.root, scratch / "server.log"))

        yield serve_


@pytest.fixture(scope="module")
def ledger_only(opening):
    return opening("台账.csv", LEDGER, STREET)


@pytest.fixture(scope="module")
def one_order(opening):
    return opening("工单.csv", ORDERS, [ORDER])


@pytest.mark.parametrize("name", OF_DATA)
def test_a_page_with_zero_rows_says_what_is_missing(name, ledger_only, reader):
    visitor = reader()
    visitor.open(f"{ledger_only}/{name}")

    said = visitor.page.locator("[data-testid=stMain]").inner_text()
    assert any(words in said for words in ("未上报", "还没有", "没有", "已接入"))
    assert visitor.overflow <= 0
    visitor.check()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_one_row_shows_it(name, one_order, reader):
    visitor = reader()
    visitor.open(f"{one_order}/{name}")

    said = visitor.page.locator("[data-testid=stMain]").inner_text()
    # One order: a page of another ledger says that it has not been handed in.
    assert "1" in said or "没有接入" in said
    assert "nan" not in said.lower()
    visitor.check()


def test_a_long_name_widens_no_page(office, server, reader):
    street = [*STREET[:2], (STREET[2][0], NAME, *STREET[2][2:])]
    office.load(office.table("台账.csv", LEDGER, street))
    order = (*ORDER[:4], NAME, ORDER[5], ORDER[6], NAME)
    office.load(office.table("工单.csv", ORDERS, [(f"G{n}", *order[1:]) for n in range(40)]))

    url = server(office.place.root)
    for name in PAGES:
        visitor = reader()
        visitor.open(f"{url}/{name}")
        for size in (WIDE, PHONE):
            visitor.resize(size)
            assert visitor.overflow <= 0, (name, size)
        visitor.check()
        visitor.close()
