from datetime import date

import pytest

from etl.place import Place
from etl.store import open_store
from etl.workdays import seed


@pytest.fixture(scope="module")
def calendar(tmp_path_factory):
    with open_store(Place(tmp_path_factory.mktemp("data")), date(2024, 10, 24)) as con:
        yield con


def working_days(con, first, last):
    sql = "SELECT (SELECT workday_no FROM calendar WHERE day = ?) - (SELECT workday_no FROM calendar WHERE day = ?)"
    return con.execute(sql, [last, first]).fetchone()[0]


@pytest.mark.parametrize(
    ("day", "is_workday", "festival"),
    [
        ("2024-09-29", True, None),  # a Sunday that was worked for the holiday
        ("2024-10-01", False, "国庆节"),
        ("2024-10-07", False, "国庆节"),
        ("2024-10-08", True, None),
        ("2024-10-12", True, None),  # a Saturday that was worked
        ("2024-02-10", False, "春节"),
        ("2024-10-26", False, None),
    ],
)
def test_holidays_and_the_days_worked_for_them_are_known(calendar, day, is_workday, festival):
    found = calendar.execute("SELECT is_workday, festival FROM calendar WHERE day = ?", [day])
    holiday = is_workday is False and festival is not None

    assert found.fetchone() == (is_workday, festival if holiday else None)


def test_a_difference_of_two_days_is_a_number_of_working_days(calendar):
    assert working_days(calendar, "2024-09-30", "2024-10-08") == 1
    assert working_days(calendar, "2024-10-08", "2024-10-14") == 5


def test_the_calendar_reaches_the_end_of_next_year_and_is_not_seeded_twice(calendar):
    (last,) = calendar.execute("SELECT max(day) FROM calendar").fetchone()
    assert last == date(2025, 12, 31)

    seed(calendar, date(2024, 12, 31))
    assert calendar.execute("SELECT count(*) = count(DISTINCT day) FROM calendar").fetchone()[0]
    seed(calendar, date(2027, 6, 1))  # past what the library knows: plain weeks
    (saturday,) = calendar.execute(
        "SELECT is_workday FROM calendar WHERE day = '2028-01-01'"
    ).fetchone()
    assert saturday is False
