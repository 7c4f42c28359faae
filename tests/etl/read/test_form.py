import io
import zipfile

import pytest

from etl.errors import Unreadable
from etl.read import ReadOptions, read_file


def package(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "空的"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("a.xls", "\ufeff\r\n<TABLE>".encode(), "网页"),
        ("a.xls", "<html>".encode("utf-16"), "网页"),
        ("a.xls", b"<?xml version='1.0'?><Workbook/>", "XML"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "网页归档"),
        ("a.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("a.xlsx", b"\x1f\x8b\x08", "gzip"),
        ("a.xlsx", package("word/document.xml"), "Word"),
        ("a.xlsx", package("mimetype", "content.xml"), "ODF"),
        ("a.xlsx", package("orders.csv"), "先解压"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
    ],
)
def test_what_is_no_table_is_named_and_the_way_out_is_said(read, name, content, said):
    with pytest.raises(Unreadable, match=said):
        read(name, content)


def test_a_missing_file_and_a_directory_are_errors(tmp_path, words):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Unreadable, match="打不开"):
            read_file(path, words, ReadOptions())


def test_a_csv_that_is_called_xlsx_is_a_csv(read, rows):
    (table,) = read("orders.xlsx", "社区,网格\n甲,1\n")

    assert rows(table) == [(2, "甲", "1")]


def test_a_csv_whose_first_header_is_in_brackets_is_a_csv(read, rows):
    (table,) = read("orders.csv", "[编号],社区\n1,甲\n")

    assert rows(table) == [(2, "1", "甲")]
