"""The wide coverage sheet: six groups side by side, counts only, one row per community and month."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from synthetic import SEED, clock, street
from synthetic.sheets import Book

# People per group at the start, street-wide. 流动人口 must stay at 2万余; the others are invented.
GROUPS = {
    "流动人口": 20_900,
    "失业人员": 1_130,
    "帮扶人员": 640,
    "重点人员": 240,
    "残障人员": 820,
    "独居老人": 705,
}
FIELDS = ("应掌握数", "已掌握数", "按期更新数", "走访人数", "走访人次", "帮扶人数")
HEADER = (
    ["月份", "所属社区", *(group for group in GROUPS for _ in FIELDS)],
    ["", "", *(field for _ in GROUPS for field in FIELDS)],
)
WITHOUT_REGISTER = (
    "失业人员"  # nobody hands the office a list to compare with: expected stays blank
)
SMALL = ("中铁城社区", "帮扶人员", 6)
ABOVE = ("溪北社区", "流动人口", date(2024, 6, 1))
NOT_REPORTED = ("上水社区", date(2023, 8, 1))


def write(folder: Path) -> None:
    random = Random(f"{SEED}/coverage")
    listed = _listed(random)
    with Book(folder / "coverage.xlsx") as book:
        sheet = book.sheet("重点群体", "溪北街道六类重点群体月报(演示数据,仅汇总数)", HEADER)
        for month in clock.months():
            rows = [
                _row(random, community.name, month, listed[community.name])
                for community in street.communities()
            ]
            for row in rows:
                sheet.append(row)
            columns = zip(*(row[2:] for row in rows), strict=True)
            sums = [sum(filter(None, column)) if any(column) else None for column in columns]
            sheet.append([_month(month), "小计", *sums])
        strange = _row(random, "吉麟社区", clock.months()[-1], listed["吉麟社区"])
        sheet.append([strange[0], "清溪河社区", *strange[2:]])


def _listed(random: Random) -> dict[str, dict[str, int]]:
    """How many people each community should know, by group."""
    communities = street.communities()
    made: dict[str, dict[str, int]] = {community.name: {} for community in communities}
    for group, total in GROUPS.items():
        weights = [community.residents * random.uniform(0.7, 1.4) for community in communities]
        for community, count in zip(communities, street.share(total, weights, 12), strict=True):
            made[community.name][group] = count
    community, group, count = SMALL
    made[community][group] = count
    return made


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _row(random: Random, community: str, month: date, listed: dict[str, int]) -> list[Any]:
    row: list[Any] = [_month(month), community]
    for group, count in listed.items():
        if (community, month) == NOT_REPORTED:
            row += [None] * len(FIELDS)
            continue
        cells = _counts(random, count, (community, group) == SMALL[:2], month)
        if (community, group, month) == ABOVE:
            cells[1] = cells[0] + 37
        if group == WITHOUT_REGISTER:
            cells[0] = None
        row += cells
    return row


def _counts(random: Random, count: int, small: bool, month: date) -> list[Any]:
    elapsed = (month - clock.FIRST_DAY).days / 30
    expected = count if small else round(count * random.uniform(1.0, 1.02 + 0.002 * elapsed))
    known = (
        expected
        if small
        else round(expected * min(1, random.uniform(0.93, 0.985) + 0.0012 * elapsed))
    )
    fresh = round(known * random.uniform(0.8, 0.95))
    part_of_month = 0.7 if month == clock.months()[-1] else 1
    visited = round(known * random.uniform(0.35, 0.6) * part_of_month)
    visits = visited + round(visited * random.uniform(0.05, 0.4))
    helped = round(visited * random.uniform(0.1, 0.3))
    return [expected, known, fresh, visited, visits, helped]
