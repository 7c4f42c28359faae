"""The two hotline exports: what the platform showed on 8 October, and again on 24 October."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

from synthetic import SEED, clock, place, street
from synthetic.orders import Order, wording
from synthetic.retold import truth
from synthetic.sheets import write_csv

FIRST_EXPORT = datetime(2024, 10, 8, 9, 12)
CUT = datetime(2024, 10, 1)
HEADER = [
    "工单编号", "诉求来源", "诉求类型", "一级分类", "二级分类", "主要内容", "所属社区", "所属网格", "发生地点",
    "来电人", "联系电话", "承办单位", "受理时间", "派单时间", "办结时限", "办结时间", "回访时间", "更新时间",
    "是否有效", "是否退单", "是否纳入考核", "处理结果", "满意度", "经度", "纬度",
]  # fmt: skip


def write(folder: Path) -> None:
    every = list(truth().orders)
    _decorate(every)
    first = [_as_of(order, FIRST_EXPORT) for order in every if order.accepted < CUT]
    second = [
        order for order in every if order.accepted >= CUT or _last_event(order) > FIRST_EXPORT
    ]
    second = [_as_of(order, clock.EXPORTED) for order in second]
    _write(folder / "hotline_20241008.csv", "2023-01-01至2024-09-30", FIRST_EXPORT, first, True)
    _write(folder / "hotline_20241024.csv", "新增及更新", clock.EXPORTED, second, False)


def _write(path: Path, span: str, exported: datetime, shown: list[Order], spoiled: bool) -> None:
    rows = [_row(order) for order in shown]
    if spoiled:
        rows = list(_spoil(rows))
    title = ["贵阳市花溪区溪北街道12345热线工单明细(演示数据)"]
    note = [f"导出时间:{exported:%Y-%m-%d %H:%M} 范围:{span} 坐标系:WGS-84"]
    write_csv(path, [title, note, HEADER, *rows], "gb18030", "\r\n")


def _last_event(order: Order) -> datetime:
    known = (order.accepted, order.dispatched, order.closed, order.visited)
    return max(moment for moment in known if moment and moment <= clock.EXPORTED)


def _as_of(order: Order, moment: datetime) -> Order:
    """What the platform knew then: nothing that happened later."""

    def known(when: datetime | None) -> datetime | None:
        return when if when and when <= moment else None

    closed, visited = known(order.closed), known(order.visited)
    return replace(
        order,
        dispatched=known(order.dispatched),
        closed=closed,
        visited=visited,
        result=order.result if closed else "",
        rating=order.rating if visited else "",
    )


def _row(order: Order) -> list[str]:
    words = wording()
    unit = words["units"][order.topic["unit"]]
    events = (order.accepted, order.dispatched, order.closed, order.visited)
    cells = dict(
        zip(
            HEADER,
            [
                "\t" + order.number,
                order.channel,
                words["natures"][order.nature],
                order.topic["l1"],
                order.topic["l2"],
                order.text,
                order.grid.community,
                _divided(order).name,
                order.address,
                order.caller[0],
                "\t" + order.caller[1] if order.caller[1] else "",
                order.grid.community + "居委会" if unit == "社区居委会" else unit,
                _moment(order.accepted),
                _moment(order.dispatched),
                _moment(order.due),
                _moment(order.closed),
                _moment(order.visited),
                _moment(max(event for event in events if event)),
                "是" if order.valid else "否",
                "是" if order.returned else "否",
                "是" if order.in_scope else "否",
                order.result,
                order.rating,
                f"{order.point[0]:.5f}" if order.point else "",
                f"{order.point[1]:.5f}" if order.point else "",
            ],
            strict=True,
        )
    )
    return list((cells | order.oddities).values())


def _divided(order: Order) -> street.Grid:
    return street.as_divided(order.grid, order.accepted.date())


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _decorate(every: list[Order]) -> None:
    """Points, and the ways in which a place is written carelessly or not at all."""
    random = Random(f"{SEED}/places")
    for order in every:
        if random.random() < 0.5:
            order.point = place.somewhere(random, order.grid)
        chance = random.random()
        if chance < 0.05:
            order.oddities["所属网格"] = "\t" + _divided(order).code
        elif chance < 0.13:
            order.oddities["所属网格"] = ""
        elif chance < 0.15:
            order.oddities |= {"所属网格": "", "所属社区": ""}
        elif chance < 0.16:
            order.oddities |= {
                "所属网格": "",
                "所属社区": order.grid.community.removesuffix("社区"),
            }
        elif chance < 0.165:
            order.oddities["所属社区"] = order.grid.community.replace("社区", " 社区")
    odd = random.sample([order for order in every if order.valid], 24)
    for order in odd[:6]:
        order.oddities |= {"所属社区": order.grid.community[0] + "  社区", "所属网格": ""}
    for order in odd[6:10]:
        order.oddities |= {"所属社区": "清溪河社区", "所属网格": ""}
    for order in odd[10:14]:
        order.point = (106.5781, 26.8312)  # another district
    for order in odd[14:18]:
        order.oddities["办结时限"] = order.accepted.strftime("%Y-%m-%d 00:00")
    for order in odd[18:24]:
        order.oddities["诉求来源"] = "短视频留言"


def _spoil(rows: list[list[str]]) -> Iterator[list[str]]:
    """Insert what must be refused, each for its own reason, and six plain duplicates."""
    at = {header: n for n, header in enumerate(HEADER)}

    def but(n: int, **cells: str) -> list[str]:
        row = list(rows[n])
        row[0] = f"\t2023999900{n % 100:02d}"
        for header, cell in cells.items():
            row[at[header]] = cell
        return row

    spoiled = {
        210: but(210, 受理时间="2023-02-30 10:15"),
        655: but(655, 受理时间=""),
        1301: but(1301, 工单编号=""),
        1977: but(1977, 工单编号="\t15400001234"),
        2450: but(2450, 受理时间="1900-01-00 00:00"),
        3120: but(3120, 受理时间="2099-01-01 08:00"),
        3804: but(3804, 办结时间="2023-01-01 08:00", 回访时间="", 更新时间=""),
        4411: but(4411, 办结时间="2099-11-03 10:20"),
        # An unquoted comma makes a cell too many; the last one is filled, so that it shows.
        5230: [*but(5230)[:6], "另有补充", *but(5230, 经度="106.68000", 纬度="26.43000")[6:]],
        6018: but(6018, 派单时间="二十三日上午"),
    }
    for n, row in enumerate(rows):
        yield row
        if n in spoiled:
            yield spoiled[n]
        if n % 1200 == 700:
            yield row
