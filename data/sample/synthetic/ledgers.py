"""The two small ledgers: areas with what each grid has, and the notes drawn on time charts."""

from pathlib import Path
from typing import Any

from synthetic import street
from synthetic.sheets import Book, write_csv

HEADER = [
    [
        "区域代码", "区域名称", "区域层级", "上级代码", "社区类型", "户数", "常住人口", "专职网格员",
        "兼职网格员", "网格党小组数", "党小组组员数", "联户数", "启用日期",
    ]
]  # fmt: skip
EVENTS = (
    ("日期", "截止日期", "类型", "标题", "区域"),
    ("2023-01-21", "2023-01-27", "春节", "2023年春节放假", ""),
    ("2023-07-01", "", "划界", "网格边界调整并重新编号(示意)", ""),
    ("2023-09-01", "", "开学", "2023年秋季学期开学", ""),
    ("2024-01-01", "", "政策", "热线分类目录调整(示意)", ""),
    ("2024-02-10", "2024-02-17", "春节", "2024年春节放假", ""),
    ("2024-04-09", "2024-09-23", "施工", "中铁城社区某工地夜间施工(示意)", "中铁城社区"),
    ("2024-07-16", "2024-07-18", "停水", "主管网抢修停水(示意)", "溪北社区"),
    ("2024-07-16", "2024-07-18", "停水", "主管网抢修停水(示意)", "朝阳社区"),
    ("2024-09-01", "", "开学", "2024年秋季学期开学", ""),
)


def write(folder: Path) -> None:
    with Book(folder / "areas.xlsx") as book:
        title = "溪北街道区域与网格台账(演示数据)"
        sheet = book.sheet("区域", title, HEADER)
        sheet.append([*street.STREET, "街道"])
        for code, name in street.REGIONS.items():
            sheet.append([code, name, "大党委", street.STREET[0]])
        for community in street.communities():
            sheet.append([community.code, community.name, "社区", community.region, community.kind])
        sheet = book.sheet("网格", title, HEADER)
        rows = [_grid(grid, c.code) for c in street.communities() for grid in c.grids]
        for row in rows:
            sheet.append(row)
        sheet.append(["合计", "", "", "", "", *(sum(r[n] for r in rows) for n in range(5, 12))])
    write_csv(folder / "events.csv", EVENTS, "utf-8-sig", "\r\n")
    write_csv(folder / "lineage.csv", _lineage(), "utf-8-sig", "\r\n")


def _grid(grid: street.Grid, community: str) -> list[Any]:
    return [
        *(grid.code, grid.name, "网格", community, ""),
        *(grid.households, grid.residents, grid.staff_full, grid.staff_part),
        *(grid.party_groups, grid.party_members, grid.household_groups),
        street.SPLIT[2].isoformat() if grid.name == street.SPLIT[1] else "",
    ]


def _lineage() -> list[tuple[Any, ...]]:
    kept, born, since, share = street.SPLIT
    return [
        ("原网格", "现网格", "份额", "调整日期"),
        (kept, kept, f"{share:.0%}", since),
        (kept, born, f"{1 - share:.0%}", since),
    ]
