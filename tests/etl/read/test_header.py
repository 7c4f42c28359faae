import pytest

from etl.errors import Unreadable
from etl.read import names


def test_header_cells_are_compared_without_width_spaces_and_guards():
    assert names.clean("\t工单 编\n号　") == "工单编号"
    assert names.clean("'受理时间") == "受理时间"
    assert names.clean("受理件数(宗)") == "受理件数(宗)"
    assert names.clean("\ufeffＩＤ\u200b") == "ID"


def test_repeated_and_missing_names_are_told_apart():
    assert names.unique(["人数", "", "人数", "人数"]) == ("人数", "列2", "人数#2", "人数#3")


def test_two_header_rows_in_a_csv_are_joined(read, rows):
    (table,) = read(
        "coverage.csv",
        "重点人群服务情况,,,,,\n"
        "社区,失业人员,,残疾人,,备注\n"
        ",应服务人数,已服务人数,应服务人数,已服务人数,\n"
        "甲,1,2,3,4,无\n",
    )

    assert table.headers == (
        "社区",
        "失业人员/应服务人数",
        "失业人员/已服务人数",
        "残疾人/应服务人数",
        "残疾人/已服务人数",
        "备注",
    )
    assert table.header_rows == (2, 3)
    assert table.titles == ("重点人群服务情况",)
    assert rows(table) == [(4, "甲", "1", "2", "3", "4", "无")]


def test_the_row_of_column_numbers_belongs_to_the_header(read, rows):
    (table,) = read("areas.csv", "社区,网格,户数,人数\n甲,乙,1,2\n吉麟,一,10,20\n")

    assert table.header_rows == (1, 2)
    assert rows(table) == [(3, "吉麟", "一", "10", "20")]


def test_the_first_data_row_is_never_taken_for_a_second_header_row(read, rows):
    (table,) = read("areas.csv", "社区,,备注\n吉麟,村改,无\n养牛,城市,无\n")

    assert table.headers == ("社区", "列2", "备注")
    assert len(rows(table)) == 2


def test_unknown_words_are_a_header_where_the_shape_says_so(read, rows):
    text = (
        "Monthly extract\n\nSR Number,Created Date,Owner\n1-7,12/31/2017,BOS\n1-8,12/30/2017,BSL\n"
    )

    (table,) = read("requests.csv", text)

    assert table.headers == ("SRNumber", "CreatedDate", "Owner")
    assert [row[0] for row in rows(table)] == [4, 5]


def test_a_map_can_point_at_the_header(read, rows):
    text = "社区,网格\n1,2\n3,4\n5,6\n"

    (table,) = read("areas.csv", text, header_row=3)

    assert table.headers == ("3", "4")
    assert rows(table) == [(4, "5", "6")]


def test_a_map_can_skip_rows(read, rows):
    text = "社区,网格\n甲,1\n社区,网格\n乙,2\n"

    (table,) = read("areas.csv", text, skip_rows=2)

    assert table.header_rows == (3, 3)
    assert rows(table) == [(4, "乙", "2")]


def test_a_file_of_values_alone_has_no_header_and_its_cells_are_not_quoted(read):
    with pytest.raises(Unreadable, match="header_row") as refusal:
        read("numbers.csv", "13800138000,2024-01-01\n13900139000,2024-01-02\n")

    assert "138" not in str(refusal.value)
