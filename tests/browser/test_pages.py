"""Every page, opened by its address, with the network cut."""

import re

import pytest
from browser.harness import PAGES, PHONE, WALL, WIDE
from serving import serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("empty")
    with serve(scratch / "nothing", scratch / "server.log") as url:
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_size_can_be_read_by_all_and_speaks_chinese(name, dashboard, reader):
    """Opened once: opening is most of the work."""
    visitor = reader(WIDE)
    page = visitor.open(f"{dashboard}/{name}")

    assert page.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").count()
    for theme in ("light", "dark"):
        assert visitor.findings(theme) == [], theme
    for size in (WALL, PHONE, WIDE):
        visitor.resize(size)
        assert visitor.overflow <= 0, size
    assert visitor.english_anywhere() == set()
    visitor.check()


def test_a_deep_link_opens_on_a_server_nobody_has_visited(sample, server, reader):
    visitor = reader()
    page = visitor.open(f"{server(sample)}/hotline?period=2024-08")

    assert page.locator("h1").first.inner_text().startswith("2024年8月")
    assert page.locator("[data-testid=stSidebarNavLink]").count() == len(PAGES)
    visitor.check()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_to_do_when_nothing_was_loaded(name, empty, reader):
    visitor = reader()
    visitor.open(f"{empty}/{name}")

    assert "还没有" in visitor.page.locator("[data-testid=stMain]").inner_text()
    visitor.check()


def test_the_menu_leads_to_every_page(dashboard, reader):
    visitor = reader()
    page = visitor.open(dashboard)

    links = page.locator("[data-testid=stSidebarNavLink]")
    titles = links.all_inner_texts()
    addresses = {link.get_attribute("href").rsplit("/", 1)[-1] for link in links.all()}
    for index in range(links.count()):
        links.nth(index).click()
        visitor.settle()

    assert len(links.all()) == len(PAGES)
    assert addresses - {""} <= set(PAGES)
    assert all(re.search(r"[一-鿿]", title) for title in titles)
    visitor.check()


def test_an_address_that_does_not_exist_is_answered_in_chinese(dashboard, reader):
    visitor = reader()

    page = visitor.open(dashboard + "/nowhere")

    assert "没有这个" in page.locator("[role=dialog]").inner_text()
    assert visitor.outside == []
