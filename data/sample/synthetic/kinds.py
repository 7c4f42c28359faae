"""The kinds of matter that stay open now and then, and how their keepers write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Moment = Callable[[datetime], Any]


@dataclass(frozen=True)
class Kind:
    """A kind of matter that stays open now and then."""

    sheet: str
    word: str
    prefix: str
    count: int
    limit: int  # working days
    open_share: float
    categories: dict[str, int]
    origins: tuple[str, ...]
    unit: str
    results: dict[str, int]
    moment: Moment


def as_date(moment: datetime) -> datetime:
    return moment


def as_text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def as_chinese(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}时{moment.minute:02d}分"


def as_slashes(moment: datetime) -> str:
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"


KINDS = (
    Kind(
        "隐患排查",
        "安全隐患",
        "YH",
        412,
        15,
        0.035,
        {"消防安全隐患": 34, "用电安全": 22, "施工安全": 9, "道路交通安全": 10, "食品药品安全": 7}
        | {"自建房安全": 10, "防汛": 5, "其他隐患": 3},
        ("主动排查", "群众上报", "上级交办"),
        "益安服务队",
        {"已整改": 92, "部分整改": 8},
        as_slashes,
    ),
    Kind(
        "派单吹哨",
        "派单任务",
        "PD",
        640,
        5,
        0.02,
        {
            "市容环境": 40,
            "街面秩序": 24,
            "宣传广告": 8,
            "施工管理": 8,
            "突发事件": 3,
            "公用设施": 10,
        }
        | {"道路交通": 5, "园林绿化": 6, "智慧灯杆": 1},
        ("巡查发现", "群众上报", "上级交办"),
        "综合行政执法队",
        {"已办结": 94, "部分解决": 4, "移送": 2},
        as_chinese,
    ),
    Kind(
        "信访事项",
        "信访事项",
        "XF",
        74,
        40,
        0.09,
        {"求决": 60, "意见建议": 22, "申诉": 9, "揭发控告": 9},
        ("群众来访", "当事人申请", "转办"),
        "平安建设办公室",
        {"已办结": 80, "部分解决": 12, "未解决": 8},
        as_date,
    ),
)
