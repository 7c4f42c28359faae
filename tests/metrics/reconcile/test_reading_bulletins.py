"""What a paste is taken for: figures, headers, parts of columns, periods; and what is never shown."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.reconcile import (
    NothingToRead,
    detect,
    examine,
    examine_text,
    read_text,
    with_roles,
)
from metrics.reconcile.figures import figure
from metrics.reconcile.sheet import build


@pytest.mark.parametrize(
    ("cell", "value", "digits", "unit"),
    [
        ("93.72%", 93.72, 2, "%"),
        ("↓22.21%", -22.21, 2, "%"),
        ("下降 3.1%", -3.1, 1, "%"),
        ("１２％", 12, 0, "%"),
        ("−0.78%", -0.78, 2, "%"),
        ("1,234", 1234, 0, ""),
        ("1.2万", 12000, 1, ""),
        ("28件", 28, 0, ""),
        ("(21)", -21, 0, ""),
        ("\t0.934", 0.934, 3, ""),
        ("3.2‰", 3.2, 1, "‰"),
    ],
)
def test_a_cell_is_read_as_people_write_numbers(cell, value, digits, unit):
    found = figure(cell)

    assert found is not None
    assert (found.value, found.digits, found.unit) == (pytest.approx(value), digits, unit)


@pytest.mark.parametrize(
    "cell", ["", "/", "—", "甲街道", "2024年9月", "13800001234", "520111199001011234", None]
)
def test_what_is_not_a_number_stays_none(cell):
    assert figure(cell) is None


@pytest.mark.parametrize(
    "text",
    [
        "单位\t受理数\t办结率\n甲局\t40\t95.0%\n乙局\t20\t90.0%",
        "单位,受理数,办结率\n甲局,40,95.0%\n乙局,20,90.0%",
        "| 单位 | 受理数 | 办结率 |\n|---|---|---|\n| 甲局 | 40 | 95.0% |\n| 乙局 | 20 | 90.0% |",
        "单位  受理数  办结率\n甲局  40  95.0%\n乙局  20  90.0%",
        "2024年9月情况\n\n单位\t受理数\t办结率\n甲局\t40\t95.0%\n乙局\t20\t90.0%\n\n以上供参考。",
    ],
)
def test_a_table_is_found_however_it_was_cut(text):
    (sheet,) = read_text(text).sheets

    assert sheet.headers == ("单位", "受理数", "办结率")
    assert [column.role for column in sheet.columns] == ["name", "count", "rate"]
    assert sheet.names == ("甲局", "乙局")


def test_a_form_row_of_column_numbers_and_notes_below_are_no_data():
    (sheet,) = read_text(
        "单位\t受理数\t办结数\n甲\t1\t2\n甲局\t40\t38\n乙局\t20\t18\n合 计\t60\t56\n填表人:某某\t\t"
    ).sheets

    assert sheet.names == ("甲局", "乙局", "合 计")
    assert sheet.total.tolist() == [False, False, True]


def test_nothing_with_a_number_is_refused_with_what_was_expected():
    with pytest.raises(NothingToRead, match="没有读到数字"):
        read_text("各位领导好\n请看附件")


def test_a_reader_may_say_what_a_column_is():
    (sheet,) = read_text("单位\t受理数\t得分\n甲局\t40\t95.2\n乙局\t20\t90.1\n丙局\t10\t80").sheets
    assert sheet.columns[2].role == "score"

    changed = with_roles(sheet, {2: "rate"})

    assert changed.columns[2].role == "rate"
    assert changed.columns[1].role == "count"
    assert changed.names == sheet.names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024年9月份12345热线办理情况通报", "2024-09"),
        ("12345通报_202409.xlsx", "2024-09"),
        ("2024 年第三季度", "2024-Q3"),
        ("2024年上半年网格工作", "2024-H1"),
        ("2023年度总结", "2023"),
        ("本月共受理412件", None),
    ],
)
def test_the_period_a_bulletin_names_is_found(text, code):
    found = detect(text, date(2024, 10, 24))

    assert (found.code if found else None) == code


def test_persons_and_long_numbers_are_never_shown():
    text = (
        "来电人\t联系电话\t单位\t受理数\t办结数\t办结率\n"
        "张三丰\t13812345678\t甲局\t40\t38\t95.00%\n"
        "李四光\t13912345678\t乙局13712345678\t37\t35\t99.00%\n"
        "王五\t13612345678\t丙局\t29\t27\t93.10%\n"
        "赵六\t13512345678\t丁局\t31\t30\t96.77%"
    )
    (sheet,) = read_text(text).sheets

    shown = " ".join(
        [
            *sheet.names,
            *(c.name for c in sheet.columns),
            *(f.words for f in examine(sheet).findings),
        ]
    )

    for personal in ("张三丰", "李四光", "138", "137123", "赵六"):
        assert personal not in shown
    assert "第2行" in shown  # the one with a number in its name is wrong, and told by its place


def test_what_a_sentence_says_is_not_repeated_beyond_its_numbers():
    found = examine_text(
        ["来电人张三丰13812345678反映较上月张三丰同比增长1.3%,受理412件、不满意31件,占7.9%。"]
    )

    said = " ".join(each.words for each in found)
    assert "同比" in said
    assert "张三丰" not in said
    assert "138123" not in said


def test_build_keeps_short_rows_and_blank_cells():
    sheet = build(["单位", "数"], [["甲", "3"], ["乙"], ["", None]])

    assert sheet.names == ("甲", "乙")


CELLS = st.one_of(
    st.integers(-99, 99999).map(str),
    st.floats(-5, 150).map(lambda value: f"{value:.2f}%"),
    st.sampled_from(["", "/", "0", "0%", "100%", "合计", "小计", "1.2万", "甲", "乙街道", "↓3%", "2024年9月", "—"]),
    st.text(max_size=6),
)  # fmt: skip
HEADS = st.sampled_from(["单位", "受理数", "办结数", "办结率", "", "合计", "序号", "未办结", "上月结转", "占比(%)", "人口(万)"])  # fmt: skip


@settings(max_examples=120, deadline=None, derandomize=True)
@given(data=st.data(), width=st.integers(1, 6), height=st.integers(0, 8))
def test_no_paste_is_too_strange_to_be_looked_at(data, width, height):
    rows = [[data.draw(HEADS) for _ in range(width)]]
    rows += [[data.draw(CELLS) for _ in range(width)] for _ in range(height)]
    text = "\n".join("\t".join(row) for row in rows)

    try:
        pasted = read_text(text)
    except NothingToRead:
        return
    for sheet in pasted.sheets:
        assert all("nan" not in found.words for found in examine(sheet).findings)
        with_roles(sheet, {0: "count"})
    examine_text(pasted.paragraphs)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    text=st.text(
        alphabet="较上月去年同期比环增加减少下降受理办结未件%,。;()其中共0123456789.万 ",
        max_size=80,
    )
)
def test_no_sentence_is_too_strange_to_be_looked_at(text):
    assert all("nan" not in found.words for found in examine_text([text]))


def test_a_workbook_that_hands_over_the_exact_ratio_is_understood():
    rows = [["甲", "99", "87", repr(87 / 99)], ["乙", "77", "70", repr(70 / 77)], ["丙", "41", "39", repr(39 / 41)]]  # fmt: skip
    sheet = build(["单位", "派遣数", "办结数", "办结率"], rows)

    said = [found.words for found in examine(sheet).findings if found.level == "explained"]

    assert any("办结数÷派遣数,3/3行" in words for words in said)
