"""What the service teams and communities did: every session of the period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from synthetic import SEED, clock, street
from synthetic.article import exact

# Bounded figures of the article ("190余", "800余人次") and where the sample stands within them.
SESSIONS = {"社区活动": 194, "坝坝会": 213, "共建联席会": 108, "老龄活动": 24, "社区体检": 23}
ATTENDANCES = {"干部夜校": 823, "就业培训": 418, "老龄活动": 537}
JOBS = 207

# Community-months without a session of any kind, so that 月月有活动 is not met however it is read.
NOTHING_HELD = {
    (date(2023, 1, 1), "养牛社区"),
    (date(2023, 1, 1), "上水社区"),
    (date(2023, 2, 1), "竹林社区"),
    (date(2023, 8, 1), "上水社区"),
    (date(2024, 2, 1), "养牛社区"),
    (date(2024, 2, 1), "石板井社区"),
    (date(2024, 8, 1), "竹林社区"),
}

THEMES = {
    "社区活动": ("邻里节", "趣味运动会", "社区舞台演出", "手工课堂", "亲子阅读", "垃圾分类宣传"),
    "坝坝会": ("小区停车议事", "物业服务议事", "环境整治议事", "安置小区管理议事"),
    "共建联席会": ("网格党群共建联席会",),
    "干部夜校": (
        "党建业务",
        "经济发展",
        "法律法规",
        "纠纷调解",
        "困难救助",
        "农业科技",
        "应急处置",
        "群众工作",
        "数据填报减负",
    ),
    "企业沙龙": ("溪北企业沙龙",),
    "就业培训": ("家政技能培训", "创业指导", "电商培训", "职业规划指导"),
    "老龄活动": ("重阳敬老", "智能手机课堂", "健康讲座", "棋牌联谊"),
    "社区体检": ("社区免费体检",),
    "1对1跟踪服务": ("特殊困难老人1对1跟踪服务",),
    "平安巡逻": ("夜间联合巡逻", "校园周边巡逻", "节前安全巡查"),
    "走访帮扶": ("企业走访帮扶", "惠企政策宣讲"),
    "用工推送": ("用工需求推送",),
    "老人探访": ("独居老人探访", "助餐送餐"),
    "上门服务": ("慢性病上门随访", "医疗咨询"),
}


@dataclass
class Session:
    system: str
    day: date
    community: str = ""
    grid: str = ""
    title: str = ""
    attendances: int | None = None
    people: int | None = None
    outcomes: int | None = None
    rated: int | None = None
    satisfied: int | None = None
    raised: int | None = None
    closed: int | None = None
    team: str = ""


def sheets() -> Iterator[tuple[str, list[Session]]]:
    random = Random(f"{SEED}/activities")
    yield "益安服务队", _patrols(random)
    yield "益企服务队", _visits_to_firms(random)
    yield "益业服务队", spread(random, "用工推送", 31)
    yield "益老服务队", [*met(random, "老人探访", 96, 6, 18), _followed_elders()]
    yield "益康服务队", met(random, "上门服务", 58, 5, 16)
    yield "社区活动", _community_activities(random)
    yield "坝坝会", _assemblies(random, "坝坝会", 18, 46)
    yield "共建联席会", _assemblies(random, "共建联席会", 8, 20)
    yield "干部夜校", _night_school(random)
    yield "企业沙龙", [_salon(date(2023, 11, 16)), _salon(date(2024, 6, 20))]
    yield "就业培训", _job_training(random)
    yield "老龄活动", _elder_activities(random)
    yield "社区体检", spread(random, "社区体检", SESSIONS["社区体检"], team="益康服务队")


def spread(
    random: Random, system: str, count: int, team: str = "", themes: Sequence[str] = ()
) -> list[Session]:
    """Sessions over the whole period, one community each, without any count of people."""
    communities = [community.name for community in street.communities()]
    days = random.sample([day for day in clock.days() if clock.is_workday(day)], count)
    sessions = []
    for n, day in enumerate(days):
        community = communities[n % len(communities)]
        if (day.replace(day=1), community) in NOTHING_HELD:
            community = "朝阳社区"
        title = random.choice(themes or THEMES[system])
        sessions.append(Session(system, day, community, title=title, team=team))
    return sessions


def met(
    random: Random, system: str, count: int, least: int, most: int, themes: Sequence[str] = ()
) -> list[Session]:
    sessions = spread(random, system, count, themes=themes)
    for session in sessions:
        session.attendances = random.randint(least, most)
        session.people = session.attendances - random.randrange(3)
    return sessions


def _patrols(random: Random) -> list[Session]:
    sessions = spread(random, "平安巡逻", 132)
    for session in sessions:
        session.attendances = random.randint(4, 12)
        session.outcomes = random.choice((0, 0, 1, 1, 2, 3))
        grids = [g for c in street.communities() if c.name == session.community for g in c.grids]
        session.grid = random.choice(grids).name
    return sessions


def _visits_to_firms(random: Random) -> list[Session]:
    """Together they solve as many problems as the article counts."""
    sessions = spread(random, "走访帮扶", 88)
    weights = [random.random() ** 2 for _ in sessions]
    for session, solved in zip(
        sessions, street.share(exact()["firm_problems_solved"], weights), strict=True
    ):
        session.outcomes = solved
        session.attendances = random.randint(1, 6)
    return sessions


def _followed_elders() -> Session:
    """One row, no community: six people must never be split."""
    return Session(
        system="1对1跟踪服务",
        day=date(2024, 6, 28),
        title=THEMES["1对1跟踪服务"][0],
        people=exact()["hard_elders_followed"],
    )


def _community_activities(random: Random) -> list[Session]:
    """About one a month in each community on average, and still not one in every month."""
    cells = [(month, c.name) for month in clock.months() for c in street.communities()]
    quiet = NOTHING_HELD | set(random.sample(cells, 17))
    active = [cell for cell in cells if cell not in quiet]
    chosen = active + random.sample(active, SESSIONS["社区活动"] - len(active))
    sessions = []
    for month, community in chosen:
        last = 24 if month == clock.months()[-1] else 28
        session = Session(
            system="社区活动",
            day=month + timedelta(days=random.randrange(last)),
            community=community,
            title=random.choice(THEMES["社区活动"]),
            attendances=random.randint(25, 160),
        )
        _rate(random, session, 0.3)
        sessions.append(session)
    return sessions


def _rate(random: Random, session: Session, share: float) -> None:
    if random.random() < 0.7:
        session.rated = round((session.attendances or 0) * share)
        session.satisfied = round(session.rated * random.uniform(0.86, 1))


def _assemblies(random: Random, system: str, least: int, most: int) -> list[Session]:
    sessions = met(random, system, SESSIONS[system], least, most)
    for session in sessions:
        session.raised = random.randint(1, 5)
        session.closed = sum(random.random() < 0.82 for _ in range(session.raised))
    return sessions


def _night_school(random: Random) -> list[Session]:
    count = exact()["night_school_sessions"]
    days = [date(2023, 3, 16) + timedelta(days=n * 70) for n in range(count)]
    shares = street.share(ATTENDANCES["干部夜校"], [random.uniform(0.85, 1.15) for _ in days])
    return [
        Session(system="干部夜校", day=day, title=title, attendances=attendances)
        for day, title, attendances in zip(days, THEMES["干部夜校"], shares, strict=True)
    ]


def _salon(day: date) -> Session:
    return Session(system="企业沙龙", day=day, title=THEMES["企业沙龙"][0], team="益企服务队")


def _job_training(random: Random) -> list[Session]:
    days = (date(2023, 4, 19), date(2023, 9, 21), date(2024, 3, 14), date(2024, 8, 22))
    weights = [random.uniform(0.85, 1.15) for _ in days]
    columns = zip(
        days,
        THEMES["就业培训"],
        street.share(ATTENDANCES["就业培训"], weights),
        street.share(JOBS, weights),
        strict=True,
    )
    return [
        Session(
            system="就业培训", day=day, title=title, attendances=n, outcomes=jobs, team="益业服务队"
        )
        for day, title, n, jobs in columns
    ]


def _elder_activities(random: Random) -> list[Session]:
    sessions = spread(random, "老龄活动", SESSIONS["老龄活动"], team="益老服务队")
    weights = [random.uniform(0.7, 1.3) for _ in sessions]
    shares = street.share(ATTENDANCES["老龄活动"], weights)
    for session, attendances in zip(sessions, shares, strict=True):
        session.attendances = attendances
    return sessions
