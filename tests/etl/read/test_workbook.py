import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from etl.errors import Unreadable
from etl.read import sheets, workbook_child

HEADER = ["工单编号", "受理时间", "诉求内容"]


@pytest.fixture
def book():
    """Builds a workbook from rows, or from a function that writes into it."""

    def book(*sheets, hidden=()) -> bytes:
        file = io.BytesIO()
        made = xlsxwriter.Workbook(file, {"in_memory": True})
        for index, content in enumerate(sheets):
            sheet = made.add_worksheet(f"表{index + 1}")
            if callable(content):
                content(made, sheet)
            else:
                for row, cells in enumerate(content):
                    sheet.write_row(row, 0, cells)
            if index in hidden:
                sheet.hide()
        made.close()
        return file.getvalue()

    return book


def xml(cells: str) -> bytes:
    """A workbook whose one sheet is this XML, for what no library will write."""
    rows = (
        '<row r="1"><c t="inlineStr"><is><t>社区</t></is></c>'
        '<c t="inlineStr"><is><t>户数</t></is></c></row>'
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relations}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships"><Relationship Id="rId1" Type="{relations}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{rows}{cells}</sheetData></worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_cells_become_the_text_a_reader_would_type():
    text = workbook_child.text

    assert text(13800138000.0) == "13800138000"
    assert text(520111200001011.0) == "520111200001011"
    assert text(1e20) == "100000000000000000000"
    assert text(0.1 + 0.2) == "0.3"
    assert text(1e-7) == "0.0000001"
    assert text(-5.0) == "-5"
    assert text(0.983) == "0.983"
    assert text(float("inf")) == "inf"
    assert text(True) == "TRUE"
    assert text("") is None
    assert text(" 007") == " 007"
    assert text(datetime(2024, 9, 3, 11, 26)) == "2024-09-03 11:26:00"
    assert text(datetime(2024, 9, 3, 11, 26, 4, 999_999)) == "2024-09-03 11:26:05"
    assert text(date(2024, 9, 3)) == "2024-09-03"
    assert text(time(9, 5)) == "09:05:00"
    assert text(timedelta(days=1, hours=12)) == "36:00:00"


def test_text_dates_and_real_dates_stand_in_one_column(read, rows, book):
    def write(made, sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, [160.0, "2019/2/28 11:25:05", "x"])
        sheet.write_datetime(
            2, 1, datetime(2019, 2, 28, 11, 25), made.add_format({"num_format": "yyyy/m/d h:mm"})
        )
        sheet.write(2, 0, "161")

    (table,) = read("orders.xlsx", book(write))

    assert (table.encoding, table.sheet) == ("xlsx", "表1")
    assert rows(table) == [
        (2, "160", "2019/2/28 11:25:05", "x"),
        (3, "161", "2019-02-28 11:25:00", None),
    ]


def test_row_numbers_and_columns_are_right_where_the_table_starts_elsewhere(read, rows, book):
    def write(made, sheet):
        sheet.write_row(4, 2, HEADER)
        sheet.write_row(5, 2, ["a", "1", "x"])
        sheet.write_row(8, 2, ["b", "2", "y"])

    (table,) = read("orders.xlsx", book(write))

    assert table.header_rows == (5, 5)
    assert rows(table) == [(6, "a", "1", "x"), (9, "b", "2", "y")]
    assert table.blank == 2


def test_merged_header_rows_totals_and_notes(read, rows, book):
    def write(made, sheet):
        sheet.merge_range("A1:E1", "重点人群服务台账")
        sheet.merge_range("A2:A3", "社区")
        sheet.merge_range("B2:C2", "失业人员")
        sheet.merge_range("D2:E2", "残疾人")
        sheet.write_row("B3", ["应服务人数", "已服务人数"] * 2)
        sheet.write_row("A4", ["合计", 4, 6, 8, 10])
        sheet.write_row("A5", ["吉麟", 1, 2, 3, 4])
        sheet.write_row("A6", ["小计", 1, 2, 3, 4])
        sheet.write_row("A7", ["养牛", 3, 4, 5, 6])
        sheet.merge_range("A8:E8", "注:数据截至2024年10月24日")

    (table,) = read("coverage.xlsx", book(write))

    assert table.headers[1:3] == ("失业人员/应服务人数", "失业人员/已服务人数")
    assert table.header_rows == (2, 3)
    assert table.titles == ("重点人群服务台账",)
    assert rows(table) == [(5, "吉麟", "1", "2", "3", "4"), (7, "养牛", "3", "4", "5", "6")]
    assert [row_no for row_no, _ in table.totals] == [4, 6]
    assert [row_no for row_no, _ in table.notes] == [8]


def test_three_header_rows_are_joined(read, book):
    def write(made, sheet):
        sheet.merge_range("A1:A3", "社区")
        sheet.merge_range("B1:E1", "重点人群")
        sheet.merge_range("B2:C2", "失业")
        sheet.merge_range("D2:E2", "残疾")
        sheet.write_row("B3", ["人数", "户数", "人数", "户数"])
        sheet.write_row("A4", ["吉麟", 1, 2, 3, 4])

    (table,) = read("coverage.xlsx", book(write))

    assert table.headers == (
        "社区",
        "重点人群/失业/人数",
        "重点人群/失业/户数",
        "重点人群/残疾/人数",
        "重点人群/残疾/户数",
    )
    assert table.header_rows == (1, 3)


