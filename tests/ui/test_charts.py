"""Figures are dicts; what is drawn can be read off them."""

from datetime import date
from typing import NamedTuple

import plotly.graph_objects as go
import pytest

from ui.charts import (
    Band,
    Flag,
    Limits,
    Mark,
    bars,
    curve,
    describe,
    dots,
    funnel,
    heat,
    tiles,
    trend_bars,
    trend_line,
)
from ui.charts.calendar import calendar
from ui.charts.ladder import Rung, ladder
from ui.charts.matrix import matrix
from ui.charts.pyramid import Layer, pyramid
from ui.charts.tiles import Tile
from ui.sparkline import sparkline

MONTHS = [
    Mark("2024-08", "2024年8月", 30, "30件"),
    Mark("2024-09", "2024年9月", 55, "55件", special=True),
    Mark("2024-10", "2024年10月(至24日)", 12, "12件", unfinished=True),
]


class Step(NamedTuple):
    day: float
    open: float
    low: float
    high: float


def test_the_unfinished_month_is_hatched_and_the_others_are_not():
    figure = trend_bars(MONTHS, unit="件")

    assert figure["data"][0]["marker"]["pattern"]["shape"] == ["", "", "/"]


def test_limits_and_notes_are_drawn_with_the_bars():
    limits = Limits([30] * 3, [10] * 3, [50] * 3)

    figure = trend_bars(MONTHS, unit="件", limits=limits, flags=[Flag("2024-09", "开学")])

    assert [list(trace["y"]) for trace in figure["data"][1:]] == [[10] * 3, [50] * 3, [30] * 3]
    notes = figure["layout"]["annotations"]
    assert [(note["x"], note["hovertext"]) for note in notes] == [(1, "开学")]
    assert figure["layout"]["yaxis"]["title"]["text"] == "件"


def test_a_month_without_a_value_is_a_gap_in_the_line():
    gap = [MONTHS[0], Mark("2024-09", "2024年9月", None, "未上报"), MONTHS[2]]

    figure = trend_line(gap, unit="按时办结率", target=0.95)

    assert figure["data"][-1]["y"] == [30, None, 12]
    assert figure["data"][-1]["connectgaps"] is False
    assert figure["layout"]["annotations"][-1]["text"] == "目标 95%"


def test_a_bar_says_its_value_and_a_chosen_one_leaves_the_others_pale():
    figure = bars([*MONTHS[:1], Mark("x", "物业管理", 9, "9件")], unit="件", chosen="x")

    assert figure["data"][0]["text"] == ["30件", "9件"]
    assert len(set(figure["data"][0]["marker"]["color"])) == 2


def test_only_units_beyond_their_limits_are_named_in_a_funnel():
    units = [
        Mark("a", "甲社区", 0.95, "95%", size=40),
        Mark("b", "乙社区", 0.70, "70%", size=60, special=True),
        Mark("c", "丙社区", None, "已隐藏"),
    ]

    figure = funnel(
        units,
        sizes=[10, 80],
        centre=0.93,
        low=[0.7, 0.85],
        high=[1, 1],
        unit="率",
        base="应办结口径",
    )

    assert figure["data"][-1]["text"] == ["", "乙社区"]


def test_a_hidden_unit_keeps_its_row_and_says_so():
    units = [Mark("a", "甲社区", 0.9, "90.0%", 0.8, 0.97), Mark("b", "乙社区", None, "已隐藏")]

    figure = dots(units, unit="率", reference=0.93)

    assert [note["text"] for note in figure["layout"]["annotations"]] == ["90.0%", "已隐藏"]
    assert figure["data"][1]["x"] == [0.9]


def test_numbers_stand_beside_their_rows_though_the_codes_are_digits():
    units = [Mark("1", "甲社区", 0.9, "90.0%"), Mark("520111009", "乙社区", 0.8, "80.0%"), Mark("0", "丙社区", 0.7, "70.0%")]  # fmt: skip

    layout = dots(units, unit="率")["layout"]

    rows = [dict(zip(["1", "520111009", "0"], "甲乙丙", strict=True))[key] for key in layout["yaxis"]["categoryarray"]]  # fmt: skip
    beside = {rows[note["y"]]: note["text"] for note in layout["annotations"]}
    assert beside == {"甲": "90.0%", "乙": "80.0%", "丙": "70.0%"}


