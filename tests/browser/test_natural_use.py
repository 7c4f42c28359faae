"""What a reader does without thinking: turn the month, share a view, keep one, read the hints, print."""

import re
import shutil

import pytest
from browser.harness import Reader

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(dashboard, reader):
    def open_(address="", url=dashboard):
        visitor = reader()
        visitor.open(f"{url}/{address}")
        return visitor

    return open_


def title(visitor):
    return visitor.page.locator("h1").first.inner_text()


def test_there_is_nothing_after_the_last_month_and_a_metric_is_one_key_away(opened):
    visitor = opened("?period=2024-10")

    assert visitor.page.locator(".st-key-period-after button").first.is_disabled()
    assert visitor.page.locator(".st-key-period-before button").first.is_enabled()

    visitor.page.keyboard.press("/")
    visitor.settle()
    assert re.search(r"/definitions\?.*period=2024-10", visitor.page.url)


def test_a_copied_link_shows_another_reader_the_same(opened, reader):
    visitor = opened("hotline?period=2024-08&category=物业管理")
    page = visitor.page
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="复制链接").click()

    assert page.locator(".said").inner_text() == "已复制链接"
    link = page.evaluate("navigator.clipboard.readText()")
    other = reader()
    other.open(link)

    assert title(other) == title(visitor)
    assert "物业管理" in title(other)


def test_a_view_is_kept_under_a_name_opened_and_let_go(sample, tmp_path, server, opened):
    # A copy of the sample, so that what is kept there disturbs no other test.
    url = server(shutil.copytree(sample, tmp_path / "data"))
    visitor = opened("hotline?period=2024-07&unit=综合行政执法队", url)
    page = visitor.page
    page.get_by_role("button", name="更多").click()
    page.get_by_label("名称").fill("执法队七月<b>")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="收藏当前视图").click()
    visitor.settle()

    later = opened("?period=2024-09", url)
    later.page.get_by_role("button", name="更多").click()
    later.page.get_by_role("link", name="执法队七月<b>").click()
    later.settle()
    kept = title(later)
    later.page.get_by_role("button", name="更多").click()
    later.page.get_by_role("button", name="删除").click()
    later.settle()

    assert kept.startswith("2024年7月") and "综合行政执法队" in kept
    assert later.page.get_by_role("link", name="执法队七月<b>").count() == 0
    later.check()


def test_hints_are_shown_once_and_can_be_called_back(browser, dashboard):
    visitor = Reader(browser, first_visit=True)
    try:
        page = visitor.open(dashboard)
        hint = page.locator(".hint")
        hint.wait_for()
        seen = [hint.locator(".count").inner_text()]
        for _ in range(4):
            hint.locator(".next").click()
            seen.append(hint.locator(".count").inner_text())
        hint.locator(".next").click()
        visitor.open(f"{dashboard}/hotline")
        page.wait_for_timeout(2500)
        again = hint.count()
        page.get_by_role("button", name="更多").click()
        page.get_by_role("button", name="使用提示").click()

        assert seen == [f"提示 {n}/5" for n in range(1, 6)]
        assert again == 0
        assert hint.count() == 1
        visitor.check()
    finally:
        visitor.close()


def test_keys_turn_the_month_nothing_jumps_and_paper_carries_no_menu_and_no_buttons(opened):
    visitor = opened("hotline?period=2024-08")
    page = visitor.page
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 900)")
    where = "document.querySelector('[data-testid=stMain]').scrollTop"
    at = page.evaluate(where)
    page.keyboard.press("[")
    visitor.settle()

    assert at and abs(page.evaluate(where) - at) <= 40
    assert title(visitor).startswith("2024年7月")

    page.keyboard.press("]")
    visitor.settle()
    assert title(visitor).startswith("2024年8月")

    page.get_by_role("button", name="更多").click()
    page.get_by_label("名称").fill("六月[七月]")
    page.keyboard.press("[")
    page.wait_for_timeout(500)  # long enough for a month to turn that must not
    assert "period=2024-08" in page.url
    page.keyboard.press("Escape")

    page.emulate_media(media="print")

    for tool in ("stSidebar", "stButtonGroup"):
        assert not page.locator(f"[data-testid={tool}]").first.is_visible()
    assert not page.locator(".st-key-filters").is_visible()
    assert page.locator("h1").is_visible()
    assert len(page.pdf(format="A4", landscape=True)) > 20_000
