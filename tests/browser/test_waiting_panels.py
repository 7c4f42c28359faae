"""How long it takes: the reader chooses the clock, the address carries it, the file says it."""

import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.browser

PANEL = ".st-key-panel-closing-hotline"


def text(visitor, panel=PANEL):
    return visitor.page.locator(panel).inner_text()


def test_the_reader_chooses_working_days_and_the_link_keeps_them(dashboard, reader):
    visitor = reader((1440, 3200))
    visitor.open(f"{dashboard}/hotline?period=2024-09")
    pyramid = visitor.page.locator(
        ".st-key-panel-backlog-hotline_open .js-plotly-plot"
    ).inner_text()
    assert "已逾期" in pyramid and "90天以上" in pyramid
    assert "一半工单在5.8天内办结(5.1—6.3)" in text(visitor)
    assert "9件未办结" in text(visitor)
    assert "只看已办结的平均6.8天,漏掉9件未办结的" in text(visitor)

    visitor.page.locator(PANEL).get_by_role("radio", name="工作日").click()
    visitor.settle()

    assert "clock=" in visitor.page.url
    assert "工作日(含调休,日历至2026年)" in text(visitor)
    assert "个工作日内办结" in text(visitor)
    assert "较上月无法区分" in text(visitor)  # the holiday made September slow, not the office

    second = reader((1440, 3200))
    second.open(visitor.page.url)
    assert "日历至2026年" in text(second)

    second.page.locator(PANEL).get_by_role("button", name="口径与下载").click()
    with second.page.expect_download() as done:
        second.page.get_by_role("button", name="下载 xlsx").click()
    book = CalamineWorkbook.from_filelike(io.BytesIO(done.value.path().read_bytes()))
    rows: list[list[Any]] = book.get_sheet_by_name("数据").to_python()
    notes = str(book.get_sheet_by_name("说明").to_python())
    assert rows[0][:2] == ["工作日数", "已办结比例"]
    assert all(sum(row[4:]) == pytest.approx(1) for row in rows[1:])
    assert "日历至2026年" in notes and "漏掉9件未办结的" in notes
    for each in (visitor, second):
        each.check()
