"""Whatever the bytes, reading ends in tables whose account is complete, or in one clear error."""

import io
import json
import zipfile

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import EtlError
from etl.read import clean_block, encoding, read_file

CSV = "工单编号,受理时间,诉求内容\n" + "".join(
    f'G{n},2024-01-0{n % 9 + 1},"第{n}条"\n' if n % 3 else f"G{n},2024,内容\n" for n in range(30)
)
RECORDS = [{"工单编号": f"G{n}", "点": {"x": n, "y": [n]}} for n in range(12)]
TOKENS = [
    *(b'"', b'""', b",", b"\n", b"\r", b"\r\n\r\n", b"\0", b"\xff", b"\xe5", b"\x81", b'",', b";"),
    *(b"\t", b"{", b"[", b"]", b"}", b":", b"\\ud800", b"1e999", b"\xef\xbb\xbf", b"\xff\xfe"),
    *("合计".encode(), "合计".encode("gbk"), "\u3000".encode(), "注:".encode(), b"\n,,\n"),
]


def _workbook() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for row, line in enumerate(CSV.splitlines()):
            sheet.write_row(row, 0, line.split(","))
    return file.getvalue()


SEEDS = [
    *(CSV.encode(codec) for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030")),
    CSV.replace("\n", "\r").encode(),
    CSV.replace(",", "\t").encode(),
    json.dumps(RECORDS).encode(),
    json.dumps({"data": RECORDS, "n": 1}, ensure_ascii=False).encode(),
    "\n".join(map(json.dumps, RECORDS)).encode(),
]


@st.composite
def damaged(draw, seeds):
    content = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, len(content)))
        match draw(st.integers(0, 3)):
            case 0:
                content[place:place] = draw(st.sampled_from(TOKENS))
            case 1:
                content[place:place] = draw(st.binary(max_size=12))
            case 2:
                del content[place : place + draw(st.integers(1, 40))]
            case 3:
                del content[place:]
    return bytes(content)


def account_is_complete(table) -> None:
    numbers = [n for batch in table.batches() for n in batch.column(0).to_pylist()]
    yielded = len(numbers)
    assert numbers == sorted(numbers)
    assert table.rows_read == yielded + len(table.broken)
    numbers += [broken.row_no for broken in table.broken]
    numbers += [row_no for row_no, _ in (*table.totals, *table.notes)]
    assert len(set(numbers)) == len(numbers)
    if numbers:
        assert min(numbers) >= table.first_row
        missing = max(numbers) - table.first_row + 1 - len(numbers)
        assert 0 <= missing <= table.blank


def survives(path, words, content: bytes, block: int) -> None:
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as sized:
        sized.setattr(encoding, "BLOCK", block)
        sized.setattr(clean_block, "FOOTER_LINES", block % 3)
        try:
            for table in read_file(path, words):
                account_is_complete(table)
        except EtlError as refusal:
            assert str(refusal).endswith("。")


@given(st.one_of(st.binary(max_size=300), damaged(SEEDS)), st.sampled_from([1, 7, 100, 4 << 20]))
@settings(max_examples=600, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory, words, content, block):
    survives(tmp_path_factory.getbasetemp() / "any.bin", words, content, block)


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_workbook())) as package:
        return {name: package.read(name) for name in package.namelist()}


@st.composite
def damaged_inside(draw):
    """A sound package around damaged XML: a damaged package would only fail its checksum."""
    parts = _parts()
    name = draw(
        st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
    )
    parts[name] = draw(damaged([parts[name]]))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return file.getvalue()


@given(st.one_of(damaged([_workbook()]), damaged_inside()))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_damage_to_a_workbook_is_read_or_refused(tmp_path_factory, words, content):
    survives(tmp_path_factory.getbasetemp() / "any.xlsx", words, content, 4 << 20)


@given(st.lists(st.text(st.sampled_from("ab,甲 合计"), max_size=12), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_every_physical_line_is_somewhere_in_the_account(tmp_path_factory, words, lines):
    path = tmp_path_factory.getbasetemp() / "lines.csv"
    path.write_text("工单编号,类别,备注\n" + "\n".join(lines) + "\n", encoding="utf-8")

    (table,) = read_file(path, words)
    account_is_complete(table)

    below = table.rows_read + len(table.totals) + len(table.notes) + table.blank
    assert below == len(lines) + 1 - (table.first_row - 1)
