"""指标口径 in a browser: found by a layman's word, told in full, reached from any number."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_layman_finds_a_metric_by_another_name_for_it(dashboard, reader):
    page = reader().open(f"{dashboard}/definitions?q=群众满意率")

    main = page.locator("[data-testid=stMain]").inner_text()

    assert "满意率(明确表示满意)" in main
    assert "诉求受理量" not in main


def test_a_word_that_no_metric_has_is_answered_with_what_is_near(dashboard, reader):
    page = reader().open(f"{dashboard}/definitions?q=调解功率")

    assert "没有找到“调解功率”" in page.locator("[data-testid=stAlert]").inner_text()
    assert page.locator("[data-testid=stAlert] a").first.inner_text() == "调解成功率"


def test_from_a_number_to_its_definition_and_the_same_month(dashboard, reader):
    visitor = reader()
    page = visitor.open(f"{dashboard}/hotline?period=2024-08")
    page.locator(".st-key-card-hotline_on_time_due [data-testid=stPopoverButton]").click()
    page.get_by_role("link", name=re.compile("完整口径")).first.click()
    visitor.settle()

    title = page.locator("h1").inner_text()
    worked = page.locator("[data-testid=stTable]", has_text="计入分母").inner_text()

    assert title == "按时办结率(应办结口径) = 按时办结件数 ÷ 应办结件数"
    assert "period=2024-08" in page.url and "2024年8月" in page.locator("body").inner_text()
    assert "例1" in worked and "✓" in worked
    assert "1 ÷ 3 = 33.3%" in page.locator("[data-testid=stMain]").inner_text()
    visitor.check()


def test_a_metric_that_does_not_exist_gives_way_to_the_list(dashboard, reader):
    visitor = reader()
    page = visitor.open(f"{dashboard}/definitions?metric=hotline_on_time")

    assert "个指标" in page.locator("h1").inner_text()
    visitor.check()
