"""A number that leaves without a page takes its judgement along: status, interval, n, base, metric@version."""

from datetime import datetime, timedelta

import pytest

from metrics import Period, measure
from metrics.api import answer
from metrics.asking import columns, records
from metrics.control import chart
from metrics.judged import judged
from metrics.past import ever
from metrics.period import add_months

FIRST = datetime(2023, 1, 10, 9)


def orders(month: datetime, late: int, many: int = 60, unit: str = "甲") -> list[dict]:
    """Of one month: so many due in it, `late` of them after their time."""
    due = month + timedelta(days=5)
    return [
        {"order_no": f"{unit}{month:%Y%m}{n}", "unit": unit, "accepted_at": month, "due_at": due,
         "closed_at": due + timedelta(days=1 if n < late else -1)}
        for n in range(many)
    ]  # fmt: skip


def months(count: int) -> list[datetime]:
    return [datetime.combine(add_months(FIRST.date(), n), FIRST.time()) for n in range(count)]


@pytest.fixture
def slipping(street):
    """Twenty ordinary months, and a September in which a third is late."""
    late = [6, 4, 5, 7, 6, 5, 4, 6, 5, 7] * 2
    rows = [row for month, n in zip(months(20), late, strict=True) for row in orders(month, n)]
    rows += orders(datetime(2024, 9, 10, 9), 20) + orders(datetime(2024, 10, 10, 9), 3, many=30)
    return street.write(hotline=rows)


def test_the_api_says_of_a_number_what_a_card_on_a_page_says(slipping):
    code, body = answer("hotline_on_time_due", {"period": "2024-09"}, slipping)

    [row] = body["rows"]
    assert code == 200
    assert (row["status"], row["because"]) == ("特殊原因-变差", "低于正常下限")
    assert (row["n"], row["definition"]) == (60, "hotline_on_time_due@1")
    assert row["low"] < row["value"] < row["high"]
    assert row["base"] == "应办结口径 · 截至2024年10月24日"
    assert body["interval"] == "Wilson 95%"


def test_every_finished_month_is_judged_and_the_running_one_is_not(slipping):
    _, body = answer("hotline_volume", {"from": "2024-07-01", "by": "month"}, slipping)

    said = {row["month"]: row["status"] for row in body["rows"]}
    assert said == {"2024-07": "正常波动", "2024-08": "正常波动", "2024-09": "正常波动", "2024-10": None}  # fmt: skip


def test_units_are_judged_side_by_side_and_a_count_among_many_is_not(street):
    at = datetime(2024, 9, 10, 9)
    units = {"甲": 4, "乙": 5, "丙": 3, "丁": 6, "戊": 4, "己": 40}
    rows = [row for unit, late in units.items() for row in orders(at, late, unit=unit)]
    street.write(hotline=[*rows, *orders(at, 0, many=3, unit="庚")])

    _, rates = answer("hotline_on_time_due", {"period": "2024-09", "by": "unit"}, street.snapshot)
    _, counts = answer("hotline_volume", {"period": "2024-09", "by": "unit"}, street.snapshot)

    said = {row["unit"]: row["status"] for row in rates["rows"]}
    assert said.pop("己") == "特殊原因-变差"
    assert said.pop("庚") == "样本不足"
    assert set(said.values()) == {"正常波动"}
    assert {row["status"] for row in counts["rows"]} == {None}


def test_what_is_written_as_csv_has_a_column_for_each_of_these(slipping):
    found = measure(
        "hotline_on_time_due", Period.parse("2024-09", slipping.as_of), snapshot=slipping
    )

    [row] = records(found, judged(found, slipping, "leader"))

    assert list(row) == columns(found)


def quarters(count: int, last: int) -> list[dict]:
    """Of a sensitive group, by month: half are visited, of the last quarter `last` of a thousand."""
    first = add_months(datetime(2024, 7, 1).date(), 3 - 3 * count)
    swing = (500, 510, 490, 505, 495)
    return [
        {"place": "C1", "key_group": "assisted", "month": add_months(first, n), "known": 1000,
         "visited": last if n >= 3 * (count - 1) else swing[n // 3 % len(swing)]}
        for n in range(3 * count)
    ]  # fmt: skip


def test_a_sensitive_group_is_charted_by_whole_quarters(street):
    street.write(coverage=quarters(14, last=300))
    question = {"period": "2024-Q3", "where": "group=assisted"}

    _, body = answer("coverage_visited", question, street.snapshot)
    past = street.measure(
        "coverage_visited", ever(street.snapshot, "quarter").code, by=("quarter",), where={"group": "assisted"}
    )  # fmt: skip

    [row] = body["rows"]
    assert (row["status"], row["because"]) == ("特殊原因-变差", "低于正常下限")
    [phase] = chart(past).phases
    assert (phase.base[0].code, phase.n) == ("2021-Q2", 13)


def test_too_few_quarters_are_said_to_be_too_few(street):
    street.write(coverage=quarters(7, last=300))

    _, body = answer("coverage_visited", {"by": "quarter"}, street.snapshot)

    assert {(row["status"], row["because"]) for row in body["rows"]} == {
        ("样本不足", "历史不足13期")
    }


def test_what_a_reader_may_not_see_is_not_judged(street):
    street.write(coverage=quarters(14, last=300))
    asked = Period.parse("2024-Q3", street.snapshot.as_of)
    found = measure("coverage_visited", asked, snapshot=street.snapshot, role="presenter")

    [status] = judged(found, street.snapshot, "presenter")

    assert status is not None
    assert status.kind == "hidden"
