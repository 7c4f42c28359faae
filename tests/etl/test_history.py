import pytest
from python_calamine import CalamineWorkbook

from etl.errors import NotFound
from etl.load import batches, snapshots, undo, use, write_rejects

HEADER = ("工单编号", "受理时间", "承办单位", "备忘录")
GOOD = ("G1", "2024-09-03 11:26", "=区住建局", "甲")
BAD = ("G2", "某年某月", "=区住建局", "乙")


def test_batches_are_listed_newest_first(office):
    office.load(office.table("一.csv", HEADER, [GOOD]))
    office.load(office.table("二.csv", HEADER, [GOOD, BAD]))
    undo(2, place=office.place)

    listed = batches(office.place)

    assert [(b["batch"], b["file"], b["rejected"], b["undone"]) for b in listed] == [
        (2, "二.csv", 1, True),
        (1, "一.csv", 0, False),
    ]


def test_an_empty_office_has_no_history(office):
    assert batches(office.place) == []
    assert snapshots(office.place) == []


def test_rejects_come_back_in_the_layout_of_their_file(office, tmp_path):
    office.load(office.table("工单.csv", HEADER, [GOOD, BAD]))
    out = tmp_path / "未加载.xlsx"

    assert write_rejects(1, out, place=office.place) == 1

    header, row = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    assert header == ["工单编号", "受理时间", "承办单位", "(未用列)", "原行号", "未加载原因"]
    assert row == ["G2", "某年某月", "=区住建局", "", 3.0, "受理时间无法识别为日期"]


def test_repaired_rejects_load(office, tmp_path):
    import xlsxwriter

    office.load(office.table("工单.csv", HEADER, [GOOD, BAD]))
    out = tmp_path / "工单未加载.xlsx"
    write_rejects(1, out, place=office.place)
    header, row = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    row[1] = "2024-09-05 08:00"
    with xlsxwriter.Workbook(str(out)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, row, book.add_format())

    report = office.load(out)

    assert report.files[0].accounting.loaded == 1


def test_a_batch_without_rejects_gives_a_workbook_that_says_so(office, tmp_path):
    office.load(office.table("工单.csv", HEADER, [GOOD]))
    out = tmp_path / "未加载.xlsx"

    assert write_rejects(1, out, place=office.place) == 0
    assert CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python() == [
        ["第 1 批没有未加载的行"]
    ]
    with pytest.raises(NotFound, match="没有第 9 批"):
        write_rejects(9, out, place=office.place)


def test_an_earlier_snapshot_can_be_used_again_and_the_next_load_goes_on_from_the_store(office):
    first = office.load(office.table("一.csv", HEADER, [GOOD])).snapshot
    second = office.load(office.table("二.csv", HEADER, [("G5", *GOOD[1:])])).snapshot

    use(first, place=office.place)
    assert office.snapshot.id == first
    assert [(s["snapshot"], s["current"]) for s in snapshots(office.place)] == [
        (second, False),
        (first, True),
    ]

    office.load(office.table("三.csv", HEADER, [("G6", *GOOD[1:])]))
    assert office.snapshot.cursor().execute("SELECT count(*) FROM hotline").fetchone() == (3,)


def test_only_a_whole_snapshot_can_be_used(office):
    name = office.load(office.table("一.csv", HEADER, [GOOD])).snapshot
    other = office.load(office.table("二.csv", HEADER, [GOOD])).snapshot
    (office.place.snapshots / f"{name}.duckdb").write_bytes(b"nonsense")

    with pytest.raises(NotFound, match="已损坏"):
        use(name, place=office.place)
    with pytest.raises(NotFound, match=f"没有快照 x.*{other}"):
        use("x", place=office.place)
    assert office.snapshot.id == other
