"""Every page, opened by its address, with the network cut."""

import re

import pytest
from browser.harness import PHONE, WALL, WIDE, Reader
from inside import PAGES
from test_states import LEDGER, ORDER, ORDERS, STREET

pytestmark = pytest.mark.browser

LONG = "关于进一步加强和规范城乡社区综合治理服务中心网格化服务管理工作联席会议办公室"


@pytest.fixture(scope="module")
def resident(browser, dashboard):
    visitor = Reader(browser, WIDE)
    visitor.open(dashboard)
    yield visitor
    visitor.close()


@pytest.fixture
def walking(resident):
    """One visitor for all pages, who answers for each alone."""
    yield resident
    resident.outside.clear()
    resident.errors.clear()
    resident.resize(WIDE)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_size_can_be_read_by_all_and_speaks_chinese(name, walking):
    page = walking.turn(name)

    assert page.url.split("?")[0].endswith("/" if name == "overview" else f"/{name}")
    assert page.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").count()
    # The theme the page before was left in comes first: to draw every chart anew is dear.
    for theme in sorted(("light", "dark"), key=walking.theme.__ne__):
        assert walking.findings(theme) == [], theme
    for size in (WALL, PHONE, WIDE):
        walking.resize(size)
        assert walking.overflow <= 0, size
        assert walking.squeezed == [], size
    if name == "overview":  # the one page that must be seen whole
        assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight") <= 900
    # The bar of period and area is the same above every page.
    assert walking.english_anywhere(bar=name == "hotline") == set()
    walking.check()


def test_a_deep_link_opens_on_a_server_nobody_has_visited(sample, server, reader):
    visitor = reader()
    page = visitor.open(f"{server(sample)}/hotline?period=2024-08")

    assert page.locator("h1").first.inner_text().startswith("2024年8月")
    assert page.locator("[data-testid=stSidebarNavLink]").count() == len(PAGES)
    visitor.check()


def test_where_nothing_was_loaded_the_first_page_leads_to_the_intake(tmp_path, server, reader):
    """What every page says then is asked without a browser (tests/test_states.py)."""
    visitor = reader(PHONE)
    page = visitor.open(server(tmp_path / "nothing"))

    assert "还没有" in page.locator("[data-testid=stMain]").inner_text()
    assert visitor.overflow <= 0
    page.get_by_role("link", name="去数据接入").click()
    visitor.settle()
    assert page.url.split("?")[0].endswith("/intake")
    visitor.check()


def test_the_menu_leads_to_every_page_and_a_long_name_widens_none_on_a_phone(
    office, server, reader
):
    street = [*STREET[:2], (STREET[2][0], LONG, *STREET[2][2:])]
    office.load(office.table("台账.csv", LEDGER, street))
    order = (*ORDER[:4], LONG, ORDER[5], ORDER[6], LONG)
    office.load(office.table("工单.csv", ORDERS, [(f"G{n}", *order[1:]) for n in range(40)]))
    visitor = reader(PHONE)
    page = visitor.open(server(office.place.root))

    links = page.locator("[data-testid=stSidebarNavLink]")
    titles = links.all_text_contents()
    addresses = {link.get_attribute("href").rsplit("/", 1)[-1] for link in links.all()}
    with_the_name = set()
    for index in range(links.count()):
        links.nth(index).dispatch_event("click")  # the menu is folded away
        visitor.settle()
        assert visitor.overflow <= 0, page.url
        if LONG in page.locator("[data-testid=stMain]").inner_text():
            with_the_name.add(page.url)

    assert len(links.all()) == len(PAGES)
    assert len(with_the_name) >= 2
    assert addresses - {""} <= set(PAGES)
    assert all(re.search(r"[一-鿿]", title) for title in titles)
    visitor.check()


def test_an_address_that_does_not_exist_is_answered_in_chinese(dashboard, reader):
    visitor = reader()

    page = visitor.open(dashboard + "/nowhere")

    assert "没有这个" in page.locator("[role=dialog]").inner_text()
    assert visitor.outside == []
