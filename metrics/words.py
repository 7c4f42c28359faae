"""Numbers as Chinese text, by rule: no word says more than the test behind it.

“上升” and “下降” are written only when the difference passes its test; otherwise the difference is said
to lie within chance. What judges is metrics/status.py; here are the words of numbers and of changes.
"""

from math import sqrt

from metrics import intervals
from metrics.control import Chart
from metrics.definitions import Card
from metrics.funnel import BEYOND, Funnel
from metrics.result import NOT_REPORTED, Measurement, Row
from metrics.status import SIGNS, Status

HIDDEN = SIGNS["hidden"].words
NEWS = 2.576  # 99%: a page compares some thirty numbers, and one of them should not move by chance
SHOWN = 0.1  # the smallest difference of rates and means that is printed
FEW = 30  # below this a change is printed as a number of things, not as a percentage


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


def sentence(measured: Measurement, found: Status | None = None) -> str:
    """One metric in words: 按时办结率(应办结口径)93.4%(385/412),低于目标95%,处于正常波动范围."""
    card, row = measured.card, measured.total
    if row.value is None:
        return f"{card.label}{value_text(card, row)}({row.reason})" if row.reason else card.label
    fraction = fraction_text(row)
    text = f"{card.label}{amount(card, row.value)}" + (f"({fraction})" if fraction else "")
    said = [text, *filter(None, [target_text(measured)])]
    if found is not None:
        said.append(found.clause)
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


MANY = 20  # comparisons at once, from which some are expected to mislead


def cautions(found: Funnel, name: str) -> list[str]:
    """What a reader should know before believing an exception: units that vary widely, many at once."""
    said = []
    if found.phi > 1:
        wide = number(sqrt(found.phi), 1)
        said.append(f"各{name}之间的差异大于随机,界限已放宽到{wide}倍(φ={number(found.phi, 1)})。")
    if found.judged >= MANY:
        false = number(found.judged * BEYOND, 1)
        said.append(f"{found.judged}个{name}一起比,即使全都一样,预计也会误报{false}个。")
    if found.spared:
        said.append(f"另有{found.spared}个{name}略超界限,比较的多了难免碰上,不算。")
    return said


def change(
    now: Measurement,
    before: Measurement,
    label: str,
    chart: Chart | None = None,
    rows: tuple[Row, Row] | None = None,
) -> str:
    """The difference from another period: 较上月上升3.1个百分点, or that chance explains it.

    `chart` is the metric's own past: it knows how much its periods differ beyond chance. `rows` are one
    group's, now and then, where the measurements hold several."""
    new, old = rows or (now.total, before.total)
    if new.value is None or old.value is None:
        return f"{label}无可比数据"
    if now.card.unit == "count":
        return _change_of_count(now, before, label, chart, (new, old))
    points = now.card.unit in ("share", "ratio")
    difference = (new.value - old.value) * (100 if points else 1)
    word = "个百分点" if points else now.card.word
    moved = differs(now, before, chart, (new, old))
    if not difference:
        return f"{label}持平"
    said = _signed(difference, 1) if abs(difference) >= SHOWN / 2 else f"相差不足{SHOWN}"
    if moved is None:
        return f"{label}{said}{word}"
    if not moved:
        return f"{label}基本持平({said}{word},波动范围内)"
    return f"{label}{'上升' if difference > 0 else '下降'}{number(abs(difference), 1)}{word}"


def differs(
    now: Measurement,
    before: Measurement,
    chart: Chart | None = None,
    rows: tuple[Row, Row] | None = None,
) -> bool | None:
    """Whether chance, and the usual differences between periods, do not explain a change. None where
    there is no test: a stock, a mean without a past."""
    new, old = rows or (now.total, before.total)
    spread = chart.dispersion if chart else None
    if now.card.unit == "share":
        return _shares_differ(new, old, spread or 1.0)
    if now.card.when != "flow":
        return None
    if now.card.unit in ("count", "per_thousand"):
        sizes = [
            (row.denominator or 1) * (each.period.days or 1)
            for row, each in ((new, now), (old, before))
        ]
        counts = new.numerator or 0, old.numerator or 0
        return _counts_differ(*counts, sizes[0], sizes[1], spread or 1.0)
    if chart is None or spread is None:
        return None
    units = [chart.unit_days / (each.period.days or 1) for each in (now, before)]
    return abs((new.value or 0) - (old.value or 0)) > NEWS * spread * sqrt(sum(units))


def _shares_differ(new: Row, old: Row, spread: float) -> bool | None:
    pairs = [(row.numerator or 0, row.denominator or 0) for row in (new, old)]
    if any(not 0 <= above <= below or not below for above, below in pairs):
        return None
    low, high = intervals.difference(pairs[0], pairs[1], NEWS * spread)
    return not low <= 0 <= high


def _counts_differ(new: float, old: float, size_new: float, size_old: float, spread: float) -> bool:
    """Two counts per day (and resident), given how many there are together."""
    together, whole = new + old, size_new + size_old
    expected = together * size_new / whole
    chance = sqrt(together * size_new * size_old) / whole
    return abs(new - expected) > NEWS * spread * chance


def _change_of_count(
    now: Measurement,
    before: Measurement,
    label: str,
    chart: Chart | None,
    rows: tuple[Row, Row],
) -> str:
    new, old = (row.numerator or 0 for row in rows)
    word, more = now.card.word, new - old
    share = f",{_signed(more / old * 100, 1)}%" if old >= FEW else ""
    if not more:
        return f"{label}持平"
    if differs(now, before, chart, rows) is False:
        return f"{label}基本持平({_signed(more)}{word},波动范围内)"
    return f"{label}{'增加' if more > 0 else '减少'}{number(abs(more))}{word}{share}"


def _signed(value: float, digits: int = 0) -> str:
    return ("+" if value >= 0 else "-") + number(abs(value), digits)
