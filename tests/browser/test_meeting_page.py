"""A meeting as the room sees it: turned by keys on a projector, and by itself on a wall."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from browser.harness import WALL
from playwright.sync_api import expect
from serving import free_port, serve

from reports import steps
from reports.steps import DEFAULT, Step

pytestmark = pytest.mark.browser

HEADER = ("工单编号", "受理时间", "办结时限", "办结时间", "承办单位", "事项类别")
UNIT = "关于进一步加强和规范城乡社区综合治理服务中心网格化服务管理工作联席会议办公室"
LONG = "关于占道经营、油烟扰民、夜间施工噪声和违规停车等市容环境问题的综合类别"
READABLE = 24  # pixels on 1920×1080: on two metres of screen, 25 mm

# Of the stage and everything in it: what does not fit where it stands.
CUT = """() => {
  const page = document.scrollingElement, main = document.querySelector('[data-testid=stMain]');
  const told = [page, main].filter(e => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth);
  const stage = document.querySelector('.st-key-stage');
  for (const e of [stage, ...stage.querySelectorAll('*')]) {
    if (e.closest('svg') || getComputedStyle(e).overflowY === 'visible') continue;
    if (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1) told.push(e);
  }
  return told.map(e => `${e.className} ${e.scrollWidth}×${e.scrollHeight} in ${e.clientWidth}×${e.clientHeight}`);
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.st-key-stage *')]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .map(e => parseFloat(getComputedStyle(e).fontSize) * (e.closest('.js-plotly-plot, .stage-lines, .stage-instead')
    ? parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--stage')) : 1)))"""


def order(number, day="2024-09-03"):
    return (number, f"{day} 11:26", f"{day} 20:00", "", UNIT, LONG)


def on_step(page, number):
    expect(page.locator(f"[data-stage][data-step='{number}']")).to_be_attached(timeout=20_000)


def test_a_meeting_is_turned_by_keys_and_all_of_every_step_can_be_read(dashboard, reader):
    visitor = reader(WALL)
    page = visitor.open(f"{dashboard}/meeting?step=1&period=2024-09")

    for number, step in enumerate(DEFAULT, 1):
        on_step(page, number)
        visitor.settle()
        assert page.evaluate(CUT) == [], step.name
        assert page.evaluate(SMALLEST) >= READABLE, step.name
        assert page.locator("h1").inner_text()
        assert re.search("截至|未办结", page.locator(".stage-base").inner_text())
        assert page.locator(".stage-count").inner_text() == f"{number} / {len(DEFAULT)}"
        page.keyboard.press(("ArrowRight", "PageDown", " ")[number % 3])
    assert page.locator("[data-testid=stSidebar], .st-key-scopebar").count() == 0
    assert "snap=" in page.url

    notes = visitor.context.new_page()
    notes.goto(f"{page.url}&notes=1")
    on_step(notes, len(DEFAULT))
    page.keyboard.press("Home")
    expect(notes.locator("h1")).to_have_text(f"1/{len(DEFAULT)} 诉求总量", timeout=20_000)
    spoken = notes.locator("[data-testid=stMain]")
    expect(spoken).to_contain_text("hotline_volume@1")
    said = spoken.inner_text()
    assert "499件" in said
    assert "按时办结率(应办结口径)" in said  # the step that follows
    notes.close()

    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    on_step(page, 3)
    page.keyboard.press("PageUp")
    on_step(page, 2)
    assert visitor.findings("dark") == []
    page.keyboard.press("?")
    expect(page.locator(".stage-help")).to_contain_text("D 议定")
    page.keyboard.press("?")
    expect(page.locator(".stage-help")).to_have_count(0)
    with visitor.context.expect_page() as opened:
        page.keyboard.press("d")
    assert re.search(r"/decisions\?metric=\w+.*period=2024-09", opened.value.url)
    opened.value.close()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-talk")).to_be_visible(timeout=20_000)
    assert "step=" not in page.url
    visitor.check()


def test_a_wall_outlives_midnight_new_data_and_a_restart(office, reader, tmp_path, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    office.load(office.table("一.csv", HEADER, [order(f"G{n}") for n in range(40)]))
    steps.save([DEFAULT[0], Step("谁在办", "breakdown", "hotline_volume", "unit"), DEFAULT[8]])
    port, log = free_port(), tmp_path / "log"
    visitor = reader(WALL)
    page = visitor.page
    page.clock.install(time=datetime(2024, 9, 4, 23, 59, 40, tzinfo=ZoneInfo("Asia/Shanghai")))

    with serve(office.place.root, log, port=port) as url:
        visitor.open(f"{url}/meeting?mode=wall&every=3600")
        expect(page.locator(".stage-age")).to_have_text("数据截至2024年9月3日,已过1天")
        page.clock.fast_forward(30_000)
        expect(page.locator(".stage-age")).to_have_text("数据截至2024年9月3日,已过2天")

        for number in (2, 3, 1):
            page.clock.fast_forward(3_600_000)
            on_step(page, number)
            visitor.settle()
            assert page.evaluate(CUT) == [], number
        assert "40件" in page.locator("h1").inner_text()

        office.load(office.table("二.csv", HEADER, [order("H1", "2024-10-08")]))
        page.clock.fast_forward(3_600_000)
        expect(page.locator(".stage-age")).to_contain_text("2024年10月8日", timeout=20_000)

    page.clock.fast_forward(6_000)
    page.clock.fast_forward(6_000)
    expect(page.locator(".stage-lost")).to_contain_text("连接中断")
    assert not page.locator("[role=dialog]").is_visible()

    with serve(office.place.root, log, port=port):
        expect(page.locator(".stage-lost")).to_have_count(0, timeout=60_000)
        before = int(page.locator("[data-stage]").get_attribute("data-step"))
        page.clock.fast_forward(3_600_000)
        on_step(page, before % 3 + 1)
    assert visitor.outside == []
