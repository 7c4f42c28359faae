"""Matters that several callers raise in words of their own, and disputes that come up again after closing.

Orders and cases are neither added nor moved: some are reworded, so that no count of the sample changes. Who
knows what belongs together is `truth()`; beside each shared matter stands another of the
same estate and category, which does not belong to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from synthetic import SEED
from synthetic.demand import orders as every_order
from synthetic.matters import disputes
from synthetic.orders import Order, wording

SPAN = timedelta(days=25)
FEWEST, MOST = 3, 5  # callers of one matter
EACH = 5  # matters of a kind, at most

# First and second category, and the same thing in the words of different people.
TOLD = {
    ("物业管理", "电梯"): ("电梯停运半个月老人上不了楼", "电梯停运后老人只能爬楼梯", "电梯停运多日没人修,老人困在家中", "反复催修后电梯仍然停运,老人出不了门", "因电梯停运,老人看病要人背下楼"),
    ("城乡建设", "下水道堵塞"): ("化粪池满溢,污水流到院内", "化粪池堵了,污水漫过路面", "院内化粪池外溢,臭气难闻", "污水从化粪池漫出,没人清掏", "化粪池多次外溢,清掏后又满"),
    ("生态环境", "夜间施工"): ("桩机夜间打桩,震得睡不着", "半夜打桩机施工吵醒全家", "桩机凌晨还在打桩", "夜里打桩声不停,桩机离居民楼太近", "打桩震动太大,桩机夜间不停工"),
    ("市容环卫", "垃圾清运"): ("垃圾中转站渗滤液流到路上", "中转站的渗滤液臭味难闻", "转运车滴漏渗滤液,没人冲洗", "渗滤液从中转站一路漏到门口"),
    ("交通运输与停车", "机动车乱停放"): ("货车整夜占住消防登高面", "大货车夜间停在登高面上", "登高面被货车长期占用", "货车把登高面停满,救援车进不来"),
    ("物业管理", "物业费"): ("公摊照明费没有公示就加收", "每户加收公摊照明费,没有依据", "公摊照明费翻倍,物业不出明细", "物业加收公摊费,照明却经常不亮"),
}  # fmt: skip
# What a mediated dispute was about, and how it is told when it comes up again.
AGAIN = (
    ("棋牌室深夜喧哗", "棋牌室调解后又深夜喧哗"),
    ("麻将馆占用公共过道", "麻将馆仍然占用公共过道"),
    ("宠物店异味飘入楼道", "宠物店异味又飘入楼道"),
    ("楼上装修凿墙致裂缝", "楼上装修凿墙的裂缝没有修补"),
    ("空调外机滴水到晾台", "空调外机还在往晾台滴水"),
    ("健身房杠铃坠地震动", "健身房杠铃坠地震动没有改"),
)


@dataclass(frozen=True)
class Shared:
    """Orders of one matter, and one of the same estate and category that is of another."""

    matter: str
    numbers: tuple[str, ...]
    other: str | None


def retell(orders: Sequence[Order]) -> tuple[Shared, ...]:
    """Reword the orders of shared matters; the same ones every time."""
    random, used, made = Random(f"{SEED}/retold"), set(), []
    for (first, second), told in TOLD.items():
        count = 0
        for at, order in enumerate(orders):
            found = _callers(orders[at:], order, second, used) if count < EACH else []
            if len(found) < FEWEST:
                continue
            found, count = found[: min(MOST, len(told))], count + 1
            estate = _estate(random)
            for each, words in zip(found, random.sample(told, len(found)), strict=True):
                _reword(random, each, estate, words)
            other = _beside(orders, found[0], first, second, used)
            if other is not None:
                _reword(random, other, estate, random.choice(other.topic["problems"]))
            used.update(each.number for each in (*found, *([other] if other else [])))
            numbers = tuple(each.number for each in found)
            made.append(Shared(f"{second} · {estate}", numbers, other.number if other else None))
    return tuple(made)


def _callers(later: Sequence[Order], start: Order, second: str, used: set[str]) -> list[Order]:
    """Orders of a community about one topic within the span, each of another caller."""
    if start.topic["l2"] != second:
        return []
    found: dict[str, Order] = {}
    for order in later:
        if order.accepted - start.accepted > SPAN:
            break
        fits = order.topic["l2"] == second and order.grid.community == start.grid.community
        usable = order.valid and order.nature not in "cp" and order.caller[1]
        if fits and usable and order.number not in used:
            found.setdefault(order.caller[1], order)
    return list(found.values())


def _beside(
    orders: Sequence[Order], like: Order, first: str, second: str, used: set[str]
) -> Order | None:
    for order in orders:
        if (
            abs(order.accepted - like.accepted) < SPAN
            and (order.topic["l1"], order.grid.community) == (first, like.grid.community)
            and order.topic["l2"] != second
            and order.valid
            and order.nature not in "cp"
            and order.number not in used
        ):
            return order
    return None


def _estate(random: Random) -> str:
    return random.choice(
        [name for name in wording()["estates"] if name.endswith(("小区", "花园", "公寓", "公馆"))]
    )


def _reword(random: Random, order: Order, estate: str, words: str) -> None:
    who, asks = random.choice(wording()["opening"]), random.choice(wording()["demand"])
    order.text = f"{who}{estate}{words},{asks}".replace(",", "\uff0c")
    order.address = f"{estate}{random.randrange(1, 19)}栋" if random.random() < 0.5 else ""


def come_back(
    orders: Sequence[Order], closed: Sequence[tuple[str, str, datetime]], used: set[str]
) -> dict[str, tuple[str, str]]:
    """Of disputes (number, community, closed): the order by which each comes up again, and what the ledger
    then says the dispute was about. The orders are reworded."""
    random, found = Random(f"{SEED}/again"), {}
    for turn, (number, community, moment) in enumerate(closed[3::24]):
        about, again = AGAIN[turn % len(AGAIN)]
        order = next(
            (
                each
                for each in orders
                if timedelta(days=4) < each.accepted - moment < timedelta(days=60)
                and each.grid.community == community
                and each.topic["l2"] in ("民事纠纷", "娱乐噪声", "维修", "房屋漏水", "油烟")
                and each.valid
                and each.nature not in "cp"
                and each.number not in used
            ),
            None,
        )
        if order is None:
            continue
        used.add(order.number)
        estate = _estate(random)
        _reword(random, order, estate, again)
        found[number] = (order.number, f"{estate}{about}")
    return found


@dataclass(frozen=True)
class Truth:
    orders: tuple[Order, ...]  # every order, some of them reworded
    shared: tuple[Shared, ...]
    again: dict[str, tuple[str, str]]  # dispute: the order, what the dispute was about


@cache
def truth() -> Truth:
    orders = every_order()
    shared = retell(orders)
    used = {number for each in shared for number in (*each.numbers, each.other or "")}
    return Truth(
        tuple(orders), shared, come_back(orders, [_closed(row) for row in disputes()], used)
    )


def _closed(row: Sequence) -> tuple[str, str, datetime]:
    number, community, closed = row[0], row[4], row[10]
    return (
        number,
        community,
        closed if isinstance(closed, datetime) else datetime.fromisoformat(closed),
    )


def retold_disputes() -> list[list]:
    """The rows of the ledger, those that come up again saying where and about what."""
    about = {number: words for number, (_, words) in truth().again.items()}
    return [
        [*row[:13], f"双方因{about[row[0]]}发生争执，经调解达成协议。", *row[14:]]
        if row[0] in about
        else row
        for row in disputes()
    ]
