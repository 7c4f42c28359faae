import json
from datetime import date

import duckdb
import pytest

from etl.errors import Unreadable
from etl.load import load, undo
from etl.report import Accounting, LoadReport
from etl.shelf import current

HEADER = ("工单编号", "受理时间", "办结时间", "更新时间", "承办单位", "事项类别", "联系电话")
ORDER = ("G1", "2024-09-03 11:26", "", "2024-09-03 11:26", "区住建局", "物业管理", "13812345678")
OTHER = ("G2", "2024-09-04 08:00", "", "2024-09-04 08:00", "区城管局", "市容环卫", "13912345678")
CLOSED = ("G1", "2024-09-03 11:26", "2024-09-05 09:00", "2024-09-05 09:00", *ORDER[4:])
BAD = ("G3", "不是日期", *ORDER[2:])


def rows(office, sql):
    with duckdb.connect(str(current(office.place)), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_every_row_is_accounted_for(office):
    report = office.load(office.table("工单.csv", HEADER, [ORDER, OTHER, ORDER, BAD]))

    assert report.files[0].accounting == Accounting(4, 2, 0, 0, 1, 1)
    assert report.files[0].accounting.balanced
    assert report.files[0].reject_reasons == {"受理时间无法识别为日期": 1}
    assert (report.batch, report.exit_status) == (1, 1)
    assert rows(office, "SELECT read, loaded, duplicate, rejected FROM batches") == [(4, 2, 1, 1)]
    assert rows(office, "SELECT reason, rows FROM reject_reasons") == [
        ("受理时间无法识别为日期", 1)
    ]


def test_the_same_file_twice_changes_nothing(office):
    file = office.table("工单.csv", HEADER, [ORDER, OTHER, ORDER])
    office.load(file)
    before = rows(office, "FROM hotline ORDER BY order_no")
    with duckdb.connect(str(office.place.store)) as store:
        kept = store.execute("SELECT count(*) FROM raw_hotline").fetchall()

    report = office.load(file)

    assert report.files[0].accounting == Accounting(3, 0, 0, 2, 1, 0)
    assert report.exit_status == 0
    assert rows(office, "FROM hotline ORDER BY order_no") == before
    with duckdb.connect(str(office.place.store)) as store:
        assert store.execute("SELECT count(*) FROM raw_hotline").fetchall() == kept


def test_a_file_loaded_twice_survives_undoing_the_first_time(office):
    file = office.table("工单.csv", HEADER, [ORDER, OTHER])
    office.load(file)
    office.load(file)

    undo(1, place=office.place)
    assert rows(office, "SELECT count(*) FROM hotline") == [(2,)]

    undo(2, place=office.place)
    assert rows(office, "SELECT count(*) FROM hotline") == [(0,)]


def test_a_later_export_updates_earlier_orders(office):
    office.load(office.table("九月.csv", HEADER, [ORDER, OTHER]))

    report = office.load(office.table("十月.csv", HEADER, [CLOSED, OTHER]))

    assert report.files[0].accounting == Accounting(2, 0, 1, 1, 0, 0)
    assert rows(office, "SELECT order_no FROM hotline WHERE closed_at IS NOT NULL") == [("G1",)]


def test_a_dry_run_says_the_same_and_keeps_nothing(office):
    file = office.table("工单.csv", HEADER, [ORDER, OTHER, BAD])

    rehearsed = office.load(file, dry_run=True)
    assert (rehearsed.batch, rehearsed.snapshot) == (None, None)
    assert not office.place.store.exists()
    assert not office.place.key.exists()
    assert current(office.place) is None

    assert office.load(file).files[0].accounting == rehearsed.files[0].accounting
    again = office.load(file, dry_run=True)
    assert again.files[0].accounting == Accounting(3, 0, 0, 2, 0, 1)
    assert rows(office, "SELECT count(*) FROM batches") == [(1,)]


def test_a_rehearsal_of_two_files_counts_their_common_rows_once(office):
    one = office.table("一.csv", HEADER, [ORDER])
    two = office.table("二.csv", HEADER, [ORDER, OTHER])

    rehearsed = office.load(one, two, dry_run=True)
    loaded = office.load(one, two)

    assert [f.accounting for f in rehearsed.files] == [f.accounting for f in loaded.files]
    assert [f.accounting.loaded for f in loaded.files] == [1, 1]


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(office):
    good = office.table("工单.csv", HEADER, [ORDER])
    bad = office.write("坏.xlsx", b"PK\x03\x04 nothing more")
    unknown = office.table("什么.csv", ("甲", "乙"), [("1", "2")])

    report = office.load(bad, unknown, office.files / "没有.csv", good)

    assert [file for file, _ in report.errors] == ["坏.xlsx", "什么.csv", "没有.csv"]
    assert [file.file for file in report.files] == ["工单.csv"]
    assert report.exit_status == 1


def test_nothing_loaded_is_said_by_the_exit_status(office):
    report = office.load(office.table("什么.csv", ("甲", "乙"), [("1", "2")]))

    assert (report.batch, report.snapshot, report.exit_status) == (None, None, 2)
    assert LoadReport(None).exit_status == 2


def test_an_unknown_source_is_answered_with_the_known_ones(office):
    report = office.load(office.table("工单.csv", HEADER, [ORDER]), source="hotlines")

    assert "没有来源 hotlines" in report.errors[0][1]
    assert "hotline" in report.errors[0][1]


def test_the_area_ledger_goes_first_whatever_the_order_of_the_files(office):
    header = ("工单编号", "受理时间", "所属社区", "承办单位")
    orders = office.table("工单.csv", header, [("G1", "2024-09-03", "清溪社区", "住建局")])
    areas = office.table(
        "社区台账.csv",
        ("区域编码", "区域名称", "层级", "上级区域"),
        [("520111007", "溪北街道", "街道", ""), ("520111007001", "清溪社区", "社区", "520111007")],
    )

    report = office.load(orders, areas)

    assert [file.source for file in report.files] == ["areas", "hotline"]
    assert rows(office, "SELECT community, flags FROM hotline") == [("520111007001", [])]
    meta = dict(rows(office, "FROM meta"))
    assert (meta["street_name"], meta["street_code"]) == ("溪北街道", "520111007")


def test_a_folder_is_the_files_in_it(office):
    office.table("一.csv", HEADER, [ORDER])
    office.table("二.csv", HEADER, [OTHER])
    office.write("说明.md", "不是数据")

    report = office.load(office.files)

    assert [file.file for file in report.files] == ["一.csv", "二.csv"]
    assert report.batch == 1


def test_the_log_counts_and_never_quotes(office):
    office.load(office.table("13812345678通话.csv", HEADER, [ORDER, BAD]))
    text = (office.place.root / "logs" / "etl.log").read_text(encoding="utf-8")

    line = json.loads(text.splitlines()[-1])
    assert (line["event"], line["batch"], line["read"], line["rejected"]) == ("load", 1, 2, 1)
    assert line["file"] == "*通话.csv"
    assert "13812345678" not in text
    assert "不是日期" not in text


def test_progress_is_told_while_reading(office):
    said = []
    office.load(
        office.table("工单.csv", HEADER, [ORDER]),
        progress=lambda message, share: said.append(message),
    )

    assert said[0] == "工单.csv:识别…"
    assert any(message.startswith("工单.csv:读取 ") for message in said)
    assert said[-1] == "检查快照…"


def test_the_key_of_the_pseudonyms_is_made_once_and_private(office):
    file = office.table("工单.csv", HEADER, [ORDER])
    office.load(file)
    key = office.place.key.read_text()
    assert office.place.key.stat().st_mode & 0o077 == 0

    office.load(file)
    assert office.place.key.read_text() == key

    office.place.key.write_text("short")
    with pytest.raises(Unreadable, match="64 个十六进制字符"):
        office.load(file)


def test_a_damaged_store_is_said_and_the_snapshot_stays(office):
    file = office.table("工单.csv", HEADER, [ORDER])
    office.load(file)
    office.place.store.write_bytes(b"nonsense" * 1000)

    with pytest.raises(Unreadable, match=r"已损坏.*再重新加载原始导出文件"):
        office.load(file)
    assert rows(office, "SELECT order_no FROM hotline") == [("G1",)]

    office.place.store.unlink()
    assert office.load(file).files[0].accounting.loaded == 1


def test_an_engine_error_of_one_file_names_no_cell(office, monkeypatch):
    good = office.table("好.csv", HEADER, [ORDER])
    office.load(good)
    with duckdb.connect(str(office.place.store)) as store:
        # Something nobody foresaw: the table of another source refuses its rows.
        store.execute("DROP TABLE raw_events")
        store.execute("CREATE TABLE raw_events AS SELECT 1 AS record_key, 2 AS batch")
    events = office.table("大事记.csv", ("开始日期", "大事名称"), [("2024-09-03", "秘密二字")])

    report = office.load(events, office.table("另.csv", HEADER, [OTHER]))

    ((name, message),) = report.errors
    assert name == "大事记.csv"
    assert "该文件一行也没有加载" in message
    assert "秘密" not in message
    assert [file.file for file in report.files] == ["另.csv"]


def test_load_takes_its_clock_as_an_argument(office):
    file = office.table("工单.csv", HEADER, [ORDER])

    assert load([file], place=office.place, today=date(2024, 9, 1)).exit_status == 2
    assert load([file], place=office.place, today=date(2024, 9, 4)).exit_status == 0


def test_a_file_that_goes_away_before_its_turn_is_named_and_the_others_load(office):
    first = office.table("甲.csv", HEADER, [ORDER])
    second = office.table("乙.csv", HEADER, [OTHER])

    def unplug(message, _):
        if message.startswith("甲.csv:读取"):
            second.unlink(missing_ok=True)

    report = office.load(first, second, progress=unplug)

    assert report.errors == [("乙.csv", "读到一半文件无法继续读取(No such file or directory)。")]
    assert [file.accounting.loaded for file in report.files] == [1]
    assert report.snapshot
