"""How demand comes: by season, weekday and hour, in surges, and from callers who call again."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from synthetic import SEED, clock, people, street
from synthetic.orders import LIMIT, Order, make, wording

ORDERS = 8_150
SEASON = (0, 0.95, 0.86, 1.0, 1.0, 1.05, 1.12, 1.15, 1.08, 1.12, 0.97, 0.95, 1.0)
HOURS = (2, 1, 1, 1, 1, 1, 3, 7, 16, 22, 21, 17, 11, 12, 18, 19, 17, 14, 10, 9, 9, 8, 6, 4)


def orders() -> list[Order]:
    """Every order of the period, in order of acceptance."""
    random = Random(f"{SEED}/hotline")
    moments = sorted(_moment(random, day) for day in _days(random))
    made: list[Order] = []
    for moment in moments:
        made.append(_order(random, moment, made))
    made += _night_works(random) + _water_cut(random) + _school_start(random)
    made = sorted(
        (order for order in made if order.accepted <= clock.EXPORTED),
        key=lambda order: order.accepted,
    )
    _number(made)
    return made


def _days(random: Random) -> list[date]:
    days = clock.days()
    weights = [
        SEASON[day.month]
        * (1 + 0.10 * (day - clock.FIRST_DAY).days / 365)
        * (1 if clock.is_workday(day) else 0.62)
        * (0.38 if clock.in_spring_festival(day) else 1)
        for day in days
    ]
    return random.choices(days, weights, k=ORDERS)


def _moment(random: Random, day: date) -> datetime:
    hour = random.choices(range(24), HOURS)[0]
    return datetime.combine(day, time(hour, random.randrange(60)))


def _order(random: Random, accepted: datetime, earlier: Sequence[Order]) -> Order:
    """A new matter; or, one time in fourteen, the same caller about the same matter again."""
    recent = earlier[-700:]
    if recent and random.random() < 0.07:
        first = random.choice(recent)
        if first.caller[1] and accepted - first.accepted > timedelta(days=2):
            return make(random, accepted, first.topic, first.grid, first.caller)
    return make(random, accepted, _topic(random, accepted.date()), _grid(random))


def _topic(random: Random, day: date) -> dict[str, Any]:
    topics = [t for t in wording()["topics"] if day <= t.get("until", clock.LAST_DAY)]
    weights = [t["w"] * (1 + 0.8 * t.get("swell", []).count(day.month)) for t in topics]
    return random.choices(topics, weights)[0]


@cache
def _grid_weights() -> tuple[list[street.Grid], list[float]]:
    random = Random(f"{SEED}/demand")
    grids = [grid for community in street.communities() for grid in community.grids]
    return grids, [
        0 if grid.name == street.SILENT else grid.residents * random.lognormvariate(0, 0.35)
        for grid in grids
    ]


def _grid(random: Random) -> street.Grid:
    grids, weights = _grid_weights()
    return random.choices(grids, weights)[0]


def _named(level2: str) -> dict[str, Any]:
    return next(topic for topic in wording()["topics"] if topic["l2"] == level2)


def _night_works(random: Random) -> list[Order]:
    """One caller, thirty-four times in five months, about one building site."""
    grid = next(g for g in _grid_weights()[0] if g.name == street.NIGHT_WORKS)
    caller = (people.name(random), people.phone(random))
    made = []
    for n in range(34):
        day = date(2024, 4, 9) + timedelta(days=n * 5 + random.randrange(4))
        moment = datetime.combine(day, time(22 + random.randrange(2), random.randrange(60)))
        order = make(random, moment, _named("夜间施工"), grid, caller)
        order.nature, order.channel = "t", "12345热线"
        order.due = datetime.combine(clock.add_working_days(day, LIMIT["t"]), time(18))
        if order.closed:
            order.result = random.choice(("未解决", "部分解决", "解释说明"))
            order.rating = (
                random.choice(("不满意", "非常不满意", "未评价")) if order.visited else ""
            )
        made.append(order)
    return made


def _water_cut(random: Random) -> list[Order]:
    grids = [g for g in _grid_weights()[0] if g.community in ("溪北社区", "朝阳社区")]
    days = [date(2024, 7, 16), date(2024, 7, 17), date(2024, 7, 18)]
    moments = [_moment(random, random.choices(days, (5, 4, 1))[0]) for _ in range(96)]
    return [make(random, moment, _named("停水"), random.choice(grids)) for moment in moments]


def _school_start(random: Random) -> list[Order]:
    made = []
    for year, count in ((2023, 60), (2024, 66)):
        for _ in range(count):
            day = date(year, 8, 26) + timedelta(days=int(random.triangular(0, 22, 7)))
            topic = _named(random.choice(("入学", "入学", "校外培训", "机动车乱停放")))
            made.append(make(random, _moment(random, day), topic, _grid(random)))
    return made


def _number(made: Sequence[Order]) -> None:
    of_day: dict[date, int] = {}
    for order in made:
        day = order.accepted.date()
        of_day[day] = of_day.get(day, 0) + 1
        order.number = f"{day:%Y%m%d}{of_day[day]:04d}"
