"""Periods: what a code means, what it is compared with, where its edges are."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import BadPeriod, Period
from metrics.period import DAY, PRESETS, add_months

AS_OF = date(2024, 10, 24)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from(["day", "week", "month", "quarter", "half", "year"])


def period(code: str, as_of: date = AS_OF) -> Period:
    return Period.parse(code, as_of)


def span(p: Period) -> tuple[str, str]:
    return str(p.start), str(p.end - DAY)


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2024-09-03", "2024-09-03", "2024-09-03", "2024年9月3日"),
        ("2024-W36", "2024-09-02", "2024-09-08", "2024年第36周(9月2日—8日)"),
        ("2020-W53", "2020-12-28", "2021-01-03", "2020年第53周(12月28日—1月3日)"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        ("2024-Q3", "2024-07-01", "2024-09-30", "2024年三季度"),
        ("2024-H1", "2024-01-01", "2024-06-30", "2024年上半年"),
        ("2023", "2023-01-01", "2023-12-31", "2023年"),
        ("2024-01-01..2024-09-30", "2024-01-01", "2024-09-30", "2024年1月至9月"),
        ("2023-10-01..2024-09-30", "2023-10-01", "2024-09-30", "2023年10月至2024年9月"),
        ("2024-09-03..2024-09-10", "2024-09-03", "2024-09-10", "2024年9月3日至10日"),
        ("2023-12-30..2024-01-02", "2023-12-30", "2024-01-02", "2023年12月30日至2024年1月2日"),
    ],
)
def test_a_code_names_its_days_and_reads_as_a_reader_would_say_it(code, first, last, label):
    assert span(period(code)) == (first, last)
    assert period(code).label == label
    assert period(code).code == code


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("2024-10", "2024年10月(至24日)"),
        ("2024-Q4", "2024年四季度(至24日)"),
        ("2024", "2024年(至10月24日)"),
        ("2024-W43", "2024年第43周(10月21日—27日)(数据至10月24日)"),
    ],
)
def test_an_open_period_says_how_far_it_has_come(code, label):
    assert period(code).is_open
    assert period(code).label == label


def test_a_month_is_closed_on_its_last_day():
    assert period("2024-09", date(2024, 9, 29)).is_open
    assert not period("2024-09", date(2024, 9, 30)).is_open


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("this_month", "2024-10"),
        ("last_month", "2024-09"),
        ("this_quarter", "2024-Q4"),
        ("last_quarter", "2024-Q3"),
        ("this_year", "2024"),
        ("last_year", "2023"),
        ("last_12_months", "2023-10-01..2024-09-30"),
    ],
)
def test_presets_are_read_off_the_as_of_date(name, code):
    assert Period.preset(name, AS_OF).code == code
    assert period(name).code == code


def test_the_last_twelve_months_include_a_month_that_ends_today():
    assert Period.preset("last_12_months", date(2024, 9, 30)).code == "2023-10-01..2024-09-30"


@pytest.mark.parametrize(
    ("code", "previous", "year_ago"),
    [
        ("2024-09", "2024-08", "2023-09"),
        ("2024-03", "2024-02", "2023-03"),
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2023", "2022", "2022"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2024-W36", "2024-W35", "2023-W36"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", "2019-W52"),
        ("2023-10-01..2024-09-30", "2022-10-01..2023-09-30", "2022-10-01..2023-09-30"),
        ("2024-09-03..2024-09-10", "2024-08-26..2024-09-02", "2023-09-03..2023-09-10"),
    ],
)
def test_closed_periods_are_compared_with_whole_ones(code, previous, year_ago):
    assert period(code).previous().code == previous
    assert period(code).year_ago().code == year_ago


@pytest.mark.parametrize(
    ("code", "as_of", "previous", "year_ago"),
    [
        ("2024-10", "2024-10-24", "2024-09-01..2024-09-24", "2023-10-01..2023-10-24"),
        ("2024-Q4", "2024-10-24", "2024-07-01..2024-07-24", "2023-10-01..2023-10-24"),
        ("2024", "2024-10-24", "2023-01-01..2023-10-25", "2023-01-01..2023-10-24"),
        ("2024-W43", "2024-10-24", "2024-10-14..2024-10-17", "2023-10-23..2023-10-26"),
        ("2024-03", "2024-03-30", "2024-02-01..2024-02-29", "2023-03-01..2023-03-30"),
        ("2024", "2024-02-29", "2023-01-01..2023-03-01", "2023-01-01..2023-02-28"),
    ],
)
def test_an_open_period_is_compared_over_the_days_that_have_passed(code, as_of, previous, year_ago):
    running = period(code, date.fromisoformat(as_of))

    assert running.previous().code == previous
    assert running.year_ago().code == year_ago


@pytest.mark.parametrize(
    ("code", "words"),
    [("2024-09", "较上月"), ("2024-10", "较上月同期"), ("2024-W36", "较上周"), ("2023", "较上年")],
)
def test_what_a_period_is_compared_with_has_a_name(code, words):
    assert period(code).compare_label == words


@pytest.mark.parametrize(
    "code", ["", "2024-13", "2023-W53", "2024-02-30", "24-09", "2024-Q5", "2024-09-10..2024-09-03"]
)
def test_a_period_that_is_on_no_calendar_is_refused_in_words(code):
    with pytest.raises(BadPeriod, match=r"[。至]"):
        period(code)


@given(UNITS, DAYS, DAYS)
def test_every_code_reads_back_as_itself(kind, day, as_of):
    unit = Period.of(kind, day, as_of)

    assert Period.parse(unit.code, as_of) == unit


@given(DAYS, st.integers(0, 800), DAYS)
def test_every_custom_code_reads_back_as_itself(first, days, as_of):
    custom = Period.between(first, first + timedelta(days=days), as_of)

    assert Period.parse(custom.code, as_of) == custom
    assert custom.label


@given(UNITS, DAYS)
def test_a_unit_holds_its_day_and_meets_its_neighbour(kind, day):
    unit = Period.of(kind, day, day)

    assert unit.start <= day < unit.end
    assert Period.of(kind, unit.end, unit.end).start == unit.end
    assert Period.of(kind, unit.start - DAY, day).end == unit.start


@given(UNITS, DAYS)
def test_a_week_starts_on_monday_and_lasts_seven_days(kind, day):
    week = Period.of("week", day, day)

    assert week.start.weekday() == 0
    assert (week.end - week.start).days == 7


@given(UNITS, DAYS, st.integers(0, 366))
def test_the_period_before_an_open_one_has_as_many_days_or_is_the_whole_shorter_unit(
    kind, day, elapsed
):
    unit = Period.of(kind, day, day)
    as_of = min(unit.start + timedelta(days=elapsed), unit.end - DAY)
    running = Period(kind, unit.start, unit.end, as_of)
    before, whole = running.previous(), Period.of(kind, unit.start - DAY, as_of)

    assert before.start == whole.start
    assert before.end <= running.start
    assert before.days == running.days or before.end == whole.end


@given(UNITS, DAYS, st.integers(0, 366))
def test_the_year_before_covers_the_same_dates(kind, day, elapsed):
    unit = Period.of(kind, day, day)
    as_of = min(unit.start + timedelta(days=elapsed), unit.end - DAY)
    running = Period(kind, unit.start, unit.end, as_of)
    ago = running.year_ago()

    assert not ago.is_open
    assert ago.end <= running.start
    assert abs(ago.days - running.days) <= 1
    if kind != "week":
        assert ago.start == add_months(running.start, -12)
        assert ago.end - DAY == add_months(running.until - DAY, -12) or not running.is_open


def test_the_day_before_a_leap_day_has_a_year_before():
    day = Period.parse("2028-02-28", date(2028, 3, 5))

    assert day.year_ago().code == "2027-02-28"


@given(DAYS, st.integers(0, 500), st.integers(0, 600))
def test_a_custom_period_is_compared_with_as_many_days_before_it(first, days, elapsed):
    custom = Period.between(first, first + timedelta(days=days), first + timedelta(days=elapsed))
    before = custom.previous()

    assert before.end == custom.start
    assert before.days == custom.days or (custom.whole_months == before.whole_months > 0)


@given(
    st.sampled_from(["day", "week", "month", "quarter", "half", "year"]), DAYS, st.integers(0, 700)
)
def test_parts_cover_the_days_that_have_passed_and_no_others(kind, first, days):
    whole = Period.between(first, first + timedelta(days=days), first + timedelta(days=days // 2))
    parts = whole.split(kind)

    assert parts[0].start == whole.start
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert parts[-1].start < whole.until <= parts[-1].end


def test_only_whole_units_keep_their_name_when_a_period_is_split():
    parts = Period.parse("2024-08-15..2024-10-10", AS_OF).split("month")

    assert [part.code for part in parts] == [
        "2024-08-15..2024-08-31", "2024-09", "2024-10-01..2024-10-10",
    ]  # fmt: skip


@pytest.mark.parametrize("name", PRESETS)
def test_presets_hold_at_every_month_end(name):
    for as_of in (date(2024, 1, 31), date(2024, 2, 29), date(2023, 12, 31), date(2025, 1, 1)):
        assert Period.preset(name, as_of).start <= as_of
