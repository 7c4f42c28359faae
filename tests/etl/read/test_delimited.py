import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.read import clean_block, encoding, read_file

HEADER = "工单编号,受理时间,办结时间,诉求内容\n"


def test_rows_keep_their_text_and_their_number_in_the_file(read, rows):
    (table,) = read("orders.csv", HEADER + "007,2024/1/5,, 路灯不亮 \n\t520111,'2024,,x\n")

    assert rows(table) == [
        (2, "007", "2024/1/5", None, " 路灯不亮 "),
        (3, "\t520111", "'2024", None, "x"),
    ]
    assert (table.rows_read, table.blank, table.broken, table.totals) == (2, 0, [], [])


def test_a_line_break_inside_quotes_does_not_start_a_row(read, rows):
    (table,) = read("orders.csv", HEADER + 'a,1,2,"第一行\n第二行,""引""\r\n"\r\nb,1,2,y\n')

    assert rows(table) == [(2, "a", "1", "2", '第一行\n第二行,"引"\r\n'), (3, "b", "1", "2", "y")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(read, rows, delimiter):
    (table,) = read("orders.txt", (HEADER + "a,1,2,x\nb,1,2,y\n").replace(",", delimiter))

    assert table.headers == ("工单编号", "受理时间", "办结时间", "诉求内容")
    assert len(rows(table)) == 2


def test_excels_sep_line_is_obeyed_and_is_not_a_row(read, rows):
    (table,) = read("orders.csv", "sep=;\n工单编号;诉求内容\na;1,5\n")

    assert rows(table) == [(3, "a", "1,5")]


def test_lines_that_end_in_carriage_returns_alone_are_lines(read, rows):
    (table,) = read("orders.csv", (HEADER + "a,1,2,x\nb,1,2,y\n").replace("\n", "\r"))

    assert [row[0] for row in rows(table)] == [2, 3]


def test_a_carriage_return_inside_a_cell_stays_there(read, rows):
    (table,) = read("orders.csv", HEADER + "a,1,2,x\ry\nb,1,2,z\n")

    assert rows(table)[0] == (2, "a", "1", "2", "x\ry")


def test_titles_above_the_header_are_kept_apart(read, rows):
    (table,) = read("orders.csv", "12345热线工单明细\n导出部门:溪北街道\n\n" + HEADER + "a,1,2,x\n")

    assert table.titles == ("12345热线工单明细", "导出部门:溪北街道")
    assert table.header_rows == (4, 4)
    assert rows(table) == [(5, "a", "1", "2", "x")]


@pytest.mark.parametrize(
    "word", ["合计", "合  计", "小计:", " 总计", "\t共计", "累计", "Total", "GRAND TOTAL", "合 计:"]
)
def test_total_rows_are_never_data_wherever_they_stand(read, rows, word):
    text = f"社区,网格,户数\n{word},,9\n甲,1,4\n1,{word},4\n乙,{word}站,5\n{word},,9\n"

    (table,) = read("areas.csv", text)

    assert [row[0] for row in rows(table)] == [3, 5]
    assert [row_no for row_no, _ in table.totals] == [2, 4, 6]
    assert table.rows_read == 2


def test_a_total_row_with_too_few_cells_is_still_a_total(read, rows):
    (table,) = read("areas.csv", "社区,网格,户数,备注\n甲,1,4,\n合计,4\n")

    assert len(rows(table)) == 1
    assert table.totals == [(3, ("合计", "4"))]


def test_notes_under_the_table_are_not_rows(read, rows):
    text = "社区,网格,户数\n甲,1,4\n\n注:数据截至10月24日,,\n填表人:某某,,\n"

    (table,) = read("areas.csv", text)

    assert len(rows(table)) == 1
    assert [row_no for row_no, _ in table.notes] == [4, 5]
    assert table.warnings == ["表尾有 2 行说明文字,未计入数据。"]
    assert table.blank == 1


def test_a_row_that_looks_like_a_note_is_data_if_data_follows(read, rows):
    (table,) = read("areas.csv", "社区,网格,户数\n说明一下,,\n甲,1,4\n")

    assert [row[0] for row in rows(table)] == [2, 3]


def test_blank_rows_are_counted_but_not_read(read, rows):
    (table,) = read("orders.csv", HEADER + "\na,1,2,x\n,,,\n \t,\u3000,,\nb,1,2,y\n\n")

    assert [row[0] for row in rows(table)] == [3, 6]
    assert (table.rows_read, table.blank) == (2, 4)


def test_a_row_with_the_wrong_number_of_cells_is_broken_and_counted(read, rows):
    (table,) = read("orders.csv", HEADER + "a,1,2\nb,1,2,y,z\nc,1,2,z,,\nd,1,2,x\n")

    assert [row[0] for row in rows(table)] == [4, 5]
    assert [(broken.row_no, broken.reason) for broken in table.broken] == [
        (2, "表头有 4 列,本行有 3 格"),
        (3, "表头有 4 列,本行有 5 格"),
    ]
    assert table.rows_read == 4


def test_one_stray_quote_costs_one_row_not_the_rest_of_the_file(read, rows):
    lines = [f"{number},1,2,x" for number in range(100)]
    lines[10] = '10,1,2,"没有写完的话'
    lines[50] = '50,"1"2,3,x'

    (table,) = read("orders.csv", HEADER + "\n".join(lines))

    assert len(rows(table)) == 98
    assert [(broken.row_no, broken.reason) for broken in table.broken] == [
        (12, "引号不成对"),
        (52, "引号不成对"),
    ]


def test_two_stray_quotes_do_not_swallow_the_rows_between_them(read, rows):
    lines = [f"{number},1,2,x,甲,乙" for number in range(20)]
    lines[5] = '5,1,2,"x,甲,乙'
    lines[9] = '9,1,2,x",甲,乙'

    (table,) = read(
        "orders.csv", "工单编号,受理时间,办结时间,诉求内容,社区,网格\n" + "\n".join(lines)
    )

    assert len(rows(table)) == 19
    assert [broken.row_no for broken in table.broken] == [7]


def test_the_account_starts_anew_when_a_table_is_read_again(read, rows):
    (table,) = read("orders.csv", HEADER + "a,1\nb,1,2,y\n合计,,,1\n")

    first, second = rows(table), rows(table)

    assert first == second
    assert (table.rows_read, len(table.broken), len(table.totals)) == (2, 1, 1)


def test_a_header_without_rows_is_an_empty_table(read, rows):
    (table,) = read("orders.csv", HEADER)

    assert rows(table) == []
    assert table.rows_read == 0


def test_one_column_is_a_table(read, rows):
    (table,) = read("words.txt", "备注\nx\n\ny z\n")

    assert rows(table) == [(2, "x"), (4, "y z")]


def test_sixteen_thousand_columns_are_a_table(read, rows):
    header = ",".join(f"列{n}" for n in range(16_384))

    (table,) = read("wide.csv", header + "\n" + ",".join(["x"] * 16_384) + "\n")

    assert len(rows(table)[0]) == 16_385


def test_a_cell_at_the_right_without_a_header_is_refused_not_shifted(read, rows):
    (table,) = read("orders.csv", "工单编号,类别\na,b\nc,d,e\nf,g,h\ni,j,k\n")

    assert rows(table) == [(2, "a", "b")]
    assert len(table.broken) == 3


CELLS = st.text(st.sampled_from("甲乙a1,;|\t\"'\n\r 　"), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=60)


@given(ROWS, st.sampled_from(",\t;|"), st.sampled_from(["\n", "\r\n"]), st.integers(1, 400))
@settings(max_examples=200, deadline=None)
def test_what_a_csv_writer_writes_is_what_is_read(
    tmp_path_factory, words, rows, cells, delimiter, ending, size
):
    # A quoted line that looks exactly like a row is taken for one; see records.holds_rows.
    cells = [[cell.replace(delimiter, "") for cell in row] for row in cells]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["工单编号", "受理时间", "办结时间", "诉求内容"])
    writer.writerows(["k", *row[1:]] for row in cells)
    path = tmp_path_factory.mktemp("csv") / "orders.csv"
    path.write_bytes(text.getvalue().encode())

    with pytest.MonkeyPatch.context() as small:
        small.setattr(encoding, "BLOCK", max(size, 200))
        small.setattr(clean_block, "FOOTER_LINES", size % 5)
        (table,) = read_file(path, words)
        found = rows(table)

    expected = [["k", *(cell or None for cell in row[1:])] for row in cells]
    noted = {row_no for row_no, _ in table.notes} | {row_no for row_no, _ in table.totals}
    assert [list(row[1:]) for row in found] == [
        row for number, row in enumerate(expected, 2) if number not in noted
    ]


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=30), st.integers(1, 300))
@settings(max_examples=200, deadline=None)
def test_the_fast_and_the_exact_path_never_disagree(tmp_path_factory, words, rows, cells, size):
    lines = "\n".join(",".join(row) for row in cells)
    path = tmp_path_factory.mktemp("csv") / "orders.csv"
    path.write_bytes((HEADER + lines).encode())

    def account(block: int, footer: int):
        with pytest.MonkeyPatch.context() as sized:
            sized.setattr(encoding, "BLOCK", block)
            sized.setattr(clean_block, "FOOTER_LINES", footer)
            (table,) = read_file(path, words)
            return rows(table), table.broken, table.totals, table.blank

    exact = account(4 << 20, 10**9)

    assert account(max(size, 100), 0) == exact
    assert account(4 << 20, 0) == exact
