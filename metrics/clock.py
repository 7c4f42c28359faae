"""Two clocks for how long something took: every day counts, or only working days, 调休 included.

A working day is as long as any other, from midnight to midnight, and a day off has no length: from Friday
15:00 to Monday 9:00 is 9/24 of Friday and 9/24 of Monday, 0.75 working days. The same hours of two days
are thus a whole number of days apart on both clocks, and no office hours need to be assumed.
"""

from datetime import date
from typing import Literal

from metrics.errors import MetricError
from metrics.snapshot import Snapshot

Clock = Literal["calendar", "working"]
DAY = 86_400  # seconds
OF_DAY = "date_diff('second', date_trunc('day', {0}), {0})"
JOINED = """
LEFT JOIN calendar AS day_of_begin ON day_of_begin.day = CAST(began AS DATE) AND day_of_begin.day BETWEEN $known_from AND $known_to
LEFT JOIN calendar AS day_of_end ON day_of_end.day = CAST(ended AS DATE) AND day_of_end.day BETWEEN $known_from AND $known_to"""


class BeyondCalendar(MetricError):
    """Working days were asked for where nobody has said yet which days are worked."""


def known_days(snapshot: Snapshot) -> tuple[date, date] | None:
    """The first and the last day of the calendar of working days. The years after the last published one
    hold plain weeks without any festival: a guess, which does not count."""
    return snapshot.kept("days of the calendar", lambda: _known_days(snapshot))


def _known_days(snapshot: Snapshot) -> tuple[date, date] | None:
    sql = """
SELECT min(day), max(day)
FROM calendar
WHERE EXTRACT(YEAR FROM day) IN (SELECT EXTRACT(YEAR FROM day) FROM calendar WHERE festival IS NOT NULL)
"""
    first, last = snapshot.query(sql)[0]
    return None if first is None else (first, last)


def elapsed(clock: Clock) -> tuple[str, str]:
    """Seconds on this clock from `began` to `ended`, and the joins that they need. NULL beyond the calendar."""
    if clock == "calendar":
        return "date_diff('second', began, ended)", ""
    return f"{_reading('day_of_end', 'ended')} - {_reading('day_of_begin', 'began')}", JOINED


def _reading(day: str, moment: str) -> str:
    """What the clock shows at a moment. `workday_no` counts its own day too."""
    before = f"{day}.workday_no - CASE WHEN {day}.is_workday THEN 1 ELSE 0 END"
    today = f"CASE WHEN {day}.is_workday THEN {OF_DAY.format(moment)} ELSE 0 END"
    return f"(({before}) * {DAY} + {today})"


def window(clock: Clock, snapshot: Snapshot) -> dict[str, object]:
    """The values that the joins of `elapsed` name."""
    if clock == "calendar":
        return {}
    days = known_days(snapshot)
    if days is None:
        raise BeyondCalendar(
            "快照里没有工作日历,不能按工作日计算。请改选“自然日”,或重新加载一次数据(加载时写入日历)。"
        )
    return {"known_from": days[0], "known_to": days[1]}


def beyond(snapshot: Snapshot, n: int) -> BeyondCalendar:
    """The error for `n` things that began or ended on a day the calendar does not know."""
    days = known_days(snapshot)
    assert days is not None
    return BeyondCalendar(
        f"工作日历只有{days[0].year}年至{days[1].year}年,有{n:,}件的受理、办结或截止日期在此之外,不能按工作日计算。"
        "请改选“自然日”或换一个期间;新一年的放假安排公布后,请管理员升级工作日历软件包并重新加载数据。"
    )
