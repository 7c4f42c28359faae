"""重点群体 in the browser: what is small stays unsaid, what is above all is flagged, what is absent is named."""

from urllib.parse import unquote

import pytest
from browser.harness import PHONE, Reader
from offices import Office
from serving import serve

pytestmark = pytest.mark.browser

AREAS = ("编码", "名称", "层级", "上级编码")
HEADER = ("月份", "社区", "人员类别", "应掌握数", "已掌握数", "更新数", "走访人数", "帮扶人数")
PLACES = {"甲社区": "J01", "乙社区": "J02", "丙社区": "J03"}
MONTHS = ("2024-07", "2024-08", "2024-09", "2024-10")
ADDRESS = "coverage?period=2024-Q3&aspect=知晓"


def group(name, **people):
    """Expected, known, fresh, visited, helped of a group, the same every month."""
    return [(month, place, name, *people[place]) for month in MONTHS for place in people]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Six of the assisted live in 甲社区, in the two others many."""
    office = Office(tmp_path_factory.mktemp("office"))
    assisted = {"乙社区": (46, 41, 33, 24, 17), "丙社区": (94, 83, 72, 61, 52)}
    rows = group("帮扶人员", 甲社区=(6,) * 5, **assisted)
    rows += group("流动人口", **dict.fromkeys(PLACES, (100, 90, 80, 60, 40)) | {"丙社区": (100, 110, 90, 60, 40)})  # fmt: skip
    rows += group("失业人员", **dict.fromkeys(PLACES, ("", 70, 60, 50, 40)))
    areas = [
        ("J", "甲乙街道", "街道", ""),
        *((c, n, "社区", "J") for n, c in PLACES.items()),
        ("J01G1", "甲一网格", "网格", "J01"),
    ]
    office.load(office.table("区域.csv", AREAS, areas))
    office.load(office.table("统计.csv", HEADER, rows))
    return office


@pytest.fixture(scope="module")
def url(office, tmp_path_factory):
    with serve(office.place.root, tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


@pytest.fixture(scope="module")
def street(browser, url):
    """The quarter of the street, opened once; each test leaves it as it was."""
    visitor = Reader(browser, (1440, 2600))
    visitor.open(f"{url}/{ADDRESS}")
    yield visitor
    visitor.close()


def said(visitor):
    return visitor.page.locator("[data-testid=stMain]").inner_text()


def figures(visitor):
    """Every word that any figure holds, drawn or on hover, and every number it is drawn from."""
    return visitor.page.evaluate(
        "() => [...document.querySelectorAll('.js-plotly-plot')].map(plot => JSON.stringify("
        "plot.data.map(t => [t.text, t.hovertext, t.customdata, t.x, t.y, t.z, t.base])))"
    )


def cells(visitor):
    """What stands in the table of groups and communities, and what hovering adds."""
    return visitor.page.evaluate(
        "() => { const t = document.querySelector("
        '\'[class*="st-key-chart-coverage_"][class*="-community-group"] .js-plotly-plot\').data[0];'
        " return t.text.map((text, i) => [text, t.marker.pattern.shape[i], t.hovertext[i]]); }"
    )


def written(visitor, name="coverage_known-community-group"):
    visitor.page.locator(f".st-key-tools-{name} button").first.click()
    with visitor.page.expect_download() as download:
        visitor.page.locator(f".st-key-csv-{name} button").click()
    visitor.page.keyboard.press("Escape")
    return download.value.path().read_text("utf-8-sig")


WRITTEN = (
    "() => [...document.querySelectorAll('[data-testid=stDataFrame]')]"
    ".every(frame => frame.querySelector('canvas table')?.textContent)"
)
TALL = (1440, 6000)  # a table below the window has no text to compare


def everything(visitor):
    text, drawn, file = said(visitor), figures(visitor), written(visitor)
    faces = visitor.page.get_by_role("radio", name="表")
    for at in range(faces.count()):
        faces.nth(at).click()
        visitor.settle()
    visitor.page.wait_for_function(WRITTEN)
    tables = visitor.page.locator("[data-testid=stDataFrame] canvas table").all_text_contents()
    assert any("已隐藏" in table for table in tables)
    # A table below the window writes its text when it is scrolled to.
    return text, drawn, file, [table for table in tables if table]


def test_six_people_are_hidden_with_a_partner_and_say_why(street):
    lines = cells(street)
    hidden = {hover.split("<br>")[0]: hover for text, _, hover in lines if text == "已隐藏"}
    assisted = [hover for name, hover in hidden.items() if "帮扶人员" in name]
    assert [("甲社区" in one, "乙社区" in one) for one in assisted] == [
        (True, False),
        (False, True),
    ]
    assert "少于10" in assisted[0]
    assert "一并隐藏" in assisted[1]
    assert "已隐藏" in street.page.locator("[data-testid=stMain] h1").inner_text()
    assert "少于10" in said(street)
    line = next(one for one in written(street).splitlines() if one.startswith("甲社区,帮扶人员"))
    assert line == "甲社区,帮扶人员,,,,,,已隐藏,coverage_known@1"
    street.check()


def test_above_all_is_flagged_and_not_reported_is_not_hidden(street):
    found = cells(street)
    (above,) = [hover for text, _, hover in found if text == "▲110.0%"]
    assert "330/300" in above
    assert "分子大于分母" in above
    patterns = {text: shape for text, shape, _ in found if text in ("已隐藏", "未上报")}
    assert patterns == {"已隐藏": "/", "未上报": "."}
    unknown = [hover for text, _, hover in found if text == "未上报" and "失业人员" in hover]
    assert len(unknown) == len(PLACES)
    assert all("没有应掌握数" in hover for hover in unknown)
    assert "照实显示" in said(street)
    street.check()


def test_how_recently_each_group_was_told_is_said_with_its_rhythm(street):
    lines = [line.split() for line in street.page.locator("tr").all_inner_texts()]
    told = {line[0]: line[1:] for line in lines if len(line) == 5}
    assert told["流动人口"] == ["每月", "2024年9月", "1天", "3个月中公布3个月"]
    assert told["帮扶人员"] == ["每季度", "2024年三季度", "1天", "1个季度中公布1个季度"]
    assert told["残障人员"][1:3] == ["未上报", "—"]


def test_a_phone_reads_every_cell(street):
    street.resize(PHONE)

    assert street.overflow == 0
    drawn = street.page.locator(
        "[class*='st-key-chart-coverage_known-community-group'] .bartext"
    ).all_text_contents()
    assert sorted(drawn) == sorted(text for text, _, _ in cells(street))
    street.check()
    street.resize((1440, 2600))


def test_every_group_has_its_column_found_or_not_and_each_aspect_its_own_table(street):
    assert len(cells(street)) == 6 * len(PLACES)

    for aspect in ("走访", "更新", "帮扶", "知晓"):
        street.page.get_by_role("radio", name=aspect, exact=True).click()
        street.settle()
        assert len(cells(street)) == 6 * len(PLACES)
        # What a page opens on anyway is not written into its address.
        assert aspect == "走访" or f"aspect={aspect}" in unquote(street.page.url)
        street.check()


def test_a_community_stands_beside_the_street_and_a_grid_says_why_there_is_nothing(url, reader):
    visitor = reader((1440, 2600))
    visitor.open(f"{url}/{ADDRESS}")
    visitor.page.locator(
        "[class*='st-key-chart-coverage_known-community-group'] .bars .point"
    ).first.click(force=True)
    visitor.settle()

    assert "area=J01" in visitor.page.url
    names = [hover.split("</b>")[0] for _, _, hover in cells(visitor)]
    assert len([name for name in names if "全街道" in name]) == 6
    assert len([name for name in names if "甲社区" in name]) == 6

    visitor.open(f"{url}/coverage?area=J01G1")
    assert "只在社区及以上公布" in said(visitor)
    assert visitor.page.locator(".js-plotly-plot").count() == 0
    visitor.check()


def test_nothing_on_the_page_tells_six_people_from_three(url, office, reader):
    visitor = reader(TALL)
    visitor.open(f"{url}/{ADDRESS}")
    assert office.snapshot.query("SELECT DISTINCT known FROM coverage WHERE known < 10") == [(6,)]
    six = everything(visitor)
    office.load(office.table("更正.csv", HEADER, group("帮扶人员", 甲社区=(3,) * 5)))
    try:
        other = reader(TALL)
        other.open(f"{url}/{ADDRESS}")
        assert office.snapshot.query("SELECT DISTINCT known FROM coverage WHERE known < 10") == [
            (3,)
        ]
        for of_six, of_three in zip(six, everything(other), strict=True):
            assert of_six == of_three
    finally:
        office.load(office.table("原样.csv", HEADER, group("帮扶人员", 甲社区=(6,) * 5)))