def test_names_from_files_are_never_markup():
    mark = Mark("x", '<a href="http://evil">点我</a>', 3, "3件")

    figure = bars([mark], unit="件")

    assert "<a" not in figure["layout"]["yaxis"]["ticktext"][0]
    assert "<a" not in figure["data"][0]["hovertext"][0]


def test_cells_without_a_value_are_hatched_tiles():
    cells = [
        Tile(Mark("g1", "第1网格", 3, "3件"), "1", "#E3EDF8"),
        Tile(Mark("g2", "第2网格", None, "未上报"), "2", None),
    ]

    figure = tiles([("吉麟社区", cells)], chosen="g2")

    assert figure["data"][0]["marker"]["pattern"]["shape"] == ["", "/"]
    assert figure["data"][0]["customdata"] == ["g1", "g2"]
    assert figure["layout"]["annotations"][0]["text"] == "<b>吉麟社区</b>"


def test_a_heat_map_keeps_missing_cells_empty():
    figure = heat(
        [[1, None]], rows=["周一"], columns=["8时", "9时"], texts=[["1件", "—"]], unit="件"
    )

    assert figure["data"][0]["z"] == [[1, None]]


def test_the_alt_text_names_extremes_and_exceptions():
    assert describe("9月多", "按月", MONTHS) == (
        "9月多。按月。共3项,最高2024年9月55件,最低2024年10月(至24日)12件。超出界限:2024年9月。"
    )
    assert describe("空", "按月", []).endswith("没有可显示的数值。")


def test_a_sparkline_draws_limits_hatching_and_gaps():
    marks = [MONTHS[0], Mark("x", "空", None, "未上报"), MONTHS[1], MONTHS[2]]

    drawn = sparkline(marks, limits=Limits([3] * 4, [1] * 4, [5] * 4), counts=True)

    assert drawn.count("<rect") == 5  # three bars and the two of the hatch pattern
    assert "url(#h)" in drawn
    assert "<polygon" in drawn
    assert sparkline([]).startswith("<svg")


