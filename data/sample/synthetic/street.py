"""The street: regions, communities and grids, and how the article's totals are shared among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from synthetic import SEED
from synthetic.article import exact

STREET = ("520111007", "溪北街道")
RESIDENTS = 42_680  # the article says 4万余: any sum from 40,000 would agree
HOUSEHOLDS = 16_415  # invented; the article gives none

REGIONS = {
    "520111007D1": "环贵大创新经济圈",
    "520111007D2": "十里河滩人文生态经济带",
    "520111007D3": "城市服务承载核心区",
}

# Names and codes are the statistical ones. Which six are 村改 and which region holds which community
# is not public: both are invented here.
COMMUNITIES = (
    ("吉麟社区", "村改社区", "520111007D1", 12),
    ("养牛社区", "村改社区", "520111007D1", 9),
    ("石板井社区", "村改社区", "520111007D1", 14),
    ("竹林社区", "村改社区", "520111007D2", 11),
    ("上水社区", "村改社区", "520111007D2", 10),
    ("董家堰社区", "村改社区", "520111007D2", 12),
    ("中铁城社区", "城市社区", "520111007D3", 17),
    ("溪北社区", "城市社区", "520111007D3", 14),
    ("朝阳社区", "城市社区", "520111007D3", 11),
)

SLOW = "石板井社区"  # closes later than the others, in every month
NIGHT_WORKS = "中铁城社区05网格"  # one caller, one building site, again and again
SILENT = "竹林社区07网格"  # people live here and nobody ever reports anything

# One grid became two: until then what happened in the second was told of the first.
SPLIT = ("溪北社区13网格", "溪北社区14网格", date(2024, 4, 1), 0.6)


@dataclass(frozen=True)
class Grid:
    code: str
    name: str
    community: str
    residents: int
    households: int
    staff_full: int
    staff_part: int
    party_groups: int
    party_members: int
    household_groups: int


@dataclass(frozen=True)
class Community:
    code: str
    name: str
    kind: str
    region: str
    grids: tuple[Grid, ...]

    @property
    def residents(self) -> int:
        return sum(grid.residents for grid in self.grids)


def share(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Split a total in whole parts, each at least `least`, by largest remainder."""
    free = total - least * len(weights)
    exact_parts = [free * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact_parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact_parts[i], i))
    for i in by_remainder[: free - sum(parts)]:
        parts[i] += 1
    return [least + part for part in parts]


@cache
def communities() -> tuple[Community, ...]:
    grids = _grids()
    return tuple(
        Community(
            code=f"{STREET[0]}{number:03d}",
            name=name,
            kind=kind,
            region=region,
            grids=tuple(grid for grid in grids if grid.community == name),
        )
        for number, (name, kind, region, _) in enumerate(COMMUNITIES, 1)
    )


def _grids() -> list[Grid]:
    random = Random(f"{SEED}/street")
    places = [
        (f"{STREET[0]}{number:03d}{order:03d}", f"{name}{order:02d}网格", name)
        for number, (name, _, _, size) in enumerate(COMMUNITIES, 1)
        for order in range(1, size + 1)
    ]
    weights = [random.uniform(0.55, 1.6) for _ in places]
    led = set(random.sample(range(len(places)), exact()["grid_party_groups"]))
    part_time = set(random.sample(range(66, len(places)), exact()["grid_staff_part"]))
    members = dict(
        zip(
            sorted(led),
            share(exact()["grid_party_group_members"], [weights[i] for i in sorted(led)], least=5),
            strict=True,
        )
    )
    columns = zip(
        places,
        share(RESIDENTS, weights, least=60),
        share(HOUSEHOLDS, weights, least=25),
        share(exact()["huajie_lianhuzhang"], weights, least=2),
        strict=True,
    )
    return [
        Grid(
            code=code,
            name=name,
            community=community,
            residents=residents,
            households=households,
            staff_full=0 if i in part_time else 1,
            staff_part=1 if i in part_time else 0,
            party_groups=1 if i in led else 0,
            party_members=members.get(i, 0),
            household_groups=household_groups,
        )
        for i, ((code, name, community), residents, households, household_groups) in enumerate(
            columns
        )
    ]


def as_divided(grid: Grid, day: date) -> Grid:
    """The grid that a record of that day names."""
    kept, born, since, _ = SPLIT
    if grid.name != born or day >= since:
        return grid
    return next(each for c in communities() for each in c.grids if each.name == kept)
