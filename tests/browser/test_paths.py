"""A leader's way and an analyst's way through the pages, clicked in a browser from end to end."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.browser


def test_a_leader_goes_from_the_overview_to_a_late_community_its_cases_and_their_definition(
    dashboard, reader
):
    visitor = reader()
    page = visitor.open(f"{dashboard}/?period=2024-09")
    page.get_by_role("link", name="石板井社区").click()
    visitor.settle()
    assert page.locator("h1").first.inner_text().startswith("2024年9月石板井社区诉求受理量")

    page.locator("[data-testid=stSidebarNavLink]", has_text="矛盾化解").click()
    visitor.settle()
    assert "石板井社区受理案件" in page.locator("h1").first.inner_text()
    types = page.locator(".st-key-panel-case_count-kind")
    assert "按种类" in types.inner_text()

    types.get_by_role("button", name="口径与下载").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 xlsx").first.click()
    book = CalamineWorkbook.from_filelike(io.BytesIO(waiting.value.path().read_bytes()))
    cells = [cell for row in book.get_sheet_by_name("数据").to_python() for cell in row]
    notes = str(book.get_sheet_by_name("说明").to_python())
    assert "派遣任务" in cells and "期间:2024年9月" in notes

    page.get_by_role("link", name=re.compile("完整口径")).first.click()
    visitor.settle()
    assert page.locator("h1").first.inner_text() == "受理案件 = 受理件数"
    page.go_back()
    visitor.settle()
    assert "石板井社区受理案件" in page.locator("h1").first.inner_text()
    visitor.check()


def test_an_analyst_goes_from_a_spike_to_its_category_its_unit_and_a_link(dashboard, reader):
    visitor = reader()
    page = visitor.open(f"{dashboard}/hotline?period=2024-07")
    assert "偏高,不是偶然波动" in page.locator("h1").first.inner_text()
    assert "停水" in page.locator(".st-key-panel-trend-hotline_volume").inner_text()

    chart = page.locator(".st-key-panel-hotline_volume-category .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    visitor.settle()
    chart.locator(".bars .point").first.click(force=True)
    visitor.settle()
    category = page.evaluate("new URLSearchParams(location.search).get('category')")
    assert category

    # A table is a canvas: its header and its rows are 35 pixels high, a box to tick in front of each.
    units = page.locator(".st-key-rows-unit [data-testid=stDataFrame]")
    units.scroll_into_view_if_needed()
    table = units.bounding_box()
    page.mouse.click(table["x"] + 17, table["y"] + 52)
    visitor.settle()
    unit = page.evaluate("new URLSearchParams(location.search).get('unit')")
    assert unit

    title = page.locator("h1").first.inner_text()
    assert category in title and unit in title
    link = page.url

    other = reader()
    there = other.open(link)
    assert there.locator("h1").first.inner_text() == title
    visitor.check()
