"""The monthly figures of the model's mechanisms, one sheet per branch, as each office hands them in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from synthetic import SEED, clock, street
from synthetic.article import exact
from synthetic.sheets import Book

COLUMNS = ["统计月份", "所属社区", "工作事项", "数量", "应办数", "已办数"]
NOT_REPORTED = ("董家堰社区", date(2024, 8, 1))
MORE_DONE_THAN_DUE = ("溪北社区", date(2024, 5, 1), "一次办")


@dataclass(frozen=True)
class Counted:
    """What a mechanism counts in a month of one community: a range, and how much of it was due and done."""

    least: int
    most: int
    due: float = 0  # of the quantity
    done: float = 0  # of what was due
    grows: float = 0  # a year


@dataclass(frozen=True)
class Standing:
    """What stands at the end of a month: posts, groups, registers. `due` of a community, `done` of it."""

    due: int
    done: int


FLOWS = {
    "民情网格": {
        "民情日记": Counted(160, 420, 0.12, 0.94, 0.1),
        "企业微信": Counted(18, 60, 1, 0.92, 0.15),
        "综治中心": Counted(14, 46, 0.8, 0.83),
        "书记信箱": Counted(2, 9, 1, 0.96),
        "热线电话": Counted(8, 30, 1, 0.93),
        "微信号": Counted(5, 22, 1, 0.9, 0.2),
        "微信群": Counted(12, 44, 0.6, 0.88, 0.2),
        "群发短信": Counted(200, 900),
    },
    "便民服务": {
        "马上办": Counted(60, 140, 1, 0.985),
        "上门办": Counted(6, 24, 1, 0.93),
        "一次办": Counted(30, 80, 1, 0.96),
        "网上办": Counted(12, 50, 1, 0.97, 0.3),
        "拉家常": Counted(40, 130),
        "团购家政": Counted(10, 60, grows=0.2),
        "服务综合体": Counted(300, 900),
        "志愿时长": Counted(60, 260, grows=0.1),
        "包保下沉": Counted(1, 5),
    },
}
# Of one place each: the article counts one of each facility.
AT_ONE_PLACE = {
    "社区食堂": ("溪北社区", Counted(1400, 1900)),
    "日间照料": ("朝阳社区", Counted(380, 520)),
    "午托读书": ("中铁城社区", Counted(420, 640)),
    "医务志愿": ("溪北社区", Counted(40, 90)),
}


def write(folder: Path) -> None:
    random = Random(f"{SEED}/tallies")
    with Book(folder / "tallies.xlsx") as book:
        for name, counted in FLOWS.items():
            rows = [*_flows(random, counted), *(_single(random) if name == "便民服务" else ())]
            _sheet(book, name, rows)
        _sheet(book, "组织与要素", list(_standings(random)))


def _sheet(book: Book, name: str, rows: list[list[Any]]) -> None:
    sheet = book.sheet(name, f"溪北街道{name}工作机制月报(演示数据)", [COLUMNS])
    for row in sorted(rows, key=lambda row: (row[0], row[1])):
        if (row[1], row[0]) != NOT_REPORTED:
            sheet.append([f"{row[0].year}年{row[0].month}月", *row[1:]])


def _flows(random: Random, systems: dict[str, Counted]) -> Iterator[list[Any]]:
    for month in clock.months():
        for community in street.communities():
            size = len(community.grids) / 12
            for system, counted in systems.items():
                row = [month, community.name, system, *_counts(random, counted, month, size)]
                if (community.name, month, system) == MORE_DONE_THAN_DUE:
                    row[5] = row[4] + 3
                yield row


def _single(random: Random) -> Iterator[list[Any]]:
    for month in clock.months():
        for system, (community, counted) in AT_ONE_PLACE.items():
            yield [month, community, system, *_counts(random, counted, month, 1)]


def _counts(random: Random, counted: Counted, month: date, size: float) -> list[int | None]:
    years = (month - clock.FIRST_DAY).days / 365
    part = 0.75 if month == clock.months()[-1] else 1
    quantity = random.randint(counted.least, counted.most) * size * (1 + counted.grows * years)
    whole = max(1, round(quantity * part))
    if not counted.due:
        return [whole, None, None]
    due = round(whole * counted.due)
    return [whole, due, sum(random.random() < counted.done for _ in range(due))]


def _standings(random: Random) -> Iterator[list[Any]]:
    for at, month in enumerate(clock.months()):
        for community in street.communities():
            for system, standing in _of_community(community, at).items():
                yield [month, community.name, system, standing.done, standing.due, standing.done]
            for system, quantity in _posts(community, at).items():
                yield [month, community.name, system, quantity, None, None]
            for element, registered in _elements(community, at).items():
                due = round(registered * random.uniform(0.08, 0.15))
                fresh = round(due * min(1, random.uniform(0.8, 0.92) + at * 0.003))
                yield [month, community.name, f"要素:{element}", registered, due, fresh]


def _of_community(community: street.Community, at: int) -> dict[str, Standing]:
    """The groups of the article are complete; the others fill up over time."""
    grids = len(community.grids)
    links = sum(grid.household_groups for grid in community.grids)
    estates, members = 3 + grids // 2, 20 + grids * 4
    order = [each.code for each in street.communities()].index(community.code)
    return {
        "一级社区网格工作群": Standing(1, 1),
        "二级网格联户群": Standing(grids, grids),
        "三级联户连心群": Standing(links, links),
        "网格责任人": Standing(grids, grids if at > 3 else grids - 1),
        "社区书记": Standing(1, 1),
        "支部品牌": Standing(3, min(3, 1 + at // 9)),
        "兼职委员": Standing(1, int(at + order > 5)),
        "责任链条": Standing(grids + 4, grids + 4 if at % 12 > 1 else grids),
        "小区党小组": Standing(estates, min(estates, 2 + (at + order) // 5)),
        "双报到": Standing(members, min(members, round(members * (0.62 + at * 0.015)))),
    }


def _posts(community: street.Community, at: int) -> dict[str, int]:
    hosts = community.name == "吉麟社区"
    return {
        "楼栋长": 4 * len(community.grids) + at // 4,
        "志愿队伍": 2 + at // 8,
        "社区舞台": 1 + int(len(community.grids) > 13),
    } | ({"孵化器": exact()["partner_firms"] + 6 + at // 5} if hosts else {})


def _elements(community: street.Community, at: int) -> dict[str, int]:
    households = sum(grid.households for grid in community.grids)
    return {
        "人": community.residents + 40 * at,
        "房": round(households * 1.08),
        "地": 60 + 4 * len(community.grids),
        "事": 90 + 6 * at,
        "物": 140 + 9 * len(community.grids),
        "组织": 25 + len(community.grids) + at,
    }
