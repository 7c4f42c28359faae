"""The words a reader sees for a group: area names, choices, dates."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from metrics.definitions import TIME_DIMENSIONS
from metrics.errors import BadCut, nearest
from metrics.period import Period, as_kind
from metrics.records import LEVELS
from metrics.scope import LEVEL_NAMES

if TYPE_CHECKING:
    from metrics.snapshot import Snapshot

# What a dimension is called, and the field whose codes it shows where the name differs.
LABELLED = {
    "region": "大党委",
    "community": "社区",
    "grid": "网格",
    "located": "现行网格(按坐标)",
    "kind": "种类",
    "category": "类别",
    "category_path": "细分类别",
    "unit": "承办单位",
    "channel": "渠道",
    "nature": "诉求性质",
    "result": "处理结果",
    "satisfaction": "满意度",
    "team": "服务队",
    "system": "体系",
    "group": "人员类别",
    "origin": "来源",
    "age": "已等待",
    "due_state": "时限",
    "day": "日",
    "week": "周",
    "month": "月",
    "quarter": "季度",
    "half": "半年",
    "year": "年",
    "hour": "时段",
    "weekday": "星期",
    # Columns that loading works out: no field of a source has told their names.
    "is_repeat": "是否重复",
    "repeated_in": "办结几天后又反映",
}
CLOCKS = {
    "natural": "自然日",
    "working": "工作日",
    "given": "以来源登记的时限为准,不另行折算",
    "none": "不涉及",
}
WEEKDAYS = {str(at): f"周{day}" for at, day in enumerate("一二三四五六日", 1)}
# Classes that a card works out, in their order.
CLASSES = {
    "age": {
        "1": "7天以内",
        "2": "8—15天",
        "3": "16—30天",
        "4": "31—90天",
        "5": "90天以上",
    },
    "due_state": {"1": "已逾期", "2": "48小时内到期", "3": "期限内", "4": "没有时限"},
}


def code_of_time(kind: str, value: date | datetime, as_of: date) -> str:
    day = value.date() if isinstance(value, datetime) else value
    return Period.of(as_kind(kind), day, as_of).code


def label(snapshot: "Snapshot", name: str, code: str | None, source: str, as_of: date) -> str:
    return labels(snapshot, name, source, as_of)(code)


def labels(
    snapshot: "Snapshot", name: str, source: str, as_of: date
) -> Callable[[str | None], str]:
    """The words of one dimension, by the code."""
    if name in LEVELS:
        none, known = f"未落到{LEVEL_NAMES[name]}", snapshot.area_names
    else:
        none, known = f"未填{LABELLED.get(name, name)}", _words(snapshot, name, source)
    if name in TIME_DIMENSIONS:
        return lambda code: none if code is None else Period.parse(code, as_of).label
    if name == "hour":
        return lambda code: none if code is None else f"{code}时"
    return lambda code: none if code is None else known.get(code, code)


def _words(snapshot: "Snapshot", name: str, source: str) -> Mapping[str, str]:
    if name == "weekday":
        return WEEKDAYS
    return CLASSES.get(name) or snapshot.labels(name, source)


def code_of(snapshot: "Snapshot", name: str, value: str) -> str:
    """A filter's value may be given as the code or as the word that is shown for it."""
    if name in LEVELS:
        return _area(snapshot, name, value)
    words = snapshot.labels(name)
    if value in words:
        return value
    codes = [code for code, word in words.items() if word == value]
    return codes[0] if codes else value


def _area(snapshot: "Snapshot", level: str, value: str) -> str:
    known = snapshot.areas(level)
    if not known or any(area.code == value for area in known):
        return value
    codes = [area.code for area in known if area.name == value]
    if len(codes) == 1:
        return codes[0]
    names = [word for area in known for word in (area.name, area.code)]
    raise BadCut(f"{LEVEL_NAMES[level]}里没有“{value}”{nearest(value, names)}")
