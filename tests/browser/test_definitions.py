"""指标口径 in a browser: found by a layman's word, told in full, reached from any number."""

import re
import shutil

import pytest

import metrics
from metrics.library import FOLDER

pytestmark = pytest.mark.browser


def test_every_chart_and_file_names_its_definition_and_a_number_leads_there_in_its_month(
    dashboard, reader
):
    visitor = reader()
    page = visitor.open(f"{dashboard}/hotline?period=2024-08")

    charts = page.locator("[class*=st-key-panel-]").all()
    named = [chart for chart in charts if re.search(r"\w+@\d", chart.inner_text())]
    # How long closing takes is an estimate of its own, with its definition in its popover.
    assert named and len(charts) - len(named) <= 1
    link = page.locator(".st-key-panel-trend-hotline_volume a", has_text="hotline_volume@1")
    assert link.get_attribute("href").startswith("definitions?metric=hotline_volume&")

    page.locator(".st-key-tools-trend-hotline_volume button").first.click()
    with page.expect_download() as taken:
        page.get_by_text("下载 csv").first.click()
    rows = taken.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].endswith(",口径编号")
    assert {row.rpartition(",")[2] for row in rows[1:]} == {"hotline_volume@1"}
    page.keyboard.press("Escape")

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


EXPLICIT = "definitions?metric=hotline_satisfied_explicit&period=2024-09"


def test_two_versions_are_seen_over_one_period_and_the_line_breaks_between_them(dashboard, reader):
    visitor = reader()
    page = visitor.open(f"{dashboard}/{EXPLICIT}")

    compared = page.locator("[data-testid=stTable]", has_text="第1版(2023-01-01").inner_text()
    chart = page.locator(".st-key-panel-trend-hotline_satisfied_explicit")

    assert "第1版(2023-01-01—2024-06-30)" in compared and "第2版(2024-07-01起)" in compared
    assert "口径第2版自2024年7月起" in chart.locator(".plotly").inner_text()
    assert chart.locator(".scatterlayer .lines path.js-line").count() >= 2
    assert "hotline_satisfied_explicit@2" in chart.inner_text()

    page.get_by_text("全部按现行口径").click()
    visitor.settle()

    assert "口径第2版自" not in chart.locator(".plotly").inner_text()
    visitor.check()


def test_an_exclusion_is_switched_off_to_see_what_it_changes(dashboard, reader):
    visitor = reader()
    page = visitor.open(f"{dashboard}/definitions?metric=hotline_on_time_due&period=2024-09")
    trial = page.locator("[data-testid=stTable]", has_text="现行口径")

    assert "都不剔除" in trial.inner_text()
    page.locator("[data-testid=stButtonGroup]", has_text="退回工单").get_by_text("无效工单").click()
    visitor.settle()

    assert "不剔除“退回工单”“不纳入考核的工单”" in trial.inner_text().replace("\u2060", "")
    assert re.search(
        r"剔除“.+”[\d,]+件:[\d.]+% → [\d.]+%", page.locator("[data-testid=stMain]").inner_text()
    )
    visitor.check()


def test_a_card_past_its_review_says_so_on_its_page_and_in_its_popover(
    sample, server, reader, tmp_path, monkeypatch
):
    """The as-of date of the sample is 24 October 2024."""
    cards = tmp_path / "cards"
    shutil.copytree(FOLDER, cards)
    file = cards / "hotline.toml"
    text = file.read_text(encoding="utf-8").replace(
        "effective = 2024-10-24", "effective = 2023-01-01", 1
    )
    file.write_text(text.replace("review = 2025-10-24", "review = 2024-10-01", 1), encoding="utf-8")
    monkeypatch.setenv("GOVERNANCE_CARDS", str(cards))
    visitor = reader()
    url = server(sample)

    page = visitor.open(f"{url}/definitions?metric=hotline_volume")
    assert "▲ 待复核" in page.locator("[data-testid=stTable]").first.inner_text()
    page.locator(".st-key-card-hotline_volume [data-testid=stPopoverButton]").click()
    assert "▲ 待复核" in page.locator("[data-testid=stPopoverBody]").inner_text()

    page = visitor.open(f"{url}/definitions")
    of_the_file = [each for each in metrics.cards().values() if each.table.name == "hotline"]
    assert f"其中{len(of_the_file)}个待复核" in page.locator("h1").inner_text()
