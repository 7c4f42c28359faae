"""Terms that are said more often than usual: 异动.

Each term is held against its own past: the days of the month by their usual weight (weekday, day off, Spring
Festival), the same month of earlier years where there is one, and how much months vary, those of all terms and
its own (foresight.py). The tail gives the chance of so many orders; over all terms tested, Benjamini and Hochberg
keep the share of false ones among those named at 5%.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from metrics.exposure import exposures
from metrics.foresight import YEAR, Foresight, foresee
from metrics.period import DAY, Period
from metrics.scope import Scope
from metrics.snapshot import Snapshot
from metrics.topics import LEAST, TABLE, by_community, by_month, placed, series
from metrics.words import number

if TYPE_CHECKING:
    import numpy as np

FALSE = 0.05  # of the terms named, the share that chance may have named
MONTHS = 24  # of the past, at most
HIGH = 0.975
ENOUGH = 6  # closed months before a term can be tested
METHOD = (
    "**异动**",
    "每个词与它自己的往常相比:按前面最多24个整月里这个词的件数,折算到本月的工作日、休息日和春节(各类日子的轻重由全部诉求估计);"
    "往年有同一个月的,按往年同月再调整。各月之间本来波动大的,界限相应放宽:全部词共同的波动和这个词自己多出的波动都计入(负二项分布)。",
    f"所有词一起检验,按 Benjamini—Hochberg 把错误发现率控制在5%;本月不足{LEAST}件的不标出。"
    "模拟检验:没有任何异动、各月上下波动达一半的街道,之前满一年的,误报不超过5%;之前只有6到11个月的,最多约13%。",
    "各月件数完全相同的词算作一个,只检验一次。",
)


@dataclass(frozen=True)
class Emerging:
    """A term, or terms that always come together, and why it was named."""

    labels: tuple[str, ...]
    orders: int
    expected: float
    high: float  # with probability HIGH there are no more than so many
    chance: float  # of so many or more, if all were as usual
    concentrated: (
        tuple[str, int] | None
    )  # the community with most, and how many there, where it is half or more

    @property
    def label(self) -> str:
        return "、".join(self.labels[:3])

    @property
    def more(self) -> float:
        return self.orders - self.expected

    @property
    def why(self) -> str:
        usual = f"往常这样的一个月约{number(self.expected, 1)}件,多也不过{number(self.high)}件"
        where = (
            f",其中{self.concentrated[1]}件在{self.concentrated[0]}" if self.concentrated else ""
        )
        return f"本月{number(self.orders)}件{where};{usual}"


@dataclass(frozen=True)
class Tested:
    month: Period
    scope: Scope
    past: int  # closed months it was tested against
    tested: int
    found: tuple[Emerging, ...]  # least likely first
    seasoned: bool  # an earlier year has the same month

    @property
    def enough(self) -> bool:
        return self.past >= ENOUGH

    @cached_property
    def false_ones(self) -> float:
        """How many of those named are to be expected by chance, at most."""
        return FALSE * len(self.found)


def emerging(snapshot: Snapshot, period: Period, scope: Scope) -> Tested:
    """The terms of the last month of a period."""
    scope = by_community(snapshot, scope)
    month = Period.of("month", by_month(period).until - DAY, period.as_of)
    known = series(snapshot, scope)
    at = known.at.get(month.code)
    if at is None or not len(known.terms):
        return Tested(month, scope, 0, 0, (), False)
    past = min(at, MONTHS)
    if past < ENOUGH:
        return Tested(month, scope, past, 0, (), False)
    groups = known.together
    counts = known.counts[[members[0] for members in groups]]
    weights = snapshot.kept(("exposures", known.months), lambda: exposures(snapshot, known.months))
    before, now = counts[:, at - past : at], counts[:, at]
    usual = _foreseen(before, weights[at - past : at + 1])
    chance = usual.chance(now, FALSE)
    named = _named(chance, now, usual.expected)
    highs = usual.quantile(HIGH, named)
    found = [
        _told(
            snapshot,
            month,
            scope,
            tuple(known.terms[m] for m in groups[i]),
            (int(now[i]), float(usual.expected[i]), float(high), float(chance[i])),
        )
        for i, high in zip(named, highs, strict=True)
    ]
    return Tested(month, scope, past, len(groups), tuple(found), past >= YEAR)


def _foreseen(before: "np.ndarray", weights: "np.ndarray") -> Foresight:
    """The month after these; that month of earlier years is its season."""
    months = before.shape[1]
    return foresee(before, weights, range(months % YEAR, months, YEAR), recent=months)


def _named(chance: "np.ndarray", orders: "np.ndarray", expected: "np.ndarray") -> list[int]:
    """Places of the terms that pass, least likely first."""
    import numpy as np
    from scipy.stats import false_discovery_control

    passed = (false_discovery_control(chance) <= FALSE) & (orders >= LEAST) & (orders > expected)
    return sorted(np.flatnonzero(passed).tolist(), key=lambda i: (chance[i], -orders[i], i))


def _told(
    snapshot: Snapshot,
    month: Period,
    scope: Scope,
    labels: tuple[str, ...],
    numbers: tuple[int, float, float, float],
) -> Emerging:
    where = _concentrated(snapshot, month, scope, labels[0], numbers[0])
    return Emerging(labels, *numbers, where)


def _concentrated(
    snapshot: Snapshot, month: Period, scope: Scope, term: str, orders: int
) -> tuple[str, int] | None:
    if scope.level == "community":
        return None
    condition, values = placed(scope)
    rows = snapshot.query(
        f"SELECT community, CAST(sum(orders) AS INTEGER) AS n FROM {TABLE} WHERE term = ? AND month = ? "
        f"AND community IS NOT NULL AND {condition} GROUP BY ALL ORDER BY n DESC, community LIMIT 1",
        [term, month.start, *values],
    )
    if not rows or rows[0][1] < LEAST or rows[0][1] * 2 < orders:
        return None
    code, count = rows[0]
    return Scope("community", code).label(snapshot), count


SENTENCES = 3
LONGEST = 80


def examples(snapshot: Snapshot, tested: Tested, each: Emerging) -> tuple[str, ...]:
    """The latest sentences that say the term, masked, where this installation keeps texts at all."""
    if snapshot.meta.get("keep_text") != "true":
        return ()
    term, month = each.labels[0], tested.month
    condition, values = placed(tested.scope)
    rows = snapshot.query(
        "SELECT text FROM hotline WHERE accepted_at >= ? AND accepted_at < ? AND contains(text, ?) "
        f"AND COALESCE(valid, TRUE) AND NOT COALESCE(returned, FALSE) AND {condition} "
        "GROUP BY text ORDER BY max(accepted_at) DESC, text LIMIT ?",
        [month.start, month.end, term, *values, SENTENCES],
    )
    return tuple(_around(text, term) for (text,) in rows)


def _around(text: str, term: str) -> str:
    """The part of a long text that holds the term."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    start = max(0, text.index(term) - LONGEST // 2) if term in text else 0
    part = text[start : start + LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"
