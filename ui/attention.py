"""What needs attention, each with its number and where to look; and what has changed, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from metrics import Measurement, Row
from metrics.control import Chart
from metrics.lineage import refusal
from metrics.past import status_of
from metrics.records import LEVELS
from metrics.status import SIGNS, Kind, Status
from metrics.words import change, fraction_text, number, percent, value_text
from ui import data, history
from ui.panels.compare import limits_of
from ui.state import View
from ui.words import literal

# What the list is made from.
METRICS = (
    "hotline_overdue",
    "hotline_due_48h",
    "case_overdue",
    "case_due_48h",
    "hotline_on_time_due",
    "hotline_per_1000",
    "activity_monthly_compliance",
)
MOST_UNITS = 2
LEAST = 10  # a change of fewer things is not worth a sentence


@dataclass(frozen=True)
class Item:
    """One line of the list. `page` is a page file's name without its ending."""

    who: str
    what: str
    much: str
    verdict: str
    page: str
    area: str = ""
    where: Mapping[str, str] = field(default_factory=dict)  # filters of that page


def items(view: View) -> list[Item]:
    """Most urgent first: deadlines, then units beyond chance, then silence."""
    return list(data.worded(view, ("attention",), lambda: _items(view)))


def _items(view: View) -> tuple[Item, ...]:
    return *_deadlines(view), *_units(view), *_quiet_grids(view), *_idle(view), *_late(view)


def _deadlines(view: View) -> Iterable[Item]:
    """The units with most overdue, then with most due within 48 hours, orders and cases apart."""
    for table, what, page in (
        ("hotline", "未办结工单", "hotline"),
        ("case", "未办结案件", "resolution"),
    ):
        metrics = f"{table}_overdue", f"{table}_due_48h"
        found = data.measured(view, metrics, by=("unit",))
        overdue, soon = (
            {row.group[0]: row.value or 0 for row in found[metric].rows} for metric in metrics
        )
        names = {row.group[0]: row.label for each in found.values() for row in each.rows}
        ordered = sorted(names, key=lambda u: (-overdue.get(u, 0), -soon.get(u, 0), names[u]))
        for unit in ordered[:MOST_UNITS]:
            late, near = overdue.get(unit, 0), soon.get(unit, 0)
            said = [f"逾期{number(late)}件"] * bool(late) + [
                f"48小时内到期{number(near)}件"
            ] * bool(near)
            if said:
                sign = "× 逾期" if late else "△ 临期"
                where = {"unit": names[unit]} if unit else {}
                yield Item(names[unit], what, ",".join(said), sign, page, where=where)


def _units(view: View) -> Iterable[Item]:
    metric = "hotline_on_time_due"
    if not view.scope.narrower:
        return
    for row, found in _special(view, metric, "community"):
        if found.kind == "worse":
            much = f"{percent(row.value or 0)}({fraction_text(row)}),低于随机波动下限"
            sign = found.sign.mark
            yield Item(row.label, "按时办结率", much, sign, "hotline", row.group[0] or "")


def _quiet_grids(view: View) -> Iterable[Item]:
    if "grid" not in view.scope.narrower:
        return
    sides: tuple[tuple[Kind, str], ...] = (
        ("high", "诉求多于随机波动"),
        ("low", "诉求少于随机波动"),
    )
    special = _special(view, "hotline_per_1000", "grid")
    for side, words in sides:
        rows = [row for row, found in special if found.kind == side]
        if rows:
            first = rows[0]
            name = first.label if len(rows) == 1 else f"{first.label}等{len(rows)}个网格"
            much = f"每千人{number(first.value or 0, 1)}件({number(first.numerator or 0)}件)"
            yield Item(name, words, much, SIGNS[side].mark, "grids")


def _special(view: View, metric: str, dimension: str) -> list[tuple[Row, Status]]:
    """The units that chance does not explain, each as it was judged."""
    units = data.measured(view, [metric], by=(dimension,))[metric]
    limits = limits_of(view, units)
    if limits is None or not limits.special:
        return []
    judged = ((row, limits.statuses.get(row.group[0] or "")) for row in units.rows)
    return [(row, found) for row, found in judged if found and found.special]


