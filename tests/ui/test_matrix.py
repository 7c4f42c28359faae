"""The coloured table: what cannot be a number is never drawn like one."""

from dataclasses import dataclass

from ui import palette
from ui.charts import Mark
from ui.charts.matrix import matrix

ROWS = {"a": "甲社区", "b": "乙社区"}
GROUPS = {"x": "流动人口", "y": "重点关注人员"}


@dataclass(frozen=True)
class Cell:
    text: str
    pattern: str
    colour: str
    edge: str


def drawn(cells, fills, columns=GROUPS, **options):
    figure = matrix(cells, fills, rows=ROWS, columns=columns, **options)
    trace = figure["data"][0]
    marker = trace["marker"]
    parts = (trace["text"], marker["pattern"]["shape"], marker["color"], marker["line"]["color"])
    return figure, [Cell(*each) for each in zip(*parts, strict=True)]


def ticks(names):
    columns = {name: name for name in names}
    cells = {("a", name): mark("1场", 1.0) for name in names}
    figure = matrix(cells, {}, rows=ROWS, columns=columns)
    return figure["layout"]["xaxis"]["ticktext"]


def mark(text, value=None, **rest):
    return Mark("", "", value, text, **rest)


def test_hidden_not_reported_too_few_and_above_all_are_four_drawings():
    cells = {
        ("a", "x"): mark("▲110.0%", 1.1, special=True),
        ("a", "y"): mark("已隐藏"),
        ("b", "x"): mark("未上报"),
        ("b", "y"): mark("50.0%", 0.5),
    }
    fills = {("a", "x"): palette.STEPS[4], ("b", "y"): palette.PAPER}

    _, (above, hidden, unknown, few) = drawn(cells, fills, unknown={("b", "x")})

    assert (above.text, above.pattern, above.edge) == ("▲110.0%", "", palette.ALERT)
    assert (hidden.text, hidden.pattern) == ("已隐藏", "/")
    assert (unknown.text, unknown.pattern) == ("未上报", ".")
    assert (few.pattern, few.colour) == ("", palette.PAPER)
    assert few.edge == palette.RULE


def test_every_text_of_a_narrow_table_stands_whatever_the_width():
    cells = {(row, group): mark("▲101.9%", 1.019) for row in ROWS for group in GROUPS}

    narrow, _ = drawn(cells, {})
    assert narrow["data"][0]["constraintext"] == "none"
    assert narrow["data"][0]["textfont"]["size"] == 12
    assert "uniformtext" not in narrow["layout"]


def test_a_name_from_a_file_is_whole_or_says_it_goes_on_and_is_never_markup():
    columns = {"x": "<b>流动人口", "y": "名" * 40}

    figure, _ = drawn({("a", "x"): mark("1")}, {}, columns=columns, fold=5)
    first, second = figure["layout"]["xaxis"]["ticktext"]

    assert first == "&lt;b&gt;流动<br>人口"
    assert second.endswith("…")


def test_a_cell_nobody_asked_for_stays_blank():
    _, found = drawn({("b", "y"): mark("3次", 3)}, {("b", "y"): palette.STEPS[0]})

    assert [cell.text for cell in found] == ["3次"]


def test_many_columns_have_names_that_fit_a_phone():
    months = [f"2023年{n}月" for n in (11, 12)] + [f"2024年{n}月" for n in range(1, 7)]
    places = ["吉麟社区", "石板井社区", "董家堰街心社区", *(f"第{n}社区" for n in "一二三四五")]

    assert ticks(months)[:4] == ["2023年<br>11月", "12月", "2024年<br>1月", "2月"]
    assert ticks(places)[:3] == ["吉麟<br>社区", "石板井<br>社区", "董家堰<br>街心<br>社区"]
