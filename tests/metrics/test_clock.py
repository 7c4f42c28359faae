"""Working days on the calendar that loading writes: 调休 counted, and no guess outside its range."""

from datetime import date

import pytest

from metrics import Period
from metrics.clock import BeyondCalendar, known_days
from metrics.survival import durations

AS_OF = date(2025, 6, 30)
HEADER = ["工单编号", "受理时间", "办结时间", "诉求分类"]


def load(office, spans):
    """One order per span, accepted on a day of its own."""
    rows = [[f"A{no}", *span, "噪声扰民"] for no, span in enumerate(spans)]
    office.load(office.table("hotline.csv", HEADER, rows))


def wait(office, accepted, clock="working"):
    """Of the order accepted that day, in days."""
    day = Period.parse(accepted[:10], AS_OF)
    found = durations("hotline", day, clock=clock, as_of=AS_OF, snapshot=office.snapshot)
    return found.ends[0].days


def test_working_days_are_whole_days_apart_and_days_off_have_no_length(office):
    spans = {
        ("2024-09-03 09:00", "2024-09-04 09:00"): 1,
        ("2024-09-06 15:00", "2024-09-09 09:00"): 0.75,  # Friday to Monday: 9 hours of each
        ("2024-09-07 10:00", "2024-09-08 18:00"): 0,  # a weekend
        ("2024-09-13 09:00", "2024-09-18 09:00"): 2,  # 中秋 15–17, but Saturday 14 was worked
        ("2024-09-29 09:00", "2024-09-30 09:00"): 1,  # a Sunday that was worked for the holiday
        ("2024-09-30 12:00", "2024-10-08 12:00"): 1,  # 国庆
        ("2024-12-31 12:00", "2025-01-02 12:00"): 1,  # 元旦
    }
    load(office, spans)

    found = {span: wait(office, span[0]) for span in spans}

    assert found == pytest.approx(spans)
    assert wait(office, "2024-09-30", "calendar") == 8


def test_the_calendar_is_known_up_to_the_last_published_year(office):
    """Seeded on 2026-11-22 the table goes on to 2027, for which nobody had published holidays."""
    load(office, [("2024-09-03 09:00", "2024-09-04 09:00")])

    assert known_days(office.snapshot) == (date(2004, 1, 1), date(2026, 12, 31))
    assert str(office.snapshot.query("SELECT max(day) FROM calendar")[0][0]) == "2027-12-31"


def test_a_day_outside_the_calendar_is_an_error_that_says_what_to_do(office):
    load(office, [("2003-12-30 09:00", "2004-01-05 09:00")])
    asked = Period.parse("2003-12", office.snapshot.as_of)

    with pytest.raises(BeyondCalendar, match=r"只有2004年至2026年,有1件.*改选“自然日”.*重新加载"):  # fmt: skip
        durations("hotline", asked, clock="working", snapshot=office.snapshot)
    assert durations("hotline", asked, snapshot=office.snapshot).n == 1


def test_a_snapshot_without_festivals_has_no_working_days(street):
    row = {"order_no": "1", "accepted_at": "2024-09-02 09:00"}
    street.write(hotline=[row])

    with pytest.raises(BeyondCalendar, match="没有工作日历"):
        durations("hotline", Period.parse("2024-09", street.snapshot.as_of), clock="working", snapshot=street.snapshot)  # fmt: skip
