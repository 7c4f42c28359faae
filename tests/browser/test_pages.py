"""Every page, opened by its address on a server nobody has visited yet, with the network cut."""

import re

import pytest
from browser.harness import PAGES, PHONE, WALL, WIDE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_by_its_address_on_a_fresh_server(name, sample, server, reader):
    url = server(sample)

    for size in (WIDE, WALL, PHONE):
        visitor = reader(size)
        page = visitor.open(f"{url}/{name}")

        assert page.locator("[data-testid=stMain] h1, [data-testid=stMain] h2").count()
        assert visitor.overflow <= 0, size
        visitor.check()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_speaks_chinese_down_to_its_menus(name, sample, server, reader):
    visitor = reader()
    visitor.open(f"{server(sample)}/{name}")

    assert visitor.english_anywhere() == set()
    visitor.check()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_to_do_when_nothing_was_loaded(name, tmp_path, server, reader):
    visitor = reader()
    visitor.open(f"{server(tmp_path / 'nothing')}/{name}")

    assert "还没有" in visitor.page.locator("[data-testid=stMain]").inner_text()
    visitor.check()


def test_the_menu_leads_to_every_page(sample, server, reader):
    visitor = reader()
    page = visitor.open(server(sample))

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


def test_an_address_that_does_not_exist_is_answered_in_chinese(sample, server, reader):
    visitor = reader()

    page = visitor.open(server(sample) + "/nowhere")

    assert "没有这个" in page.locator("[role=dialog]").inner_text()
    assert visitor.outside == []
