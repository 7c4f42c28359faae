"""Streamlit has no Chinese of its own: every widget is opened and read, in a browser set to English."""

from pathlib import Path

import pytest
from browser.harness import Reader
from serving import serve

pytestmark = pytest.mark.browser

APP = Path(__file__).parent / "gallery" / "app.py"
THEIRS = ".st-key-theirs"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("gallery")
    with serve(scratch, scratch / "server.log", app=APP) as url:
        yield url


@pytest.fixture(scope="module")
def opened(browser, address):
    visitor = Reader(browser, (1440, 3600), locale="en-US")
    visitor.open(address)
    yield visitor
    visitor.close()


@pytest.fixture
def gallery(opened):
    """One visit for all; each leaves no list and no menu open."""
    yield opened
    opened.page.keyboard.press("Escape")
    opened.page.mouse.move(0, 0)


def test_no_widget_keeps_an_english_word(gallery):
    found = gallery.english_anywhere(bar=True)

    own_words = {"Search", "Format", "Close", "Count", "None", "Copy", "Statistics", "Upload"}
    own_words |= {"Open", "Closed"}
    assert {entry for entry in found if entry.split(" · ")[0] not in own_words} == set()
    gallery.check()


def test_what_a_page_writes_stays_as_written(gallery):
    words = gallery.page.locator(THEIRS).inner_text().split()

    assert words == ["Search", "Format", "Close", "Count", "None", "Copy", "Statistics", "Upload"]

    gallery.page.locator(".st-key-status input").click()
    options = gallery.page.locator("[role=option]").all_inner_texts()
    assert options == ["Open", "Closed"]


def test_messages_that_come_while_working_are_chinese(gallery):
    page = gallery.page
    files = [
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"1"},
        {"name": "b.exe", "mimeType": "application/x-msdownload", "buffer": b"1"},
    ]

    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="提示").click()
    page.wait_for_selector("[data-testid=stToast]")  # typing would end the run before it
    page.get_by_label("表单内").fill("甲")
    page.get_by_label("备注").fill("甲")
    page.get_by_label("数值").fill("99")
    gallery.settle()

    assert {
        entry for entry in gallery.english() if entry.split(" · ")[1].startswith("stFile")
    } == set()
    assert "不接受" in page.locator("[data-testid=stFileUploader]").inner_text()
    assert "展开" in page.locator("[data-testid=stToast]").inner_text()


def test_the_menu_of_a_column_is_chinese(gallery):
    page = gallery.page
    box = page.locator(".st-key-grid [data-testid=stDataFrame]").bounding_box()

    for x in range(0, int(box["width"]), 6):
        page.mouse.move(box["x"] + x, box["y"] + 18)
        page.mouse.click(box["x"] + x, box["y"] + 18)
        if page.locator("[data-testid=stDataFrameColumnMenu]").count():
            break
    menu = page.locator("[data-testid=stDataFrameColumnMenu]")
    menu.get_by_text("统计").hover()
    page.wait_for_selector("[data-testid^=stDataFrameStatistics]")

    assert {"升序", "降序", "固定列", "隐藏列"} <= set(menu.inner_text().split())
    assert {entry for entry in gallery.english() if "stDataFrame" in entry} == set()
