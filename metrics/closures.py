"""Closures that work alone does not explain: a question about data, put by unit and never by person.

Every check counts what looks so, over a base, beside what would be expected; a unit is named only where
chance does not explain it, of all units checked at once (Benjamini and Hochberg at 5%).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics.closing_tests import (
    COPIES,
    HOURS,
    LEDGERS,
    MINUTES,
    ROUND,
    TOGETHER,
    Kind,
    Ledger,
    Test,
    tests,
)
from metrics.snapshot import Snapshot

FALSE = 0.05  # of the units named, the share that may be named by chance
TIMES = 2.0  # found must be at least this many times what is expected


@dataclass(frozen=True)
class Definition:
    kind: Kind
    label: str
    meaning: str
    expectation: str


DEFINITIONS = (
    Definition(
        "instant", "受理即办结", f"受理后{MINUTES}分钟以内办结,不含咨询和表扬;分母是已办结的件数",
        "其余单位合起来的占比",
    ),
    Definition(
        "batch", "同一分钟批量办结",
        f"同一单位同一分钟办结{TOGETHER}件以上;分母是已办结的件数,只写日期没有时刻的不计入",
        "同样多的件数随机落在有办结的日子的办公时间里",
    ),
    Definition(
        "deadline", "压点办结",
        f"到期前{HOURS}小时内办结;分母再加上前一个工作日同一时段办结的件数",
        "两个时段一样多",
    ),
    Definition(
        "copied", "答复雷同",
        f"同一单位有{COPIES}件以上用同一段答复(不看数字、空格和标点);分母是有答复的件数。只比对指纹,不保存原文",
        "其余单位合起来的占比",
    ),
    Definition(
        "quota", "每月件数相同", "每月受理件数等于最常见的那个数的月份;分母是首末之间的整月",
        "件数按平均数随机波动时相等的月份",
    ),
    Definition(
        "round", "每月件数凑整", f"每月受理件数正好是{ROUND}的倍数的月份;分母是首末之间的整月",
        "件数按平均数随机波动时凑整的月份",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One unit in one check. `flagged` is None where the base is too small to judge."""

    kind: Kind
    ledger: str
    unit: str
    hits: int
    base: int
    expected: float
    chance: float  # of as many or more, if the expectation held
    flagged: bool | None

    @property
    def share(self) -> float:
        return self.hits / self.base

    @property
    def expected_share(self) -> float:
        return self.expected / self.base


@dataclass(frozen=True)
class Closures:
    """Flagged units first, then by check, ledger and unit."""

    found: tuple[Found, ...]

    @property
    def flagged(self) -> tuple[Found, ...]:
        return tuple(each for each in self.found if each.flagged)

    @property
    def units(self) -> tuple[str, ...]:
        """That any check names."""
        return tuple(dict.fromkeys(each.unit for each in self.flagged))

    @property
    def judged(self) -> int:
        return sum(each.flagged is not None for each in self.found)

    @property
    def few(self) -> int:
        return len(self.found) - self.judged


def closures(snapshot: Snapshot) -> Closures:
    """All checks over everything that was loaded, worked out once per snapshot."""
    return snapshot.kept("closures", lambda: _closures(snapshot))


def _closures(snapshot: Snapshot) -> Closures:
    found = [each for ledger in LEDGERS for each in _of(snapshot, ledger)]
    return Closures(tuple(sorted(found, key=_rank)))


def _rank(each: Found) -> tuple[bool, int, str, str]:
    kinds = [definition.kind for definition in DEFINITIONS]
    return not each.flagged, kinds.index(each.kind), each.ledger, each.unit


def _of(snapshot: Snapshot, ledger: Ledger) -> Iterable[Found]:
    for kind, of_kind in tests(snapshot, ledger).items():
        yield from _judged(kind, ledger, of_kind)


def _judged(kind: Kind, ledger: Ledger, tests: Sequence[Test]) -> Iterable[Found]:
    from scipy.stats import false_discovery_control

    able = [test for test in tests if test.enough]
    chances = [min(1.0, max(0.0, test.chance)) for test in able]
    adjusted = false_discovery_control(chances) if chances else []
    held = {
        test.unit
        for test, value in zip(able, adjusted, strict=True)
        if value <= FALSE and test.hits >= TIMES * test.expected
    }
    # Equal expectation for the whole of a window leaves no room for twice as much.
    if kind == "deadline":
        held = {t.unit for t, value in zip(able, adjusted, strict=True) if value <= FALSE}
    for test in tests:
        flagged = (test.unit in held) if test.enough else None
        yield Found(
            kind, ledger.label, test.unit, test.hits, test.base, test.expected, test.chance, flagged
        )
