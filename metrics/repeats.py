"""Matters that came in more than once, and why their records are held to be about the same thing.

Loading links the records (etl/graph): a pair is linked by two reasons at least, the place and the words. Of
people a matter says a rounded number or nothing; of one caller's chain no record is named but the first.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from metrics.period import Period
from metrics.scope import Scope
from metrics.snapshot import Snapshot
from metrics.topics import by_community

Kind = Literal["many_callers", "one_caller"]
LABELS: dict[str, str] = {"many_callers": "多人同诉", "one_caller": "一人多诉"}
METHOD: dict[str, tuple[str, ...]] = {
    "many_callers": (
        "**多人同诉**",
        "两件要连在一起,至少有两个理由:地点相同(写明同一处,或都没有写明而在同一网格),并且文字相近(少见的两字词组重合);"
        "前后相隔不超过30天。一串最长半年,不让它越连越远。咨询、表扬和无效的不算。",
        "文字相近是两段话少见词组的余弦,0到1;写明同一处的要到0.13,只同网格的要到0.35。地名不计入文字相近。",
        "同一个人说的不成一项;来电人不明的各算一人。人数少于阈值的不显示,其余取整到5。",
    ),
    "one_caller": (
        "**一人多诉**",
        "同一来电人就同一一级类别,每次与上一次相隔不超过90天,与重复诉求率同一算法。来电人只以加密代号在加载库中比对,"
        "快照和页面上没有代号,也不列出各件,只列件数和起止月份。",
    ),
}


@dataclass(frozen=True)
class Matter:
    number: int | None
    kind: str
    anchor: str  # its first record, as source:number
    first_day: date
    last_day: date
    records: int
    cases: int
    persons: int | None  # rounded; None below the threshold, and of one caller
    community: str | None
    category: str | None
    links: int
    by_place: int | None
    by_category: int | None
    alike: float | None
    confirmed: bool
    example: str | None

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days


@dataclass(frozen=True)
class Link:
    left: str
    right: str
    days: int
    same_place: bool
    same_category: bool
    alike: float
    confirmed: bool


@dataclass(frozen=True)
class Record:
    number: str  # source:number
    at: datetime
    category: str | None
    text: str | None  # where the profile keeps texts


def matters(snapshot: Snapshot, kind: Kind, period: Period, scope: Scope) -> tuple[Matter, ...]:
    """Those last raised in the period, the largest first. A grid is told by its community."""
    scope = by_community(snapshot, scope)
    where, values = "TRUE", []
    if scope.code is not None:
        where, values = f"{scope.level} = ?", [scope.code]
    rows = snapshot.query(
        "SELECT matter, kind, anchor, first_day, last_day, records, cases, persons, community, category, "
        "links, by_place, by_category, alike, confirmed, example FROM clusters "
        f"WHERE kind = ? AND last_day >= ? AND last_day < ? AND {where} "
        "ORDER BY records DESC, last_day DESC, anchor",
        [kind, period.start, period.end, *values],
    )
    return tuple(Matter(*row) for row in rows)


def links(snapshot: Snapshot, matter: int) -> tuple[Link, ...]:
    rows = snapshot.query(
        "SELECT left_source || ':' || left_no, right_source || ':' || right_no, days, same_place, "
        "same_category, alike, confirmed FROM links WHERE matter = ? ORDER BY ALL",
        [matter],
    )
    return tuple(Link(*row) for row in rows)


def records(snapshot: Snapshot, matter: int) -> tuple[Record, ...]:
    """What a matter is made of, the earliest first."""
    rows = snapshot.query(
        """
        WITH ends AS (
            SELECT left_source AS source, left_no AS number FROM links WHERE matter = ?
            UNION
            SELECT right_source, right_no FROM links WHERE matter = ?
        )
        SELECT 'hotline:' || o.order_no, o.accepted_at, o.category, o.text
        FROM ends AS e JOIN hotline AS o ON e.source = 'hotline' AND o.order_no = e.number
        UNION ALL
        SELECT 'cases:' || o.case_no, coalesce(o.accepted_at, o.reported_at), o.category, o.text
        FROM ends AS e JOIN cases AS o ON e.source = 'cases' AND o.case_no = e.number
        ORDER BY 2, 1""",
        [matter, matter],
    )
    return tuple(Record(*row) for row in rows)