def _idle(view: View) -> Iterable[Item]:
    metric = "activity_monthly_compliance"
    if "community" not in view.scope.narrower:
        return
    for row in data.measured(view, [metric], by=("community",))[metric].rows:
        if row.value is not None and row.value < 1:
            much = f"{fraction_text(row)}个月有活动"
            yield Item(row.label, "月月有活动", much, "× 未达标", "estates", row.group[0] or "")


def _late(view: View) -> Iterable[Item]:
    today = view.snapshot.as_of
    for source in view.snapshot.freshness():
        if source.is_late(today):
            much = f"已{source.age_days(today)}天没有新记录"
            yield Item(source.label, "数据未更新", much, "△ 超期", "quality")


@dataclass(frozen=True)
class Move:
    """A group now and in the period before, in words; `news` when chance does not explain it."""

    row: Row
    words: str
    news: bool


def moves(
    now: Measurement, before: Measurement, label: str, charts: Mapping[str, Chart]
) -> list[Move]:
    """Largest groups first; groups too small to speak of are left out. `charts` know how much each
    group varies from month to month."""
    old = {row.group: row for row in before.rows}
    found = []
    for row in sorted(now.rows, key=lambda row: -(row.value or 0)):
        past = old.get(row.group)
        if past is None or row.group[-1] is None or max(row.value or 0, past.value or 0) < LEAST:
            continue
        chart = charts.get(row.group[-1])
        words = change(now, before, label, chart, (row, past))
        found.append(Move(row, words, "波动范围内" not in words and "持平" not in words))
    return found


def totals(view: View, metrics: Sequence[str]) -> list[str]:
    """Each metric now against the period before; what cannot be compared is left out."""
    return list(data.worded(view, ("totals", *metrics), lambda: _totals(view, metrics)))


def _totals(view: View, metrics: Sequence[str]) -> list[str]:
    now = data.measured(view, metrics)
    before = data.measured(view, metrics, period=view.before)
    charts = history.charts(view, [each.card for each in now.values()])
    refused = refusal(view.snapshot, view.scope, view.period, view.before, view.compare)
    return [
        f"{now[metric].card.label} **{value_text(now[metric].card, now[metric].total)}**,"
        + _unusual(now[metric], charts.get(metric))
        + (refused or change(now[metric], before[metric], view.before_label, charts.get(metric)))
        for metric in metrics
        if now[metric].total.value is not None and before[metric].total.value is not None
    ]


def _unusual(now: Measurement, chart: Chart | None) -> str:
    """A level that chance does not explain is said before a change from the last period that it does."""
    found = status_of(now, chart)
    return f"{found.sign.short}(与以往各期相比);" if found and found.special else ""


def sentences(view: View, metric: str, dimension: str, counted: str) -> list[str]:
    """What moved, then how many did not. `counted` is the word for the groups: 个类别.
    Areas are compared only where the scope holds several."""
    key = ("sentences", metric, dimension, counted)
    return list(data.worded(view, key, lambda: _sentences(view, metric, dimension, counted)))


def _sentences(view: View, metric: str, dimension: str, counted: str) -> list[str]:
    if dimension in LEVELS and dimension not in view.scope.narrower:
        return []
    if reason := refusal(view.snapshot, view.scope, view.period, view.before, view.compare):
        return [reason]
    now = data.measured(view, [metric], by=(dimension,))[metric]
    before = data.measured(view, [metric], period=view.before, by=(dimension,))[metric]
    charts = history.parts(view, now.card, dimension)
    found = moves(now, before, view.before_label, charts)
    news = [move for move in found if move.news]
    said = [
        f"{literal(move.row.label)} **{number(move.row.value or 0)}{now.card.word}**,{move.words}"
        for move in news
    ]
    if rest := len(found) - len(news):
        others = "其余" if news else ""
        said.append(f"{others}{rest}{counted}{view.before_label}都在随机波动范围内")
    return said
