import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from ui.downloads import Column, Sheet, as_csv, as_xlsx

TRICKY = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "=1"]


def test_csv_opens_in_chinese_excel_and_never_runs_a_formula():
    sheet = Sheet(
        [Column("单位"), Column("件数", "count"), Column("办结率", "share")],
        [["=HYPERLINK(1)", 3, 1 / 3], ["社区", None, None]],
    )

    written = as_csv(sheet)

    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").splitlines() == [
        "单位,件数,办结率",
        "'=HYPERLINK(1),3,0.333333",
        "社区,,",
    ]


@pytest.mark.parametrize("text", TRICKY)
def test_xlsx_keeps_tricky_text_as_text(text):
    written = as_xlsx(Sheet([Column("单位"), Column("值", "count")], [[text, -5]], notes=["=1+1"]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    sheets = zipfile.ZipFile(io.BytesIO(written))
    xml = b"".join(sheets.read(name) for name in sheets.namelist() if "worksheets/" in name)
    assert book.get_sheet_by_name("数据").to_python()[1][1] == -5
    assert str(book.get_sheet_by_name("数据").to_python()[1][0]).startswith("'")
    assert b"<f>" not in xml


def test_xlsx_says_what_the_numbers_are():
    written = as_xlsx(Sheet([Column("单位")], [["社区"]], notes=["口径:应办结", "截至 2024-10-24"]))

    notes = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("说明")
    assert notes.to_python() == [["口径:应办结"], ["截至 2024-10-24"]]


def test_each_row_of_a_csv_says_by_which_definitions_it_was_made():
    sheet = Sheet(
        [Column("单位")], [["甲"], ["乙"]], metrics=["hotline_volume@1", "hotline_rated@1"]
    )

    assert as_csv(sheet).decode("utf-8-sig").splitlines() == [
        "单位,口径编号",
        "甲,hotline_volume@1 hotline_rated@1",
        "乙,hotline_volume@1 hotline_rated@1",
    ]


def test_rows_that_name_their_own_definition_are_not_given_another():
    sheet = Sheet([Column("月"), Column("口径编号")], [["6月", "a@1"], ["7月", "a@2"]], metrics=["a@1", "a@2"])  # fmt: skip

    assert as_csv(sheet).decode("utf-8-sig").splitlines() == ["月,口径编号", "6月,a@1", "7月,a@2"]
