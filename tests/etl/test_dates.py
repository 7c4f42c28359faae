"""Dates and numbers as exports write them; what is no date is said to be none, and never bent into one."""

from datetime import datetime

import duckdb
import pytest
from stored import stored

from etl import convert, dates


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        dates.install(con)
        convert.install(con, b"k" * 32)
        yield con


def read(con, macro, text):
    return con.execute(f"SELECT {macro}(?)", [text]).fetchone()[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024-09-03 11:26", "2024-09-03 11:26"),
        ("2024/1/5", "2024-01-05"),
        ("2024.1.5", "2024-01-05"),
        ("2024年9月3日 9时", "2024-09-03 09:00"),
        ("2024年9月3日9时5分6秒", "2024-09-03 09:05:06"),
        ("2024年9月3号 下午3:05", "2024-09-03 15:05"),
        ("２０２４－０９－０３ １１：２６", "2024-09-03 11:26"),
        ("2024-09-03(星期二)", "2024-09-03"),
        ("\t2024-09-03", "2024-09-03"),
        ("'2024-09-03", "2024-09-03"),
        ("10/31/2024 11:59:58 PM", "2024-10-31 23:59:58"),
        ("10/31/2024 12:05 AM", "2024-10-31 00:05"),
        ("10/31/2024 23:59", "2024-10-31 23:59"),
        ("2024-01-31T10:05:59.000", "2024-01-31 10:05:59"),
        ("2024-01-31 10:05:59.0000000", "2024-01-31 10:05:59"),
        ("2024-01-31T10:05:59Z", "2024-01-31 18:05:59"),
        ("2024-01-31 10:05:59+00", "2024-01-31 18:05:59"),
        ("2024-01-31 10:05:59+08:00", "2024-01-31 10:05:59"),
        ("1725333960", "2024-09-03 11:26"),
        ("1725333960000", "2024-09-03 11:26"),
        ("45538", "2024-09-03"),
        ("45538.4763888889", "2024-09-03 11:26"),
        ("20240903", "2024-09-03"),
        ("20240903112601", "2024-09-03 11:26:01"),
        ("202409", "2024-09-01"),
        ("2024年9月份", "2024-09-01"),
        ("Sep-24", "2024-09-01"),
        ("03-Sep-24", "2024-09-03"),
        ("3-Sep-2024", "2024-09-03"),
        ("Sep 3, 2024 11:26 PM", "2024-09-03 23:26"),
        ("Sep 3, 2024, 11:26 PM", "2024-09-03 23:26"),
        ("2013 Jul 30 03:24:00 PM", "2013-07-30 15:24"),
        ("Tue Sep 03 11:26:00 CST 2024", "2024-09-03 11:26"),
        ("24/9/3", "2024-09-03"),
    ],
)
def test_a_date_is_read_in_any_of_these_styles(con, text, meant):
    assert read(con, "moment", text) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13-01", "31/10/2024", "9/3/24", "2024-09-03 25:00", "12345", "昨天", "-", "待定",
     "1900-01-01", "0000-00-00 00:00:00", "N/A", "20241301", "202413", "99999999"],
)  # fmt: skip
def test_what_is_no_date_stays_none(con, text):
    assert read(con, "moment", text) is None


def test_the_declared_order_decides_what_only_an_order_can_tell():
    with duckdb.connect() as con:
        for order, text, meant in (
            ("dmy", "03/09/2024 11:26", datetime(2024, 9, 3, 11, 26)),
            ("mdy", "03/09/2024 11:26", datetime(2024, 3, 9, 11, 26)),
            ("dmy", "3/9/24", datetime(2024, 9, 3)),
            ("mdy", "3/9/24", datetime(2024, 3, 9)),
            ("dmy", "31.12.2023 23:59", datetime(2023, 12, 31, 23, 59)),
            ("dmy", "2024-09-03", datetime(2024, 9, 3)),
        ):
            dates.install(con, order)
            assert read(con, "moment", text) == meant


def test_an_offset_moves_only_what_is_in_utc():
    with duckdb.connect() as con:
        dates.install(con, utc_offset=-5)

        assert read(con, "moment", "2024-01-31 10:05:59+00") == datetime(2024, 1, 31, 5, 5, 59)
        assert read(con, "moment", "1725333960") == datetime(2024, 9, 2, 22, 26)
        assert read(con, "moment", "2024-01-31 10:05:59") == datetime(2024, 1, 31, 10, 5, 59)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234", 1234), ("１，２３４", 1234), ("１２", 12), ("\t12", 12), ("'12", 12), ("12.5%", 12.5), ("98％", 98),
     ("12人", 12), ("3.2万", 32000), ("约30", 30), ("30余", 30), ("-5", -5), ("9\u00a0800", 9800), ("1e3", 1000)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(con, text, number):
    assert read(con, "figure", text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["五", "12-15", "1.2.3", "—", "12件/月", ""])
def test_what_is_no_number_stays_none(con, text):
    assert read(con, "figure", text) is None


def test_text_serials_and_epochs_mixed_in_one_column_and_the_wrong_one_is_named(office):
    written = ["2024-09-03 11:26", "45538.4763888889", "1725333960", "2024年9月3日 11时26分", "9/3/2024 11:26:00 AM",
               "２０２４／９／３ １１：２６", "2024-09-31 11:26"]  # fmt: skip
    report = office.load(
        office.table(
            "工单.csv", ["工单编号", "受理时间"], [[f"G{i}", w] for i, w in enumerate(written)]
        )
    )

    assert stored(office, "SELECT DISTINCT accepted_at::VARCHAR FROM raw_hotline") == [
        ("2024-09-03 11:26:00",)
    ]
    assert report.files[0].reject_reasons == {"受理时间无法识别为日期": 1}
    assert stored(office, "SELECT row_no FROM rejects") == [(8,)]


def test_a_time_column_of_every_style_joins_its_day(office):
    times = [
        "9:05",
        "0905",
        "09:05:00",
        "9:05 AM",
        "上午9:05",
        "9时5分",
        "0.378472222",
        "1899-12-30 09:05:00",
        "01/01/1900 09:05:00 AM",
        "",
    ]
    office.load(
        office.table("a.csv", ["ID", "DAY", "CLOCK"], [[str(i), "2024/9/3", t] for i, t in enumerate(times)]),
        mapping='source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = { date = "DAY", time = "CLOCK" }\n',
    )  # fmt: skip

    found = [
        t
        for (t,) in stored(office, "SELECT accepted_at::VARCHAR FROM raw_hotline ORDER BY order_no")
    ]
    assert found == ["2024-09-03 09:05:00"] * 9 + ["2024-09-03 00:00:00"]
