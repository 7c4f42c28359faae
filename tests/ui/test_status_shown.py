"""A status looks the same on a card, in a chart and on the map: shape, word, colour."""

from dataclasses import replace
from datetime import date

import pytest

from metrics import Measurement, Period, Scope, card
from metrics.funnel import funnel
from metrics.result import Row
from metrics.status import SIGNS, Status
from ui import atlas, palette, reading
from ui.cards import Chip
from ui.charts import Limits, Mark, trend_bars, trend_line, waits
from ui.charts import funnel as drawn_funnel
from ui.faces import chips

AS_OF = date(2024, 10, 24)
SEPTEMBER = Period.parse("2024-09", AS_OF)


def total(numerator, denominator, target=None):
    row = Row((), (), numerator, denominator, numerator / denominator, 0.9, 1.0)
    made = Measurement(
        card("hotline_on_time_due"), SEPTEMBER, Scope.street(), (), AS_OF, "s", (row,)
    )
    return replace(made, target=target)


def words(found):
    return [f"{chip.shape} {chip.words}" for chip in found]


def test_a_met_target_does_not_cover_the_ceiling():
    assert words(chips(total(40, 40, target=0.95), Status("ceiling"))) == ["■ 已到顶"]


def test_a_missed_target_is_said_before_ordinary_variation():
    missed = total(300, 400, target=0.95).total._replace(low=0.7, high=0.8)
    now = replace(total(300, 400, target=0.95), rows=(missed,))

    assert words(chips(now, Status("ordinary"))) == ["× 低于目标95%"]
    assert words(chips(now, Status("worse"))) == ["▼ 变差"]


def test_what_the_value_says_itself_gets_no_chip():
    assert chips(total(300, 400), Status("hidden")) == []
    assert chips(total(300, 400), Status("missing")) == []


def test_improvement_is_blue_deterioration_orange_and_both_have_a_shape():
    assert Chip.of(Status("better")).markdown == ":blue-badge[▲ 改善]"
    assert Chip.of(Status("worse")).markdown == ":orange-badge[▼ 变差]"
    assert Chip.of(Status("high")).markdown == ":violet-badge[◆ 偏高]"


MARKS = [
    Mark("a", "甲", 0.7, "70%", size=60, special=True, status="worse"),
    Mark("b", "乙", 0.98, "98%", size=60, special=True, status="better"),
    Mark("c", "丙", 0.9, "90%", size=60, status="ordinary"),
    Mark("d", "丁", 0.5, "50%", size=4, status="few"),
]


def test_a_funnel_and_a_line_draw_each_status_in_its_own_shape():
    figure = drawn_funnel(
        MARKS, sizes=[10, 80], centre=0.9, low=[0.6, 0.8], high=[1, 1], unit="率", base="件"
    )
    line = trend_line(MARKS, unit="率")

    points = figure["data"][-1]["marker"]
    assert points["symbol"] == ["triangle-down", "triangle-up", "circle", "circle-open"]
    assert points["color"] == [palette.ALERT, palette.MAIN, palette.MAIN, palette.LIMIT]
    assert line["data"][-1]["marker"]["symbol"][:2] == ["triangle-down", "triangle-up"]


def test_a_bar_out_of_the_ordinary_carries_its_shape():
    marks = [replace(MARKS[2], key="x"), replace(MARKS[0], key="y", status="high")]

    bars = trend_bars(marks, unit="件")["data"][0]

    assert bars["text"] == ["", "◆"]
    assert bars["marker"]["color"][1] == palette.NOTICE


def test_the_days_between_rare_events_are_points_among_limits():
    figure = waits(MARKS[:2], unit="天", limits=Limits([30] * 2, [2] * 2, [90] * 2))

    assert [trace["y"] for trace in figure["data"]] == [[2, 2], [90, 90], [30, 30], [0.7, 0.98]]


def grids(counts):
    rows = tuple(
        Row((code,), (f"{code}网格",), count, 400, count / 400 * 1000)
        for code, count in counts.items()
    )
    return Measurement(
        card("hotline_per_1000"), SEPTEMBER, Scope.street(), ("grid",), AS_OF, "s",
        (*rows, Row(("none",), ("无人口网格",), 3, None, None, reason="未上报:没有常住人口")),
    )  # fmt: skip


def test_a_map_by_judgement_has_the_words_and_colours_of_the_vocabulary():
    units = grids({f"g{at}": 4 for at in range(20)} | {"x": 30})
    whole = Row((), (), 110, 8400, 110 / 8400 * 1000)

    made = atlas.atlas(units, funnel(units, whole), judged=True)

    assert made.fills["x"] == palette.NOTICE
    assert made.fills["none"] is None
    assert [text for _, text in made.legend] == ["◆ 偏高 1", "● 正常波动 20", "未上报或已隐藏 1"]
    assert made.marks["x"].note.endswith(SIGNS["high"].mark)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(20, 25)] * 6 + [(2, 3)] * 98, "6个网格的按时办结率(应办结口径)彼此无法区分;另有98个样本不足"),
        ([(2, 3)] * 104, "104个网格的按时办结率(应办结口径)都样本不足,不作判断"),
        ([(20, 25)] * 6, "6个网格的按时办结率(应办结口径)彼此无法区分"),
        ([(95, 100)] * 8 + [(40, 100)], "9个网格中1个的按时办结率(应办结口径)与整体的差别超出随机波动"),
    ],
)  # fmt: skip
def test_the_headline_of_a_map_speaks_of_the_grids_that_could_be_judged(counts, said):
    rows = tuple(
        Row((f"g{at}",), (f"g{at}",), above, below, above / below)
        for at, (above, below) in enumerate(counts)
    )
    units = replace(total(1, 1), by=("grid",), rows=rows)
    above, below = (sum(each) for each in zip(*counts, strict=True))

    made = atlas.atlas(units, funnel(units, Row((), (), above, below, above / below)), judged=False)

    assert atlas.finding(made, "网格") == said


def test_every_status_of_a_map_cell_has_a_fill_of_its_own():
    filled = [atlas.status_fill(kind) for kind in (*atlas.FILLED, "few")]

    assert None not in filled and len(set(filled)) == len(filled)
    assert atlas.status_fill("hidden") is None


def test_a_month_says_in_its_tooltip_which_rule_it_broke():
    row = Row(("2024-08",), ("2024年8月",), 520, None, 520)
    past = Measurement(
        card("hotline_volume"), SEPTEMBER, Scope.street(), ("month",), AS_OF, "s", (row,)
    )

    (mark,) = reading.marks(past, {"2024-08": Status("high", "高于正常上限")})

    assert (mark.special, mark.shape) == (True, "◆")
    assert mark.note == "偏高,不是偶然波动(高于正常上限)"
