"""Life of a synthetic 12345 order: who calls about what and where, and when anything happens to it."""

import math
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from synthetic import clock, people, street

LIMIT = {"c": 2, "h": 5, "s": 5, "o": 5, "p": 3, "t": 10, "r": 10}  # working days
CHANNELS = {"12345热线": 79, "手机APP": 8, "微信公众号": 7, "门户网站": 3, "书记信箱": 3}
RESULTS = ("已解决", "部分解决", "未解决", "解释说明")
RATINGS = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")


@dataclass
class Order:
    number: str
    accepted: datetime
    topic: dict[str, Any]
    grid: street.Grid
    nature: str
    channel: str
    caller: tuple[str, str]  # name, phone; both empty where the caller stays unknown
    text: str
    address: str
    due: datetime
    valid: bool = True
    returned: bool = False
    in_scope: bool = True
    dispatched: datetime | None = None
    closed: datetime | None = None
    visited: datetime | None = None
    result: str = ""
    rating: str = ""
    point: tuple[float, float] | None = None
    oddities: dict[str, str] = field(default_factory=dict)  # header: what the export says instead


@cache
def wording() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


def make(
    random: Random,
    accepted: datetime,
    topic: dict[str, Any],
    grid: street.Grid,
    caller: tuple[str, str] | None = None,
) -> Order:
    nature = random.choice(topic["n"])
    order = Order(
        number="",
        accepted=accepted,
        topic=topic,
        grid=grid,
        nature=nature,
        channel=random.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        caller=caller or _caller(random),
        text="",
        address="",
        due=datetime.combine(clock.add_working_days(accepted.date(), LIMIT[nature]), time(18)),
    )
    _describe(random, order)
    _handle(random, order)
    return order


def _caller(random: Random) -> tuple[str, str]:
    return ("", "") if random.random() < 0.08 else (people.name(random), people.phone(random))


def _describe(random: Random, order: Order) -> None:
    words = wording()
    estate = random.choice(words["estates"])
    ending = random.choice(words["question" if order.nature == "c" else "demand"])
    who = random.choice(words["opening"])
    text = f"{who}{estate}{random.choice(order.topic['problems'])},{ending}"
    if random.random() < 0.22:
        person = people.particulars(random)
        if order.caller[1]:
            person |= {"name": order.caller[0], "phone": order.caller[1]}
        text += random.choice(words["contacts"]).format(**person)
    order.text = text.replace(",", "\uff0c")
    if random.random() < 0.35:
        order.address = f"{estate}{random.randrange(1, 19)}栋"
        if random.random() < 0.4:
            order.address += (
                f"{random.randrange(1, 4)}单元{random.randrange(1, 31)}0{random.randrange(1, 5)}室"
            )


def _handle(random: Random, order: Order) -> None:
    fate = random.random()
    slow = order.grid.community == street.SLOW
    if fate < 0.03:
        order.valid = False
    elif fate < 0.065:
        order.returned = True
        order.dispatched = order.accepted + timedelta(minutes=random.randrange(5, 240))
    elif order.nature == "c" and random.random() < 0.45:
        order.closed = order.accepted + timedelta(minutes=random.randrange(3, 40))
        order.result = "解释说明"
    elif fate < (0.10 if slow else 0.077):
        order.dispatched = order.accepted + timedelta(minutes=random.randrange(5, 360))
    else:
        _close(random, order, slow)
    order.in_scope = random.random() > 0.04


def _close(random: Random, order: Order, slow: bool) -> None:
    order.dispatched = order.accepted + timedelta(minutes=random.randrange(5, 360))
    fraction = random.lognormvariate(math.log(0.85 if slow else 0.6), 0.38)
    day = clock.add_working_days(order.dispatched.date(), int(fraction * LIMIT[order.nature]))
    order.closed = clock.office_hour(random, day, order.dispatched)
    order.result = random.choices(RESULTS, (58, 14, 14, 14) if slow else (71, 12, 6, 11))[0]
    if random.random() < 0.72:
        day = clock.add_working_days(order.closed.date(), random.randrange(1, 4))
        order.visited = clock.office_hour(random, day)
        weights = (18, 44, 17, 15, 6) if slow else (29, 50, 12, 6, 3)
        rated = random.random() < 0.62
        order.rating = random.choices(RATINGS, weights)[0] if rated else "未评价"
