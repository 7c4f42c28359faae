"""Everything closed on time, everybody satisfied, and one in five comes back: nothing of it looks good."""

import re

import pytest
from browser.harness import PHONE
from offices import Office
from python_calamine import CalamineWorkbook
from serving import serve

from metrics.sampling import checks_needed

pytestmark = pytest.mark.browser

HEADER = (
    "工单编号", "受理时间", "办结时限", "办结时间", "回访时间", "承办单位", "事项类别", "所属社区", "诉求类型",
    "处理结果", "满意度", "联系电话",
)  # fmt: skip
LEDGER = ("编码", "名称", "层级", "上级编码", "常住人口", "户数")
STREET = [
    ("520111007", "溪北街道", "街道", "", 9000, 3000),
    ("520111007001", "吉麟社区", "社区", "520111007", 6000, 2000),
    ("520111007002", "养牛社区", "社区", "520111007", 3000, 1000),
]
CASES = ("案件编号", "案件种类", "上报时间", "受理时间", "办结时限", "办结时间", "所属社区", "处理结果", "回访时间", "回访结果")  # fmt: skip
GOOD = re.compile(r"改善|达到目标|上升|向好|好于")
PERIOD = "2024-08"


def calls(turn):
    """A month of 100 callers, counted from August 2023. Twenty of them call again ten days later about
    the same; all is closed within the day, called back, and said to be settled and very good."""
    year, month = divmod(turn + 7, 12)
    for caller in range(100):
        for again in range(2 if caller < 20 else 1):
            day = f"{2023 + year}-{month + 1:02d}-{3 + caller % 9 + 10 * again:02d}"
            times = [f"{day} {hour}:00" for hour in ("09", "18", "15", "17")]
            place = "吉麟社区" if caller % 3 else "养牛社区"
            number, phone = f"G{turn:02d}{caller:03d}{again}", f"138{1000 * turn + caller:08d}"
            yield (
                number,
                *times,
                "区住建局",
                "物业管理",
                place,
                "投诉",
                "已解决",
                "非常满意",
                phone,
            )


def disputes():
    """All settled; every other party was called back, six of these thirty say that it is not."""
    for n in range(60):
        said = ("2024-08-25", "未解决" if n % 10 == 1 else "已解决") if n % 2 else ("", "")
        times = ("2024-08-02", "2024-08-02", "2024-08-30", "2024-08-12")
        yield (f"A{n}", "矛盾纠纷", *times, "吉麟社区", "调解成功", *said)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office"))
    office.place.profile.write_text("[targets]\nhotline_on_time_due = 0.95\n")
    office.load(office.table("台账.csv", LEDGER, STREET))
    office.load(
        office.table("工单.csv", HEADER, (row for turn in range(14) for row in calls(turn)))
    )
    office.load(office.table("案件.csv", CASES, disputes()))
    return office


@pytest.fixture(scope="module")
def polished(office, tmp_path_factory):
    with serve(office.place.root, tmp_path_factory.mktemp("server") / "server.log") as url:
        yield url


def greens(page):
    """Texts of which the letters or the ground are green."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => {
            const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
            const style = getComputedStyle(e);
            return own && [style.color, style.backgroundColor, style.fill].some(c => {
                const [r, g, b, a] = (c.match(/[\\d.]+/g) || [0, 0, 0]).map(Number);
                return a !== 0 && g > r + 20 && g > b + 20;
            });
        }).map(e => e.innerText || e.textContent)"""
    )


# The card that stands large on each page, its number, and what stands small under it.
LARGE = {
    "overview": ("hotline_not_repeated_30", "83.3%", "按时办结率 100%(120/120)"),
    "hotline": ("hotline_not_repeated_30", "83.3%", "按时办结率 100%(120/120)"),
    "resolution": ("case_dispute_confirmation", "80.0%", "化解率 100%(60/60)"),
}


def test_all_closed_on_time_but_a_fifth_comes_back_is_green_nowhere(polished, office, reader):
    """80 callers who called once and 20 second calls: 100 of 120 orders did not come back."""
    assert office.measure("hotline_on_time_due", PERIOD).total.value == 1
    assert office.measure("hotline_confirmation", PERIOD).total.value == 1
    visitor = reader()
    page = visitor.open(f"{polished}/?period={PERIOD}")

    for name, (metric, value, small) in LARGE.items():
        visitor.turn(name)
        said = page.locator("[data-testid=stMain]").inner_text()
        card = page.locator(f".st-key-card-{metric}").inner_text()
        assert greens(page) == [], name
        assert [line for line in said.splitlines() if "办结" in line and GOOD.search(line)] == []
        assert value in card
        assert small in card.replace("\xa0", " ")
        assert "■ 已到顶" in card
        if name != "resolution":
            assert f"30天未复诉率{value}" in page.locator("h1").inner_text()

    check_the_claim_by_a_sample(visitor)
    visitor.check()


def check_the_claim_by_a_sample(visitor):
    """All sixty are said to be settled: how many of them to ask, and what follows from the answers."""
    page = visitor.page
    page.get_by_text("抽查核实").click()
    visitor.settle()
    panel = page.locator(".st-key-sampling")
    first = panel.inner_text()
    page.get_by_label("查了几件").fill("59")
    page.get_by_label("不属实几件").fill("0")
    page.keyboard.press("Enter")
    visitor.settle()

    with page.expect_download() as download:
        page.get_by_role("button", name="下载核查清单").click()
    sheets = CalamineWorkbook.from_path(str(download.value.path()))
    header, *rows = sheets.get_sheet_by_name("数据").to_python()

    assert header[:3] == ["序号", "台账第几件", "是否属实(填是或否)"]
    assert len(rows) == checks_needed(0.99, 60)
    assert {row[1] for row in rows} <= set(range(1, 61))
    assert {cell for row in rows for cell in row[2:]} == {""}
    assert "4.88%" in first
    assert "抽查59件,0件不属实:60件中不属实的至多" in panel.inner_text()
    page.get_by_label("随机种子").fill("另一个")
    page.keyboard.press("Enter")
    visitor.settle()
    assert panel.inner_text() != first


def test_the_reader_chooses_the_days_and_the_address_keeps_them(polished, reader):
    visitor = reader(PHONE)

    page = visitor.open(f"{polished}/hotline?period={PERIOD}&days=60天")

    rungs = page.locator(".st-key-panel-evidence")
    assert "60天未复诉" in rungs.locator("h2").inner_text()
    assert "未满观察期120件" in rungs.locator("svg").first.text_content() + rungs.inner_text()
    assert visitor.overflow <= 0
    page.get_by_role("radio", name="30天").click()
    visitor.settle()
    assert "30天未复诉83.3%" in rungs.locator("h2").inner_text()
    visitor.check()
