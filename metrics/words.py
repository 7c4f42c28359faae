"""Numbers as Chinese text, by rule: no word says more than the test behind it.

“上升” and “下降” are written only when the difference passes its test; otherwise the difference is said
to lie within chance.
"""

from math import sqrt

from metrics import intervals
from metrics.definitions import Card
from metrics.result import NOT_REPORTED, Measurement, Row
from metrics.variation import Verdict

HIDDEN = "已隐藏"
NEWS = 2.576  # 99%: counts of complaints vary more than chance alone would have them
FEW = 30  # below this a change is printed as a number of things, not as a percentage
JUDGED = {
    "ordinary": "处于正常波动范围",
    "high": "高于正常波动范围",
    "low": "低于正常波动范围",
    "few": "样本不足,不作判断",
    "ceiling": "已到顶",
    "unknown": "无法判断",
}


def number(value: float, digits: int = 0) -> str:
    """1,234 and 1,234.5; half rounds up, as readers expect."""
    return f"{value + (1e-9 if value >= 0 else -1e-9):,.{digits}f}"


def percent(value: float, digits: int = 1) -> str:
    """93.4%. Only what is whole prints as 100%, only what is nothing prints as 0%."""
    edge = 10**-digits
    shown = value * 100
    if value < 1 and shown > 100 - edge / 2:
        shown = 100 - edge
    if value > 0 and shown < edge / 2:
        return f"<{edge:.{digits}f}%"
    return f"{number(shown, 0 if value in (0, 1) else digits)}%"


def amount(card: Card, value: float) -> str:
    """A value with its unit."""
    if card.unit in ("share", "ratio"):
        return percent(value)
    if card.unit == "per_thousand":
        return f"{number(value, 1)}{card.word}/千人"
    return f"{number(value, 1 if card.unit == 'mean' else 0)}{card.word}"


def value_text(card: Card, row: Row) -> str:
    """What stands on a card: the value, or 已隐藏, 未上报, 无; never a zero for any of these."""
    if row.hidden:
        return HIDDEN
    if row.value is None:
        return NOT_REPORTED if (row.reason or "").startswith(NOT_REPORTED) else "—"
    return amount(card, row.value)


def fraction_text(row: Row) -> str:
    """385/412, or nothing where there is no base to show."""
    if row.numerator is None or row.denominator is None:
        return ""
    return f"{number(row.numerator)}/{number(row.denominator)}"


def sentence(measured: Measurement, verdict: Verdict | None = None) -> str:
    """One metric in words: 按时办结率(应办结口径)93.4%(385/412),低于目标95%."""
    card, row = measured.card, measured.total
    if row.value is None:
        return f"{card.label}{value_text(card, row)}({row.reason})" if row.reason else card.label
    fraction = fraction_text(row)
    text = f"{card.label}{amount(card, row.value)}" + (f"({fraction})" if fraction else "")
    said = [text, *filter(None, [target_text(measured)])]
    if verdict is not None and verdict.judgement != "unknown":
        said.append(JUDGED[verdict.judgement])
    return ",".join(said)


def target_text(measured: Measurement) -> str:
    """Against the target, where there is one and the interval does not leave it open."""
    row, target = measured.total, measured.target
    if target is None or row.value is None:
        return ""
    goal = f"目标{amount(measured.card, target)}"
    if row.value >= target:
        return f"达到{goal}" if measured.card.direction != "lower" else f"高于{goal}"
    if measured.card.direction == "lower":
        return f"低于{goal},已达标"
    if row.high is not None and row.high >= target:
        return f"低于{goal},但差距在随机波动范围内"
    return f"低于{goal}"


def change(now: Measurement, before: Measurement, label: str) -> str:
    """The difference from another period: 较上月上升3.1个百分点, or that chance explains it."""
    new, old = now.total, before.total
    if new.value is None or old.value is None:
        return f"{label}无可比数据"
    if now.card.unit == "share":
        return _change_of_share(new, old, label)
    if now.card.unit == "count":
        return _change_of_count(now, before, label)
    return f"{label}{_signed(new.value - old.value, 1)}"


def _change_of_share(new: Row, old: Row, label: str) -> str:
    points = ((new.value or 0) - (old.value or 0)) * 100
    pairs = [(row.numerator or 0, row.denominator or 0) for row in (new, old)]
    if any(not 0 <= above <= below for above, below in pairs):
        return f"{label}{_signed(points, 1)}个百分点"
    low, high = intervals.difference(pairs[0], pairs[1])
    if low <= 0 <= high:
        return f"{label}基本持平({_signed(points, 1)}个百分点,波动范围内)"
    return f"{label}{'上升' if points > 0 else '下降'}{number(abs(points), 1)}个百分点"


def _change_of_count(now: Measurement, before: Measurement, label: str) -> str:
    new, old = now.total.numerator or 0, before.total.numerator or 0
    word, days = now.card.word, (now.period.days or 1, before.period.days or 1)
    more = new - old
    share = f",{_signed(more / old * 100, 1)}%" if old >= FEW else ""
    if now.card.when == "flow" and not _differs(new, old, *days):
        return f"{label}基本持平({_signed(more)}{word},波动范围内)"
    if not more:
        return f"{label}持平"
    return f"{label}{'增加' if more > 0 else '减少'}{number(abs(more))}{word}{share}"


def _differs(new: float, old: float, days_new: int, days_old: int) -> bool:
    """Whether two counts have different rates per day, given how many there are together."""
    together = new + old
    expected = together * days_new / (days_new + days_old)
    spread = sqrt(together * days_new * days_old) / (days_new + days_old)
    return bool(together) and abs(new - expected) > NEWS * spread


def _signed(value: float, digits: int = 0) -> str:
    return ("+" if value >= 0 else "-") + number(abs(value), digits)
