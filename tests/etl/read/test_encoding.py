import pytest

from etl.errors import Unreadable
from etl.read import blocks, encoding

TEXT = "工单编号,诉求内容\nA1,路灯不亮\nA2,噪音扰民\n"


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_detected_and_said(read, rows, codec, shown):
    (table,) = read("orders.csv", TEXT, codec)

    assert table.encoding == shown
    assert table.encoding_note
    assert table.headers == ("工单编号", "诉求内容")
    assert rows(table) == [(2, "A1", "路灯不亮"), (3, "A2", "噪音扰民")]


def test_a_rare_character_of_gb18030_survives(read, rows):
    (table,) = read("people.csv", "工单编号,诉求内容\nA1,\U00020000㐂\n", "gb18030")

    assert rows(table) == [(2, "A1", "\U00020000㐂")]


def test_gbk_after_pages_of_ascii_is_still_gbk(read, rows, monkeypatch):
    monkeypatch.setattr(encoding, "BLOCK", 1000)
    ascii_lines = "".join(f"A{n},street lamp out\n" for n in range(3000))

    (table,) = read("orders.csv", "id,text\n" + ascii_lines + "A9,路灯不亮\n", "gbk")

    assert table.encoding == "gb18030"
    assert rows(table)[-1] == (3002, "A9", "路灯不亮")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_character_cut_in_half_costs_its_own_row_only(read, rows, codec):
    lines = [f"A{n},诉求{n}\n".encode(codec) for n in range(50)]
    lines[20] = "A20,路灯".encode(codec)[:-1] + b"\n"

    (table,) = read("orders.csv", "工单编号,诉求内容\n".encode(codec) + b"".join(lines))

    assert table.encoding == codec
    assert len(rows(table)) == 49
    assert [(broken.row_no, broken.reason) for broken in table.broken] == [
        (22, "本行含有无法解码的字节")
    ]


def test_half_a_surrogate_in_utf_16_costs_its_own_row_only(read, rows):
    data = TEXT.encode("utf-16-le") + b"A\0,\0\x00\xd8\n\0" + "A4,x\n".encode("utf-16-le")

    (table,) = read("orders.csv", b"\xff\xfe" + data)

    assert [row[0] for row in rows(table)] == [2, 3, 5]
    assert [broken.row_no for broken in table.broken] == [4]


def test_bytes_in_no_known_encoding_are_refused_with_advice(read):
    with pytest.raises(Unreadable, match="另存为"):
        read("orders.csv", bytes(range(128, 256)) * 20)


def test_a_declared_encoding_is_used(read, rows):
    content = "工單編號,訴求\nA1,路燈\n".encode("big5")

    (table,) = read("orders.csv", content, encoding="big5")

    assert rows(table) == [(2, "A1", "路燈")]


def test_an_unknown_encoding_is_named_in_the_error(read):
    with pytest.raises(Unreadable, match="klingon"):
        read("orders.csv", TEXT.encode(), encoding="klingon")


def test_an_endless_line_is_one_broken_row(read, rows, monkeypatch):
    monkeypatch.setattr(blocks, "LINE_LIMIT", 10_000)
    monkeypatch.setattr(encoding, "BLOCK", 1000)

    (table,) = read("orders.csv", TEXT + "A3," + "x" * 50_000 + "\nA4,y\n")

    assert [row[0] for row in rows(table)] == [2, 3, 5]
    assert [broken.row_no for broken in table.broken] == [4]
