"""Did a metric move as a meeting decided? Only where it moved far enough and not by chance.

The movement is from one period to a later one. Whether it is news is for the status of the later one
(metrics/status.py) to say: what stays within the usual variation is no success, and no failure either
as long as the interval leaves the goal open.
"""

from dataclasses import dataclass

from metrics import intervals
from metrics.control import Chart
from metrics.definitions import Card
from metrics.past import status_of
from metrics.result import Measurement, Row
from metrics.status import SIGNS, VERDICTS, Side, Status, Verdict
from metrics.words import amount as amount_text
from metrics.words import number, value_text


@dataclass(frozen=True)
class Aim:
    """Towards `side` by at least `amount`, in the metric's own terms: 0.05 of a share is 5 个百分点."""

    side: Side
    amount: float

    def goal(self, start: float) -> float:
        return start + self.amount if self.side == "high" else start - self.amount

    def met_by(self, value: float, start: float) -> bool:
        goal = self.goal(start)
        return value >= goal if self.side == "high" else value <= goal


@dataclass(frozen=True)
class Judged:
    verdict: Verdict
    because: str

    @property
    def words(self) -> str:
        return VERDICTS[self.verdict]


def unclear(because: str) -> Judged:
    return Judged("unclear", because)


def aim_text(card: Card, aim: Aim) -> str:
    """上升至少5个百分点; 下降,不限多少."""
    way = "上升" if aim.side == "high" else "下降"
    if card.unit == "count":
        way = "增加" if aim.side == "high" else "减少"
    return f"{way}至少{step_text(card, aim.amount)}" if aim.amount else f"{way},不限多少"


def step_text(card: Card, amount: float) -> str:
    points = card.unit in ("share", "ratio")
    shown = amount * 100 if points else amount
    word = "个百分点" if points else card.word
    return f"{number(shown, 0 if float(shown).is_integer() else 1)}{word}"


def judge(aim: Aim, before: Measurement, now: Measurement, limits: Chart | None) -> Judged:
    """`limits` is the control chart of the metric's own past; None where it has none."""
    if before.card.key != now.card.key:
        return unclear(f"口径已由`{before.card.key}`改为`{now.card.key}`,前后不可比")
    if now.period.is_open:
        return unclear(f"{now.period.label}还没有结束")
    for each in (before, now):
        if each.total.value is None:
            return unclear(f"{each.period.label}{value_text(each.card, each.total)}")
        if each.card.is_rate and not each.enough(each.total):
            return unclear(f"{SIGNS['few'].words}:{each.period.label}分母不足{each.card.minimum_n}")
    found = status_of(now, limits)
    if found is None or limits is None:
        return unclear("没有控制图可以判断")
    return _moved(aim, before, now, limits, found)


def _moved(aim: Aim, before: Measurement, now: Measurement, limits: Chart, found: Status) -> Judged:
    start, value = before.total.value or 0.0, now.total.value or 0.0
    said = f"{before.period.label}{_text(before)},{now.period.label}{_text(now)}"
    if aim.met_by(value, start):
        if found.kind == "few":
            return unclear(f"{said};{found.clause}")
        side = limits.test(now.total, now.period).side
        if side == aim.side:
            return Judged("reached", f"{said};{found.clause}")
        if side is None:
            return unclear(f"{said};幅度够了,但处于正常波动范围,可能只是碰巧")
        return unclear(f"{said};幅度够了,但和自己的历史比{found.clause}")
    if _open(aim, start, now.card, now.total):
        return unclear(f"{said};幅度不够,但差距在随机波动范围内")
    return Judged("missed", f"{said};幅度不够")


def _open(aim: Aim, start: float, card: Card, row: Row) -> bool:
    """Whether the interval of what was found leaves room for the goal."""
    low, high = row.low, row.high
    if card.unit == "count":
        low, high = intervals.events(row.numerator or 0)
    return low is not None and high is not None and low <= aim.goal(start) <= high


def _text(measured: Measurement) -> str:
    return amount_text(measured.card, measured.total.value or 0.0)
