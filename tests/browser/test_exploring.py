"""A reader looks closer: filters, clicks, tables, downloads, links that show what the sender saw."""

import io
import re

import pytest
from browser.harness import PHONE
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(dashboard, reader):
    def open_(address, *size):
        visitor = reader(*size)
        visitor.open(f"{dashboard}/{address}")
        return visitor

    return open_


def headline(visitor):
    return visitor.page.locator("[data-testid=stMain] h1").first.inner_text()


def test_every_chart_has_its_table_and_its_files(opened):
    visitor = opened("hotline?period=2024-09", (1440, 3200))
    faces = visitor.page.get_by_role("radio", name="表")
    count = faces.count()
    for at in range(count):
        faces.nth(at).click()
        visitor.settle()

    assert count >= 6
    assert visitor.page.locator("[data-testid=stDataFrame]").count() >= count

    visitor.page.get_by_role("button", name="口径与下载").first.click()
    files = {}
    for ending in ("csv", "xlsx"):
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("button", name=f"下载 {ending}").first.click()
        files[ending] = download.value.path().read_bytes()
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    assert "2024年9月" in files["csv"].decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
    assert any("口径" in str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())  # fmt: skip
    visitor.check()


def test_a_tile_opens_the_card_of_its_grid_and_the_link_keeps_it(opened):
    visitor = opened("grids?period=2024-09")
    visitor.page.locator(".st-key-chart-map .point").nth(3).click(force=True)
    visitor.settle()

    place = visitor.page.get_by_role("heading", name=re.compile("社区.*网格$"))
    name = place.inner_text()
    assert "pick=" in visitor.page.url

    again = opened(visitor.page.url.rsplit("/", 1)[-1], PHONE)
    assert name in again.page.locator("[data-testid=stMain]").inner_text()
    visitor.check()
    again.check()


def test_the_period_is_chosen_above_every_page_and_a_bar_filters_one_and_lets_go_again(opened):
    visitor = opened("overview?period=2024-09")
    visitor.page.locator(".st-key-open-period button").first.click()
    visitor.page.get_by_role("button", name="本季").click()
    visitor.settle()

    assert "period=2024-Q4" in visitor.page.url
    assert "2024年四季度" in headline(visitor)

    visitor.turn("hotline")
    whole = headline(visitor)
    assert "2024年四季度" in whole
    assert "period=2024-Q4" in visitor.page.url

    visitor.page.locator(".st-key-chart-hotline_volume-nature .bars .point").first.click(force=True)
    visitor.settle()
    assert "投诉" in headline(visitor)
    assert headline(visitor) != whole
    assert "nature=" in visitor.page.url

    visitor.page.get_by_role("button", name="清除筛选").click()
    visitor.settle()
    assert headline(visitor) == whole
    visitor.check()


def test_real_boundaries_are_drawn_without_a_network(office, server, reader):
    office.load(office.write("边界.geojson", BOUNDARIES))
    office.load(
        office.table(
            "工单.csv",
            ("工单编号", "受理时间", "所属社区", "事项类别"),
            [(f"G{n}", "2024-09-03 11:26", ("东河社区", "西河社区")[n % 2], "物业管理") for n in range(40)],
        )
    )  # fmt: skip
    visitor = reader()
    visitor.open(f"{server(office.place.root)}/grids?metric=诉求受理量")

    canvas = visitor.page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    box = canvas.bounding_box()
    assert box
    assert "边界来自导入的区划文件" in visitor.page.locator("[data-testid=stMain]").inner_text()
    # The map says to nobody that it is drawn: before that a click finds nothing, and is made again.
    for _ in range(15):
        visitor.page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)
        visitor.page.wait_for_timeout(1500)
        if "pick=" in visitor.page.url:
            break
    visitor.settle()
    assert "pick=" in visitor.page.url
    visitor.check()


BOUNDARIES = """{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"code": "01", "name": "东河社区", "level": "社区"},
  "geometry": {"type": "Polygon", "coordinates": [[[106.60,26.40],[106.65,26.40],[106.65,26.45],[106.60,26.45],[106.60,26.40]]]}},
 {"type": "Feature", "properties": {"code": "02", "name": "西河社区", "level": "社区"},
  "geometry": {"type": "Polygon", "coordinates": [[[106.65,26.40],[106.70,26.40],[106.70,26.45],[106.65,26.45],[106.65,26.40]]]}}
]}"""
