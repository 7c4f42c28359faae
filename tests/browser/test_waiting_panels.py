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


def test_beyond_the_calendar_there_is_no_guess(office, server, reader):
    header = ["工单编号", "受理时间", "办结时间", "诉求分类"]
    rows = [[f"A{no}", "2003-12-30 09:00", "2004-01-05 09:00", "噪声扰民"] for no in range(12)]
    rows.append(["B1", "2004-02-02 09:00", "2004-02-03 09:00", "噪声扰民"])
    office.load(office.table("hotline.csv", header, rows))
    visitor = reader((1440, 3200))

    visitor.open(f"{server(office.place.root)}/hotline?period=2003-12&clock=工作日")

    assert "工作日历只有2004年至2026年,有12件" in text(visitor)
    visitor.page.locator(PANEL).get_by_role("radio", name="自然日").click()
    visitor.settle()
    assert "一半工单在6.0天内办结" in text(visitor)
    visitor.check()


def test_the_open_orders_are_a_pyramid_with_a_table(dashboard, reader):
    visitor = reader((1440, 3200))
    visitor.open(f"{dashboard}/hotline?period=2024-09")
    panel = ".st-key-panel-backlog-hotline_open"
    drawn = visitor.page.locator(f"{panel} .js-plotly-plot").inner_text()

    assert "已逾期" in drawn and "90天以上" in drawn
    visitor.page.locator(panel).get_by_role("radio", name="表").click()
    visitor.settle()
    assert visitor.page.locator(f"{panel} [data-testid=stDataFrame]").count() == 1
    visitor.check()