FIGURES = {
    "bars": bars(MONTHS, unit="件", chosen="2024-09"),
    "dots": dots(MONTHS, unit="率", reference=0.5),
    "trend of counts": trend_bars(MONTHS, unit="件", flags=[Flag("2024-09", "开学")]),
    "trend of rates": trend_line(MONTHS, unit="率", target=0.9),
    "heat": heat(
        [[1, None]], rows=["周一"], columns=["1时", "2时"], texts=[["一", "二"]], unit="件"
    ),
    "tiles": tiles([("社区", [Tile(MONTHS[0], "01", None), Tile(MONTHS[1], "02", "#E3EDF8")])]),
    "matrix": matrix(
        {("a", "b"): MONTHS[0]}, {("a", "b"): None}, rows={"a": "益安"}, columns={"b": "社区"}
    ),
    "calendar": calendar(
        {date(2024, 9, 3): 2}, first=date(2024, 9, 1), last=date(2024, 9, 30), word="场"
    ),
    "ladder": ladder(
        [
            Rung(MONTHS[0], 30, 0, 0, ["应办 30件"], dimmed=True),
            Rung(MONTHS[2], 12, 10, 8, ["确认 60%(12/20)", "说没有解决8件 · 未回访10件"]),
        ],
        unit="件",
    ),
    "curve": curve([Step(1, 0.5, 0.4, 0.6)], median=1, until=30, followed=20),
    "curve of nothing": curve([]),
    "pyramid": pyramid(
        [
            Layer(Mark("1", "7天以内", 9, "9件"), overdue=1, in_time=6, undated=2),
            Layer(Mark("5", "90天以上", 4, "4件"), overdue=4, in_time=0),
        ],
        unit="件",
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_holds_only_what_plotly_knows(name):
    """The pages send the dicts unchecked: what plotly would refuse is refused here."""
    assert go.Figure(FIGURES[name], skip_invalid=False).data


def test_a_day_without_anything_differs_from_a_day_outside():
    drawn = FIGURES["calendar"]["data"][0]

    assert len(drawn["z"]) == 30
    assert drawn["z"].count(0) == 29 and drawn["z"][2] == 2
    assert drawn["text"][2] == "2024年9月3日 周二:2场"


def test_a_rung_puts_what_is_not_known_between_yes_and_no_and_says_so():
    drawn = FIGURES["ladder"]

    assert [bar["x"] for bar in drawn["data"]] == [[30, 12], [0, 10], [0, 8]]
    assert drawn["layout"]["barmode"] == "stack"
    assert [note["text"] for note in drawn["layout"]["annotations"]] == [
        "<b>应办 30件</b>",
        "<b>确认 60%(12/20)</b><br>说没有解决8件 · 未回访10件",
    ]


def test_a_rung_at_its_ceiling_is_dimmed():
    dimmed, other = FIGURES["ladder"]["data"][0]["marker"]["color"]

    assert dimmed != other


def test_the_curve_ends_where_the_last_was_followed_and_not_at_the_last_closing():
    figure = curve([Step(1, 0.5, 0.4, 0.6), Step(40, 0.1, 0, 0.2)], until=30, followed=24)

    assert figure["data"][2]["x"] == [0, 1, 24]
    assert figure["data"][2]["y"] == [0, 0.5, 0.5]
    assert figure["layout"]["xaxis"]["range"] == [0, 24]


def test_the_half_is_marked_with_its_day_in_the_unit_of_the_clock():
    figure = curve([Step(4.25, 0.5, 0.4, 0.6)], unit="个工作日", median=4.25, until=30)

    assert figure["data"][-1]["text"] == ["一半:4.3个工作日"]  # half rounds up, as in the title
    assert figure["layout"]["xaxis"]["title"]["text"] == "受理后工作日数"
    assert len(curve([Step(4, 0.6, 0.5, 0.7)], until=30)["data"]) == 3


def test_the_pyramid_puts_the_overdue_left_and_hatches_what_has_no_deadline():
    late, in_time, undated = FIGURES["pyramid"]["data"]

    assert (late["x"], in_time["x"], undated["x"]) == ([-1, -4], [6, 0], [2, 0])
    assert undated["marker"]["pattern"]["shape"] == "/"
    notes = FIGURES["pyramid"]["layout"]["annotations"]
    assert [note["text"] for note in notes] == [
        "已逾期 5件",
        "未到期 6件 · 没有时限(斜线)2件",
        *("1", "8", "4", "0"),
    ]
    assert [(note["x"], note["y"]) for note in notes[2:]] == [(-1, 0), (8, 0), (-4, 1), (0, 1)]
    assert late["hovertext"][0] == "<b>7天以内</b><br>已逾期1件"


def test_without_anything_undated_the_pyramid_has_two_sides_only():
    figure = pyramid([Layer(Mark("1", "7天以内", 9, "9件"), overdue=1, in_time=8)], unit="件")

    assert [trace["name"] for trace in figure["data"]] == ["已逾期", "未到期"]


def test_seasons_are_shaded_and_named_and_flags_have_a_word_where_there_is_room():
    months = [
        Mark(f"2024-{n:02d}", f"2024年{n}月", 30, "30件") for n in range(1, 13)
    ] * 2  # as many as are drawn
    months = [Mark(f"{n}", mark.label, mark.value, mark.text) for n, mark in enumerate(months)]
    flags = [
        Flag("6", "水管抢修", "停水"),
        Flag("7", "学期开始", "开学"),
        Flag("9", "新目录", "政策"),
    ]
    bands = [Band("0", "1", "春节"), Band("4", "7", "汛期"), Band("gone", "8", "开学")]

    layout = trend_bars(months, unit="件", flags=flags, bands=bands)["layout"]

    assert [(shape["x0"], shape["x1"]) for shape in layout["shapes"]] == [(-0.5, 1.5), (3.5, 7.5)]
    words = [note["text"] for note in layout["annotations"]]
    assert words == ["▾停水", "▾", "▾政策", "春节", "汛期"]
    assert layout["annotations"][3]["yshift"] > 0, "above the flags"
