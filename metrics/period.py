"""The one Period: what a reader picks, what SQL filters by, what the comparison windows are.

`end` is exclusive. A period that has not ended by `as_of` is open: it keeps its calendar bounds, and
everything that compares it uses only the days that have passed.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal

from metrics.errors import BadPeriod, nearest

Kind = Literal["day", "week", "month", "quarter", "half", "year", "custom"]
DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
ORDINALS = "一二三四"
COMPARED_WITH = {
    "day": "较前一日",
    "week": "较上周",
    "month": "较上月",
    "quarter": "较上季度",
    "half": "较上半年度",
    "year": "较上年",
    "custom": "较前一等长时段",
}
PRESETS = (
    "this_month",
    "last_month",
    "this_quarter",
    "last_quarter",
    "this_year",
    "last_year",
    "last_12_months",
)


def month_start(day: date) -> date:
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day of another month; the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def containing(kind: str, day: date) -> tuple[date, date]:
    """First day and first day after the calendar unit that holds `day`. Weeks start on Monday."""
    if kind == "day":
        return day, day + DAY
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + 7 * DAY
    months = MONTHS[kind]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return start, add_months(start, months)


@dataclass(frozen=True)
class Period:
    kind: Kind
    start: date
    end: date
    as_of: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise BadPeriod(
                f"期间的结束日期早于开始日期:{self.start} 至 {self.end - DAY}。请调换两个日期。"
            )

    @classmethod
    @lru_cache(maxsize=4096)  # a page judges every month of a trend against the months before it
    def parse(cls, text: str, as_of: date) -> "Period":
        """Read what `code` writes, and the names of the presets."""
        if text in PRESETS:
            return cls.preset(text, as_of)
        for kind, pattern in _PATTERNS.items():
            if found := re.fullmatch(pattern, text.strip()):
                return _read(cls, kind, found.groups(), text, as_of)
        raise BadPeriod(
            f"看不懂期间“{text}”。可以写 2024-09-03、2024-W36、2024-09、2024-Q3、2024-H1、2024"
            f" 或 2024-01-01..2024-09-30{nearest(text, PRESETS)}"
        )

    @classmethod
    def between(cls, first: date, last: date, as_of: date) -> "Period":
        """From one day to another, both included."""
        return cls("custom", first, last + DAY, as_of)

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, kind: Kind, day: date, as_of: date) -> "Period":
        """The calendar unit that holds `day`."""
        return cls(kind, *containing(kind, day), as_of)

    @classmethod
    def preset(cls, name: str, as_of: date) -> "Period":
        if name == "last_12_months":
            end = month_start(as_of + DAY)
            return cls("custom", add_months(end, -12), end, as_of)
        which, _, kind = name.partition("_")
        if name not in PRESETS:
            raise BadPeriod(f"没有名为“{name}”的期间{nearest(name, PRESETS)}")
        this = cls.of(as_kind(kind), as_of, as_of)
        return this if which == "this" else cls.of(this.kind, this.start - DAY, as_of)

    @cached_property
    def code(self) -> str:
        """The text used in addresses. `parse` reads it back."""
        start = self.start
        match self.kind:
            case "day":
                return f"{start}"
            case "week":
                iso = start.isocalendar()
                return f"{iso.year}-W{iso.week:02}"
            case "month":
                return f"{start.year}-{start.month:02}"
            case "quarter":
                return f"{start.year}-Q{(start.month + 2) // 3}"
            case "half":
                return f"{start.year}-H{1 if start.month < 7 else 2}"
            case "year":
                return f"{start.year}"
            case "custom":
                return f"{start}..{self.end - DAY}"

    @property
    def is_open(self) -> bool:
        return self.as_of < self.end - DAY

    @cached_property
    def until(self) -> date:
        """The first day that is not counted: the end, or the day after `as_of` while open."""
        return max(self.start, min(self.end, self.as_of + DAY))

    @property
    def days(self) -> int:
        """Days that have passed. What a comparison must match."""
        return (self.until - self.start).days

    @cached_property
    def label(self) -> str:
        name = _name(self)
        if not self.is_open or self.until <= self.start:
            return name
        last = self.until - DAY
        same_month = (last.year, last.month) == (self.start.year, self.start.month)
        if self.kind in ("week", "custom"):
            return f"{name}(数据至{last.month}月{last.day}日)"
        return f"{name}(至{last.day}日)" if same_month else f"{name}(至{last.month}月{last.day}日)"

    @property
    def compare_label(self) -> str:
        return COMPARED_WITH[self.kind] + ("同期" if self.is_open else "")

    def previous(self) -> "Period":
        """环比: the unit before. While this one is open, as many days of it as have passed here."""
        if self.kind == "custom":
            return self._custom_before()
        before = Period.of(self.kind, self.start - DAY, self.as_of)
        if not self.is_open:
            return before
        last = min(before.start + (self.days - 1) * DAY, before.end - DAY)
        return Period.between(before.start, max(last, before.start), self.as_of)

    def year_ago(self) -> "Period":
        """同比: the same dates (for a week, the same ISO week) of the year before."""
        if self.kind == "week":
            return self._week_year_ago()
        start = add_months(self.start, -12)
        if self.kind == "day":
            return Period.of("day", start, self.as_of)
        if self.kind != "custom" and not self.is_open:
            return Period(self.kind, start, add_months(self.end, -12), self.as_of)
        if self.whole_months and not self.is_open:
            return Period("custom", start, add_months(self.end, -12), self.as_of)
        last = max(self.until - DAY, self.start)
        return Period.between(start, max(add_months(last, -12), start), self.as_of)

    @property
    def whole_months(self) -> int:
        """How many calendar months this is exactly; 0 when it is not."""
        if self.start.day != 1 or self.end.day != 1:
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month

    def split(self, kind: Kind) -> tuple["Period", ...]:
        """The units it is made of, up to `as_of`. A unit cut by the bounds becomes custom."""
        return tuple(self._units(kind))

    def _units(self, kind: Kind) -> Iterator["Period"]:
        day = self.start
        while day < self.until:
            unit = Period.of(kind, day, self.as_of)
            start, end = max(unit.start, self.start), min(unit.end, self.end)
            whole = (start, end) == (unit.start, unit.end)
            yield unit if whole else Period("custom", start, end, self.as_of)
            day = unit.end

    def _custom_before(self) -> "Period":
        if (months := self.whole_months) and not self.is_open:
            return Period("custom", add_months(self.start, -months), self.start, self.as_of)
        days = max(self.days, 1)
        return Period("custom", self.start - days * DAY, self.start, self.as_of)

    def _week_year_ago(self) -> "Period":
        year, week, _ = self.start.isocalendar()
        weeks = date(year - 1, 12, 28).isocalendar().week
        monday = date.fromisocalendar(year - 1, min(week, weeks), 1)
        if not self.is_open:
            return Period("week", monday, monday + 7 * DAY, self.as_of)
        return Period.between(monday, monday + (max(self.days, 1) - 1) * DAY, self.as_of)


_DATE = r"(\d{4}-\d{2}-\d{2})"
_PATTERNS = {
    "custom": rf"{_DATE}\.\.{_DATE}",
    "day": _DATE,
    "week": r"(\d{4})-W(\d{2})",
    "quarter": r"(\d{4})-Q([1-4])",
    "half": r"(\d{4})-H([12])",
    "month": r"(\d{4})-(\d{2})",
    "year": r"(\d{4})",
}


def as_kind(word: str) -> Kind:
    for kind in ("day", "week", "month", "quarter", "half", "year", "custom"):
        if kind == word:
            return kind
    raise BadPeriod(f"没有名为“{word}”的期间长度")


def _read(cls: type[Period], kind: str, parts: tuple[str, ...], text: str, as_of: date) -> Period:
    try:
        if kind == "custom":
            return cls.between(*map(date.fromisoformat, parts), as_of=as_of)
        if kind == "day":
            return cls.of("day", date.fromisoformat(parts[0]), as_of)
        if kind == "week":
            return cls.of("week", date.fromisocalendar(int(parts[0]), int(parts[1]), 1), as_of)
        number = int(parts[1]) if len(parts) > 1 else 1
        month = (number - 1) * MONTHS[kind] + 1
        return cls.of(as_kind(kind), date(int(parts[0]), month, 1), as_of)
    except ValueError as error:
        raise BadPeriod(f"日历上没有“{text}”这个期间。") from error


def _name(period: Period) -> str:
    start, last = period.start, period.end - DAY
    if period.kind == "custom":
        return _range(period, start, last)
    iso = start.isocalendar()
    week_end = f"{last.day}日" if last.month == start.month else f"{last.month}月{last.day}日"
    return {
        "day": f"{start.year}年{start.month}月{start.day}日",
        "week": f"{iso.year}年第{iso.week}周({start.month}月{start.day}日—{week_end})",
        "month": f"{start.year}年{start.month}月",
        "quarter": f"{start.year}年{ORDINALS[(start.month - 1) // 3]}季度",
        "half": f"{start.year}年{'上' if start.month < 7 else '下'}半年",
        "year": f"{start.year}年",
    }[period.kind]


def _range(period: Period, start: date, last: date) -> str:
    year = "" if last.year == start.year else f"{last.year}年"
    if period.whole_months:
        first = f"{start.year}年{start.month}月"
        return first if period.whole_months == 1 else f"{first}至{year}{last.month}月"
    first = f"{start.year}年{start.month}月{start.day}日"
    if start == last:
        return first
    if not year and last.month == start.month:
        return f"{first}至{last.day}日"
    return f"{first}至{year}{last.month}月{last.day}日"
