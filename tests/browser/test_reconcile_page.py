"""对账 in the browser: a paste, an upload, a correction; and that nothing of it stays."""

import pytest
import xlsxwriter
from browser.harness import PHONE

pytestmark = pytest.mark.browser

PASTED = "\n".join(
    [
        "2024年8月办理情况",
        "单位\t受理数\t办结数\t办结率",
        "甲局\t412\t399\t96.84%",
        "乙局\t366\t341\t93.17%",
        "丙局\t298\t290\t97.32%",
        "丁局\t251\t240\t95.62%",
        "合计\t1345\t1270\t94.42%",
        "受理较上月同比增长1.3%。",
    ]
)


def said(visitor):
    return visitor.page.locator("[data-testid=stMain]").inner_text()


def paste(visitor, text):
    box = visitor.page.locator("[data-testid=stTextArea] textarea")
    box.fill(text)
    box.press("Control+Enter")
    visitor.page.get_by_text("对不上").first.wait_for()
    visitor.settle()


def test_a_paste_is_checked_and_another_period_offered(dashboard, reader):
    visitor = reader((1440, 2000))
    page = visitor.open(f"{dashboard}/reconcile?period=2024-09")
    assert "还没有要核对的内容" in said(visitor)

    paste(visitor, PASTED)

    words = said(visitor)
    assert "这份通报有3处对不上" in page.locator("h1").inner_text()
    assert "1,345" in words
    assert "1,327" in words
    assert "没有哪个维度" in words
    page.get_by_role("button", name="改用2024年8月").click()
    page.get_by_text("通报写的是").wait_for(state="detached")
    assert "period=2024-08" in page.url
    visitor.check()


def test_the_example_is_compared_with_our_numbers_on_a_phone_too(dashboard, reader):
    visitor = reader(PHONE)
    page = visitor.open(f"{dashboard}/reconcile?period=2024-09")

    page.get_by_role("button", name="看一个例子").click()
    page.get_by_text("与我们的数比").wait_for()
    visitor.settle()

    words = said(visitor)
    assert "承办单位" in words
    assert "8/8行" in words
    assert "7/8行" in words
    assert visitor.overflow <= 0
    with page.expect_download() as download:
        page.locator(".st-key-tools-reconcile-ours-0 button").first.click()
        page.locator(".st-key-csv-reconcile-ours-0 button").click()
    assert "@1" in download.value.path().read_text("utf-8-sig")
    visitor.check()


def test_a_workbook_with_merged_headers_is_read_and_not_kept(sample, dashboard, reader, tmp_path):
    path = tmp_path / "通报202409.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 4, "某市办理情况统计表")
        page.merge_range(1, 0, 2, 0, "单位")
        page.merge_range(1, 1, 1, 2, "热线")
        page.merge_range(1, 3, 2, 3, "不满意数")
        page.merge_range(1, 4, 2, 4, "不满意率")
        page.write_row(2, 1, ["派遣数", "按时办结数"])
        rows = [("合计", 353, 325, 27), ("甲局", 99, 87, 8), ("乙局", 77, 70, 6), ("丙局", 68, 66, 5), ("丁局", 68, 63, 3), ("戊局", 41, 39, 5)]  # fmt: skip
        for at, (name, sent, on_time, bad) in enumerate(rows, 3):
            page.write_row(at, 0, [name, sent, on_time, bad, f"{bad / on_time * 100:.1f}%"])
    visitor = reader((1440, 2000))
    opened = visitor.open(f"{dashboard}/reconcile?period=2024-09")

    opened.locator("[data-testid=stFileUploader] input").set_input_files(path)
    opened.get_by_text("还原出了算法").first.wait_for()
    visitor.settle()

    words = said(visitor)
    assert "热线/按时办结数" in words
    assert "不是“热线/派遣数”" in words
    assert "与各行相加一致" in words or "条说明" in words
    assert not any(
        "甲局".encode() in file.read_bytes() for file in sample.rglob("*") if file.is_file()
    )
    visitor.check()
