"""议定事项 in the browser: written down, judged, closed, and found again by its address."""

import shutil

import pytest

pytestmark = pytest.mark.browser

TEXT = "物业类工单逐件回访"


def said(visitor):
    return visitor.page.locator("[data-testid=stMain]").inner_text()


def test_a_decision_is_written_judged_closed_and_reopened_on_the_pinned_snapshot(
    sample, server, reader, tmp_path
):
    shutil.copytree(sample, tmp_path / "data")
    url = server(tmp_path / "data")
    visitor = reader((1440, 1600))
    page = visitor.open(f"{url}/decisions?period=2024-06&metric=hotline_satisfied_explicit")
    assert "还没有议定事项" in said(visitor)

    page.get_by_role("button", name="记下").click()
    page.get_by_text("请写事项").wait_for()
    page.get_by_label("事项", exact=True).fill(TEXT)
    page.get_by_label("责任单位").fill("城管办")
    page.get_by_label("至少(百分点)", exact=True).fill("5")
    page.get_by_role("button", name="记下").click()
    page.get_by_text("上次议定1项").wait_for()
    visitor.settle()

    assert "未达到0项、无法判断1项;已过期限1项" in page.locator("h1").inner_text()
    assert "城管办 · 2024-09-30前" in said(visitor)
    assert "2024年6月75.2%,2024年9月78.8%;幅度不够,但差距在随机波动范围内" in said(visitor)
    assert page.locator(".js-plotly-plot").count() == 1

    page.get_by_label("会议名称").fill("十月工作例会")
    page.get_by_role("button", name="固定当前快照").click()
    page.get_by_role("link", name="十月工作例会").wait_for()
    kept = page.get_by_role("link", name="十月工作例会").get_attribute("href")
    page.get_by_role("button", name="处理").click()
    page.get_by_label("说明", exact=True).fill("已逐件回访")
    page.get_by_role("button", name="已办完").click()
    page.get_by_text("没有进行中的议定事项").wait_for()
    visitor.settle()
    assert TEXT not in said(visitor)

    page = visitor.open(f"{url}/{kept}&closed=true")
    assert "正在看固定快照「十月工作例会」" in said(visitor)
    assert TEXT in said(visitor)
    page.get_by_role("button", name="回到最新").click()
    page.get_by_text("正在看固定快照").wait_for(state="detached")
    assert "snap=" not in page.url
    visitor.check()
