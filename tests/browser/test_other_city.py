"""A city that keeps other books: every page opens on Los Angeles and says what the city has not got."""

import pytest
from browser.harness import PAGES
from test_real_cities import LA, REQUESTS_2020, los_angeles, needs_la

__all__ = ["los_angeles"]
pytestmark = [pytest.mark.browser, needs_la]

# What is missing, by the page that would show it first.
LACKING = {
    "resolution": "事件与纠纷台账",
    "coverage": "重点服务群体统计",
    "nets": "机制月报",
    "teams": "服务与活动台账",
    "estates": "服务与活动台账",
    "party": "机制月报",
}


def test_every_page_opens_and_says_plainly_what_is_missing(request, server, reader):
    office = request.getfixturevalue("los_angeles")
    office.load(LA / "requests_2020_flat.csv", mapping=REQUESTS_2020)
    url = server(office.place.root)

    for name in PAGES:
        visitor = reader()
        page = visitor.open(f"{url}/{name}?period=2020-01")
        said = page.locator("[data-testid=stMain]").inner_text()
        assert visitor.overflow <= 0, name
        assert LACKING.get(name, "") in said, name
        assert name not in LACKING or "没有接入" in said, name
        visitor.check()
        visitor.close()
