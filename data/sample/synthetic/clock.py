"""The office's clock: working days with 调休, festivals, and when a file was exported."""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from chinese_calendar import is_workday

FIRST_DAY = date(2023, 1, 1)
LAST_DAY = date(2024, 10, 24)
EXPORTED = datetime(2024, 10, 24, 18, 0)

SPRING_FESTIVALS = (
    (date(2023, 1, 18), date(2023, 1, 29)),
    (date(2024, 2, 7), date(2024, 2, 18)),
)


def days() -> list[date]:
    return [FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]


def months() -> list[date]:
    return [day for day in days() if day.day == 1]


def in_spring_festival(day: date) -> bool:
    return any(first <= day <= last for first, last in SPRING_FESTIVALS)


@cache
def working_days() -> list[date]:
    every = (FIRST_DAY + timedelta(n) for n in range(730))
    return [day for day in every if is_workday(day)]


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after `day`; zero is `day` itself or the next working day."""
    running = working_days()
    if count == 0:
        return day if is_workday(day) else running[bisect_right(running, day)]
    return running[bisect_right(running, day) + count - 1]


def office_hour(random: Random, day: date, after: datetime | None = None) -> datetime:
    """A moment of that day in office hours, never before `after`."""
    moment = datetime.combine(day, time(9)) + timedelta(minutes=random.randrange(8 * 60 + 30))
    if after is not None and moment <= after:
        return after + timedelta(minutes=random.randrange(20, 120))
    return moment
