"""The stage without a browser: what an address asks for, what stands on a slide, and that it fits."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from metrics import Period, current_snapshot
from reports.decisions import decide
from reports.steps import DEFAULT, LAST_TIME, Step
from ui.stage import opening, place, slides
from ui.stage.slide import AROUND, HEIGHT, SIZES, Line, clauses, room, type_of

LONG = "关于进一步加强和规范城乡社区综合治理服务中心网格化服务管理工作联席会议办公室"


@pytest.fixture
def here(sample, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(sample))
    return current_snapshot(sample)


def read(**asked: str) -> place.Place:
    found = place.read(asked)
    assert found is not None
    return found


def test_an_address_without_a_step_asks_for_no_slide():
    assert place.read({}) is None
    assert place.read({"period": "2024-09", "area": "520111007001"}) is None


def test_an_address_names_step_snapshot_period_and_area():
    asked = {"step": "3", "snap": "20241024T101530Z-1a2b3c4d", "period": "2024-09", "area": "a1"}

    assert read(**asked) == place.Place("talk", 3, 20, asked["snap"], "2024-09", "a1")
    assert read(**asked, notes="1").mode == "notes"


@pytest.mark.parametrize(
    ("step", "talk", "wall"),
    [("0", 1, 3), ("1", 1, 1), ("3", 3, 3), ("4", 3, 1), ("137", 3, 2), ("x", 1, 1)],
)
def test_a_talk_ends_at_its_last_step_and_a_wall_begins_again(step, talk, wall):
    assert read(step=step).shown(3) == talk
    assert read(step=step, mode="wall").shown(3) == wall
    assert read(step=step, mode="wall").shown(1) == 1


@pytest.mark.parametrize(
    ("every", "seconds"), [("30", 30), ("1", 5), ("99999", 3600), ("often", 20)]
)
def test_a_wall_neither_races_nor_stands_still(every, seconds):
    assert read(mode="wall", every=every).every == seconds


def test_a_wall_is_never_told_a_snapshot_or_shown_an_old_one():
    assert read(mode="wall", snap="20241024T101530Z-1a2b3c4d").snap == ""


def test_a_sentence_is_written_as_large_as_it_fits_and_never_cut():
    short, long = room("诉求受理量499件", "共499件"), room(f"{LONG}、{LONG}、{LONG}" * 3, LONG * 3)

    assert short.size == SIZES[0]
    assert long.size < short.size
    for space in (short, long):
        assert 150 < space.chart < HEIGHT - AROUND
    assert long.base < short.base
    few, many = [Line("× 逾期", "物业科", "逾期2件")], [Line("× 逾期", LONG, LONG)] * 6
    assert type_of(few, short.chart) > type_of(many, short.chart)


def test_a_line_is_broken_between_clauses_and_not_inside_a_number():
    assert clauses("诉求1,234件,低于目标95%;正常") == ["诉求1,234件,", "低于目标95%;", "正常"]


def test_every_step_says_one_sentence_with_its_base_and_draws_within_its_room(here):
    view = opening.opened(place.Place("talk", period="2024-09")).view
    made = slides.slides(view, DEFAULT)

    assert made[0].sentence.startswith("诉求受理量499件")
    assert "共499件 · 受理口径 · 截至2024年10月24日" in made[0].base
    for each in made:
        assert each.sentence
        assert "截至" in each.base or "未办结" in each.base
        assert each.versions
        if each.figure:
            assert each.figure["layout"]["height"] <= room(each.sentence, each.base).chart


def test_a_meeting_is_a_presenters_and_shows_no_sensitive_group(here):
    view = opening.opened(place.Place("talk", period="2024-Q3")).view
    [groups] = [step for step in DEFAULT if step.way == "groups"]
    [found] = slides.slide(view, groups).measured

    hidden = {row.labels[0] for row in found.rows if row.hidden}
    assert view.role == "presenter"
    assert {"帮扶人员", "残障人员", "重点关注人员"} <= hidden


def test_an_address_that_names_too_much_gives_way_and_says_so(here):
    found = opening.opened(place.Place("talk", period="2024-13", area="火星"))

    assert found.view.period.code == "2024-09"
    assert found.view.scope.code is None
    assert [each[:4] for each in found.remarks] == ["网址里的", "没有“火"]


def test_a_step_of_a_metric_that_is_gone_says_what_to_do(here):
    view = opening.opened(place.Place("talk")).view

    assert "请在会议汇报页" in slides.slide(view, Step("旧", "trend", "no_such_metric")).sentence


@pytest.mark.parametrize("period", ["2019-01", "2024-10"])
def test_nothing_and_an_unfinished_month_have_slides_too(here, period):
    view = opening.opened(place.Place("talk", period=period)).view

    for each in slides.slides(view, DEFAULT):
        assert each.figure or each.lines or each.instead
        assert "nan" not in each.sentence


def test_the_first_slide_says_what_became_of_the_decisions(sample, tmp_path, monkeypatch):
    data = Path(shutil.copytree(sample, tmp_path / "data"))
    monkeypatch.setenv("GOVERNANCE_DATA", str(data))
    start = Period.parse("2024-06", current_snapshot(data).as_of)
    decide("汛期前清淤", "城管办", date(2024, 9, 30), "hotline_volume", start, "low", 50)
    view = opening.opened(place.Place("talk", period="2024-09")).view

    made = slides.slide(view, LAST_TIME)

    assert made.sentence == "上次议定1项:达到0项、未达到1项、无法判断0项;已过期限1项"
    [line] = made.lines
    assert (line.sign, line.who) == ("未达到", "汛期前清淤(城管办,2024-09-30前)")
    assert made.versions == ("hotline_volume@1",)
