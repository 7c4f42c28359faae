"""Matters closed in ways that nobody works in, and what patrols find where nobody calls.

Each of three units shows one habit or two, so that every check of closures finds something.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from synthetic import SEED, clock, street
from synthetic.kinds import KINDS, Kind
from synthetic.orders import wording

BY_QUOTA = "市政维护站"  # five a month, closed in one minute, with one answer
AT_ONCE = "物业协调办"  # closed minutes after opening
AT_THE_LAST = "园林养护队"  # closed in the last hours before the deadline
A_MONTH, MONTHS = 5, 12
HASTY, LATE = 40, 40
FOUND = 16
SAME = "已安排人员现场处置,问题已整改完毕。"


def matters(kind: Kind) -> list[list[Any]]:
    """What stands in the sheet of a kind besides its ordinary matters."""
    if kind.prefix == "PD":
        rows = [*_by_quota(), *_at_once(), *_at_the_last()]
    else:
        rows = list(_found_by_patrol()) if kind.prefix == "YH" else []
    for number, row in enumerate(rows, 801):
        row[0] = f"{kind.prefix}-{row[0]}-{number}"
    return rows


def _by_quota() -> Iterator[list[Any]]:
    random = Random(f"{SEED}/quota")
    for month in clock.months()[-MONTHS:]:
        closed = datetime.combine(month.replace(day=24), time(17, 40))
        for _ in range(A_MONTH):
            day = month + timedelta(days=random.randrange(14, 20))
            opened = clock.office_hour(random, clock.add_working_days(day, 0))
            yield _row(random, "PD", BY_QUOTA, opened, min(closed, clock.EXPORTED), SAME)


def _at_once() -> Iterator[list[Any]]:
    random = Random(f"{SEED}/at once")
    for day in _days(random, HASTY):
        opened = clock.office_hour(random, day)
        yield _row(random, "PD", AT_ONCE, opened, opened + timedelta(minutes=random.randint(2, 6)))


def _at_the_last() -> Iterator[list[Any]]:
    random = Random(f"{SEED}/at the last")
    for day in _days(random, LATE):
        opened = clock.office_hour(random, day)
        due = _due(opened, _kind("PD"))
        yield _row(
            random, "PD", AT_THE_LAST, opened, due - timedelta(minutes=random.randint(5, 170))
        )


def _found_by_patrol() -> Iterator[list[Any]]:
    """In the silent grid: hazards that nobody there ever called about."""
    random = Random(f"{SEED}/patrol")
    for day in _days(random, FOUND):
        opened = clock.office_hour(random, day)
        closed = datetime.combine(clock.add_working_days(day, random.randint(2, 9)), time(15, 20))
        row = _row(random, "YH", _kind("YH").unit, opened, closed)
        row[3:6] = ["主动排查", street.SILENT[:4], street.SILENT]
        yield row


def _days(random: Random, count: int) -> list[date]:
    days = [day for day in clock.working_days() if date(2023, 11, 1) <= day <= date(2024, 9, 30)]
    return sorted(random.sample(days, count))


def _kind(prefix: str) -> Kind:
    return next(kind for kind in KINDS if kind.prefix == prefix)


def _due(opened: datetime, kind: Kind) -> datetime:
    return datetime.combine(clock.add_working_days(opened.date(), kind.limit), time(18))


def _row(
    random: Random, prefix: str, unit: str, opened: datetime, closed: datetime, reply: str = ""
) -> list[Any]:
    kind = _kind(prefix)
    grids = [g for c in street.communities() for g in c.grids if g.name != street.SILENT]
    grid = street.as_divided(random.choice(grids), opened.date())
    category = random.choices(list(kind.categories), list(kind.categories.values()))[0]
    moments = (opened, opened, _due(opened, kind), closed, closed)
    return [
        *(f"{opened:%Y%m}", kind.word, category, "巡查发现", grid.community, grid.name, unit),
        *map(kind.moment, moments),
        *(next(iter(kind.results)), "", None, None, reply or _reply(random)),
    ]


def _reply(random: Random) -> str:
    words = wording()
    place = random.choice(words["estates"])
    problem = random.choice(random.choice(words["topics"])["problems"])
    return f"经到{place}核实,{problem}属实,{random.choice(words['demand'])}".replace(",", "\uff0c")
