"""Meetings and small services of the model's mechanisms, beside the work of the five teams."""

from collections.abc import Iterator
from random import Random

from synthetic import SEED
from synthetic.sessions import Session, met, spread

THEMES = {
    "大党委会议": ("大党委联席会议", "共建项目会商"),
    "年轻干部兴趣小组": ("党建小组", "企业孵化小组", "垃圾分类小组"),
    "社区合伙人服务": ("家电维修进小区", "便民理发", "社区课堂"),
    "平安建设联席会议": ("平安建设联席会议",),
    "警情复盘": ("警情通报与案件复盘",),
    "安全生产检查": ("企业安全生产检查",),
    "清亲教育": ("企业法律培训", "岗位干部廉洁教育"),
    "搭把手": ("代买药品", "陪同就医", "代买菜"),
    "社区舞台演出": ("广场舞展演", "红歌会", "花灯戏"),
    "工青妇共建": ("青年志愿行", "妇女儿童之家活动", "职工之家活动"),
    "老年大学": ("书法课", "合唱课", "智能手机课"),
}


def gatherings() -> Iterator[tuple[str, list[Session]]]:
    """Meetings and services that the model names beside those of the teams."""
    random = Random(f"{SEED}/model")
    yield (
        "党建活动",
        [
            *met(random, "大党委会议", 24, 12, 40, THEMES["大党委会议"]),
            *met(random, "年轻干部兴趣小组", 36, 6, 18, THEMES["年轻干部兴趣小组"]),
            *met(random, "社区合伙人服务", 31, 10, 60, THEMES["社区合伙人服务"]),
        ],
    )
    yield (
        "平安建设",
        [
            *_topics(
                random,
                met(random, "平安建设联席会议", 22, 10, 24, THEMES["平安建设联席会议"]),
                "益安服务队",
            ),
            *met(random, "警情复盘", 20, 6, 15, THEMES["警情复盘"]),
        ],
    )
    yield (
        "企业服务",
        [
            *_checks(
                random, spread(random, "安全生产检查", 48, "益企服务队", THEMES["安全生产检查"])
            ),
            *met(random, "清亲教育", 7, 15, 50, THEMES["清亲教育"]),
        ],
    )
    yield (
        "小区活动",
        [
            *met(random, "搭把手", 120, 3, 8, THEMES["搭把手"]),
            *met(random, "社区舞台演出", 34, 40, 220, THEMES["社区舞台演出"]),
            *met(random, "工青妇共建", 28, 12, 60, THEMES["工青妇共建"]),
            *met(random, "老年大学", 66, 12, 36, THEMES["老年大学"]),
        ],
    )


def _topics(random: Random, sessions: list[Session], team: str) -> list[Session]:
    for session in sessions:
        session.team = team
        session.raised = random.randint(1, 4)
        session.closed = sum(random.random() < 0.88 for _ in range(session.raised))
    return sessions


def _checks(random: Random, sessions: list[Session]) -> list[Session]:
    """Visits of firms; hazards that were found are in the ledger of hazards."""
    for session in sessions:
        session.attendances = random.randint(2, 5)
    return sessions
