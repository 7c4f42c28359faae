"""What the subdistrict dealt with itself: disputes as the article counts them, and four more kinds."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from synthetic import SEED, clock, people, street
from synthetic.article import exact
from synthetic.kinds import Kind, as_date, as_text

# The article says 109 and 256. How the 256 spread over the other fourteen types is invented.
OTHER_TYPES = {
    "邻里纠纷": 71,
    "损害赔偿纠纷": 31,
    "物业纠纷": 28,
    "房屋宅基地纠纷": 22,
    "合同纠纷": 18,
    "劳动争议": 17,
    "征地拆迁纠纷": 15,
    "消费纠纷": 12,
    "道路交通事故纠纷": 11,
    "山林土地纠纷": 8,
    "生产经营纠纷": 7,
    "医疗纠纷": 5,
    "环境污染纠纷": 4,
    "其它纠纷": 7,
}


def _places(random: Random, count: int) -> list[street.Grid]:
    grids = [g for c in street.communities() for g in c.grids if g.name != street.SILENT]
    return random.choices(grids, [grid.residents for grid in grids], k=count)


def _reported(random: Random, count: int, last: date) -> list[datetime]:
    days = [day for day in clock.days() if day <= last]
    weights = [
        (1 if clock.is_workday(day) else 0.3) * (0.3 if clock.in_spring_festival(day) else 1)
        for day in days
    ]
    return sorted(clock.office_hour(random, day) for day in random.choices(days, weights, k=count))


def disputes() -> list[list[Any]]:
    """All closed by the export, all successful: the article says so and gives no dates."""
    random, calls = Random(f"{SEED}/disputes"), Random(f"{SEED}/calls back")
    types = ["婚恋家庭纠纷"] * exact()["cases_family"]
    types += [name for name, count in OTHER_TYPES.items() for _ in range(count)]
    random.shuffle(types)
    reported = _reported(random, len(types), date(2024, 9, 30))
    rows = []
    for number, (category, moment, grid) in enumerate(
        zip(types, reported, _places(random, len(types)), strict=True), 1
    ):
        grid = street.as_divided(grid, moment.date())
        accepted = moment + timedelta(minutes=random.randrange(10, 1440))
        due = datetime.combine(accepted.date() + timedelta(days=30), time(18))
        pace = 19 if grid.community == street.SLOW else 11
        day = accepted.date() + timedelta(days=1 + int(random.gammavariate(2.2, pace / 2.2)))
        closed = clock.office_hour(random, min(day, date(2024, 10, 23)), accepted)
        moments = (moment, accepted, due, closed, closed)
        # Text and true dates stand in one column, as when two clerks keep one ledger.
        shown = as_date if number % 9 == 0 else as_text
        origin = random.choices(("主动调解", "依申请调解", "接受委托移送调解"), (52, 40, 8))[0]
        rows.append(
            [
                *(f"JF-{moment:%Y%m}-{number:03d}", "矛盾纠纷", category, origin, grid.community),
                *(grid.name, f"{grid.community}综治中心", *map(shown, moments), "调解成功"),
                _summary(random, category),
                *_called_back(calls, closed),
            ]
        )
    return rows


def _called_back(random: Random, closed: datetime) -> list[Any]:
    """Six in ten are called back within some weeks; one in fourteen of them says it is not settled."""
    day = closed.date() + timedelta(days=random.randrange(3, 21))
    called, settled = random.random() < 0.6, random.random() < 0.93
    if not called or day > clock.LAST_DAY:
        return [None, None]
    return [as_text(clock.office_hour(random, day)), "已解决" if settled else "未解决"]


def _summary(random: Random, category: str) -> str:
    one, other = people.particulars(random), people.particulars(random)
    topic = category.removesuffix("纠纷")
    return random.choice(
        (
            f"{one['name']}{one['title']}与{other['name']}因{topic}问题发生争执,经调解达成协议。",
            f"当事人{one['name']},电话{one['phone']},就{topic}问题申请调解。",
            f"双方因{topic}问题产生矛盾,网格员上门劝解,现已和解。",
            f"住{one['door']}的住户反映{topic}问题,联户长协同调处。",
        )
    ).replace(",", "\uff0c")


def matters(kind: Kind) -> list[list[Any]]:
    random = Random(f"{SEED}/{kind.word}")
    reported = _reported(random, kind.count, clock.LAST_DAY)
    rows = []
    for number, (moment, grid) in enumerate(
        zip(reported, _places(random, kind.count), strict=True), 1
    ):
        grid = street.as_divided(grid, moment.date())
        accepted = moment + timedelta(minutes=random.randrange(2, 300))
        due = datetime.combine(clock.add_working_days(accepted.date(), kind.limit), time(18))
        closed = _closing(random, kind, accepted, grid.community == street.SLOW)
        result = random.choices(list(kind.results), list(kind.results.values()))[0]
        category = random.choices(list(kind.categories), list(kind.categories.values()))[0]
        moments = [moment, accepted, due, closed, closed or accepted]
        rows.append(
            [f"{kind.prefix}-{moment:%Y%m}-{number:03d}", kind.word, category]
            + [random.choice(kind.origins), grid.community, grid.name, kind.unit]
            + [kind.moment(each) if each else None for each in moments]
            + [result if closed else "办理中", ""]
        )
    return rows


def _closing(random: Random, kind: Kind, accepted: datetime, slow: bool) -> datetime | None:
    if random.random() < kind.open_share * (2 if slow else 1):
        return None
    share = random.gammavariate(3, 0.26 if slow else 0.17)
    day = clock.add_working_days(accepted.date(), int(share * kind.limit))
    closed = clock.office_hour(random, day, accepted)
    return closed if closed <= clock.EXPORTED else None


def firm_requests() -> list[list[Any]]:
    """As many solved as the article counts. How many were raised it does not say: the rest is invented."""
    random = Random(f"{SEED}/firms")
    solved = exact()["firm_problems_solved"]
    states = ["已解决"] * solved + ["部分解决"] * 4 + ["未解决"] * 3 + ["办理中"] * 7
    categories = ("融资对接", "用工需求", "政策咨询", "场地需求", "法律咨询", "办证", "项目对接")
    random.shuffle(states)
    states.sort(key=lambda state: state == "办理中")
    reported = _reported(random, len(states), date(2024, 10, 18))
    rows = []
    for number, (state, moment, grid) in enumerate(
        zip(states, reported, _places(random, len(states)), strict=True), 1
    ):
        due = datetime.combine(clock.add_working_days(moment.date(), 15), time(18))
        day = clock.add_working_days(moment.date(), int(random.gammavariate(3, 3)))
        closed = min(clock.office_hour(random, day, moment), clock.EXPORTED)
        moments = [moment, moment, due, None if state == "办理中" else closed, None]
        rows.append(
            [f"QY-{moment:%Y%m}-{number:03d}", "企业诉求", random.choice(categories)]
            + [random.choice(("主动发现", "申请")), grid.community, grid.name, "益企服务队"]
            + [each and as_text(each) for each in moments]
            + [state, ""]
        )
    return rows