def test_cells_merged_downwards_stand_for_every_row_they_cover(read, rows, book):
    def write(made, sheet):
        sheet.write_row("A1", ["社区", "网格", "户数"])
        sheet.merge_range("A2:A4", "吉麟")
        sheet.write_row("B2", ["一", 1])
        sheet.write_row("B3", ["二", 2])
        sheet.write_row("B4", ["小计", 3])
        sheet.write_row("A5", ["", "无主", 4])

    (table,) = read("grids.xlsx", book(write))

    assert rows(table) == [(2, "吉麟", "一", "1"), (3, "吉麟", "二", "2"), (5, None, "无主", "4")]
    assert table.totals == [(4, ("", "小计", "3"))]
    assert table.warnings == ["有 1 个纵向合并的单元格,已按第一行的内容补齐。"]


def test_each_visible_sheet_is_a_table_and_hidden_ones_are_said(read, rows, book):
    content = book(
        [HEADER, ["a", "1", "x"]],
        [HEADER, ["b", "2", "y"]],
        [HEADER, ["c", "3", "z"], ["d", "4", "z"]],
        [],
        hidden={1},
    )

    tables = read("orders.xlsx", content)

    assert [table.sheet for table in tables] == ["表1", "表3"]
    assert [len(rows(table)) for table in tables] == [1, 2]
    assert tables[0].warnings == ["工作表“表2”是隐藏的,没有读取。"]


def test_a_map_can_name_the_sheet(read, book):
    content = book([HEADER, ["a", "1", "x"]], [HEADER, ["b", "2", "y"]])

    (table,) = read("orders.xlsx", content, sheet="表2")
    assert table.sheet == "表2"

    with pytest.raises(Unreadable, match="表1、表2"):
        read("orders.xlsx", content, sheet="明细")


def test_a_sheet_without_a_header_is_left_out_and_said(read, book):
    (table,) = read("orders.xlsx", book([[1, 2], [3, 4]], [HEADER, ["a", "1", "x"]]))

    assert table.sheet == "表2"
    assert "没有找到表头" in table.warnings[0]


def test_a_formula_without_a_result_breaks_its_row(read, rows):
    content = xml(
        '<row r="2"><c r="A2" t="str"><f>B1</f><v></v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>甲</t></is></c><c r="B3"><f>1+1</f></c></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t>乙</t></is></c><c r="B4"><f t="shared" si="0"/><v/></c></row>'
        '<row r="5"><c r="A5" t="inlineStr"><is><t>合计</t></is></c><c r="B5"><f>SUM(B2:B4)</f></c></row>'
    )

    (table,) = read("areas.xlsx", content)

    assert rows(table) == [(2, None, "2")]
    assert [broken.row_no for broken in table.broken] == [3, 4]
    assert "户数" in table.broken[0].reason
    assert table.totals == [(5, ("合计", ""))]


def test_formula_errors_are_empty_and_said(read, rows):
    (table,) = read(
        "areas.xlsx", xml('<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c></row>')
    )

    assert rows(table) == [(2, "1", None)]
    assert "#N/A" in table.warnings[0]


def test_long_numbers_are_said_to_have_lost_their_last_digits(read, rows, book):
    (table,) = read("orders.xlsx", book([HEADER, [520111200001011234, "2024", "x"]]))

    assert rows(table)[0][1].startswith("520111200001011")
    assert "15 位" in table.warnings[0]


def test_a_workbook_too_large_to_keep_is_parsed_again(read, rows, book, monkeypatch):
    monkeypatch.setattr(sheets, "_BUDGET", 1000)
    content = book(
        [HEADER, *([str(n), "2024", "x"] for n in range(5000))], [HEADER, ["a", "1", "x"]]
    )

    first, second = read("orders.xlsx", content)

    assert [row[1] for row in rows(first)] == [str(n) for n in range(5000)]
    assert len(rows(first)) == 5000
    assert len(rows(second)) == 1


@pytest.mark.parametrize("name", ["orders.csv", "orders.xls", "orders.et", "orders"])
def test_a_workbook_is_known_by_its_content(read, book, name):
    (table,) = read(name, book([HEADER, ["a", "1", "x"]]))

    assert table.headers == tuple(HEADER)


def test_a_cell_a_million_rows_away_is_an_error_not_a_crash(read):
    far = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    with pytest.raises(Unreadable, match="离表格很远"):
        read("far.xlsx", xml(far))


def test_a_zip_bomb_is_not_opened(read):
    with pytest.raises(Unreadable, match="压缩率"):
        read("bomb.xlsx", xml(" " * (30 << 20)))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_an_error(read, book, share):
    content = book([HEADER, ["a", "1", "x"]])

    with pytest.raises(Unreadable, match="重新"):
        read("orders.xlsx", content[: int(len(content) * share)])


def test_an_old_xls_header_alone_is_an_error(read):
    with pytest.raises(Unreadable, match="损坏"):
        read("orders.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
