"""Metric cards made ready: measured over a period that may be published, judged, put into words."""

from collections.abc import Mapping, Sequence

from metrics import Card, Measurement, Period, card
from metrics.control import Chart
from metrics.lineage import refusal
from metrics.past import published, status_of
from metrics.result import NOT_REPORTED
from metrics.status import URGENCY, Kind, Status
from metrics.words import change, fraction_text, number, percent, sentence, target_text, value_text
from ui import data, history, reading
from ui.cards import Chip, Face
from ui.links import of_metric
from ui.state import View
from ui.trails import Trail, trails
from ui.words import unbroken

# A target stands where a status of this urgency would: met, it may not cover a rate at its ceiling.
MISSED: Kind = "worse"
MET: Kind = "better"
SAME = "持平"
SAID: frozenset[Kind] = frozenset({"missing", "hidden"})  # by the value itself


def faces(
    view: View, metrics: Sequence[str], where: Mapping[str, str] | None = None
) -> dict[str, Face]:
    """In the order asked for."""
    key = ("faces", *metrics, data.filters(where))
    made = data.worded(view, key, lambda: _faces(view, metrics, where))
    return {metric: made[metric] for metric in metrics}


def _faces(view: View, metrics: Sequence[str], where: Mapping[str, str] | None) -> dict[str, Face]:
    """Metrics of one period are measured in one go."""
    chosen = [card(metric) for metric in metrics]
    charts = history.charts(view, chosen, where=where)
    past = trails(view, chosen, charts, where)
    made: dict[str, Face] = {}
    for period in dict.fromkeys(published(each, view.period) for each in chosen):
        ids = [each.id for each in chosen if published(each, view.period) == period]
        now = data.measured(view, ids, period=period, where=where)
        before = data.measured(view, ids, period=_before(view, period), where=where)
        made |= {
            metric: _face(
                view, now[metric], before[metric], past.get(metric, Trail()), charts.get(metric)
            )
            for metric in ids
        }
    return made


def _face(
    view: View, now: Measurement, before: Measurement, past: Trail, chart: Chart | None
) -> Face:
    found = status_of(now, chart)
    words = (
        target_text(now) or "没有设目标"
        if view.compare == "目标"
        else _change(view, now, before, chart)
    )
    return Face(
        metric=now.card.id,
        label=short_label(now.card),
        value=value_text(now.card, now.total),
        base=_base(view, now),
        chips=chips(now, found),
        definition=[*reading.definition(now.card, now.as_of), of_metric(now)],
        marks=past.marks,
        limits=past.limits,
        counts=not now.card.is_rate,
        delta=words,
        dim=found is not None and found.kind == "ceiling",
    )


def short_label(card: Card) -> str:
    """Without a base in brackets that the line below the value says anyway."""
    name, bracket, base = card.label.partition("(")
    return name if bracket and base.rstrip(")") in card.base else card.label


def chips(now: Measurement, found: Status | None) -> list[Chip]:
    """At most two: what most needs to be known, and that the period is not over."""
    said: list[tuple[Kind, Chip]] = []
    if found is not None and found.kind not in SAID:
        said.append((found.kind, Chip.of(found)))
    if target := _target(now):
        said.append(target)
    said.sort(key=lambda each: URGENCY.index(each[0]))
    running = (
        [Chip("○", "进行中", "gray")] if now.period.is_open and now.card.when == "flow" else []
    )
    return [*(chip for _, chip in said[:1]), *running]


def _target(now: Measurement) -> tuple[Kind, Chip] | None:
    """Against the target, and how urgent that is."""
    row, target = now.total, now.target
    if target is None or row.value is None or row.hidden or not now.enough(row):
        return None
    goal = f"目标{percent(target, 0) if now.card.unit == 'share' else number(target)}"
    lower_is_better = now.card.direction == "lower"
    if (row.value <= target) if lower_is_better else (row.value >= target):
        return MET, Chip("√", f"达到{goal}", "blue")
    if row.low is not None and row.high is not None and row.low <= target <= row.high:
        return MET, Chip("≈", f"与{goal}无法区分", "gray")
    return MISSED, Chip("×", f"高于{goal}" if lower_is_better else f"低于{goal}", "orange")


def _change(view: View, now: Measurement, before: Measurement, chart: Chart | None) -> str:
    """Short enough for a card: the difference, and whether chance explains it."""
    new, old = now.total, before.total
    if new.value is None or old.value is None:
        return ""
    if reason := refusal(view.snapshot, now.scope, now.period, before.period, view.compare):
        return reason
    label = "较上年同期" if view.compare == "同比" else now.period.compare_label
    moved = signed(now.card, new.value - old.value)
    within = moved != SAME and "波动范围内" in change(now, before, label, chart)
    return f"{label} {moved}{'(波动内)' if within else ''}"


def signed(card: Card, difference: float) -> str:
    points = card.unit in ("share", "ratio")
    text = number(abs(difference * 100 if points else difference), 0 if card.unit == "count" else 1)
    if not float(text.replace(",", "")):
        return SAME
    return f"{'+' if difference > 0 else '−'}{text}{'个百分点' if points else card.word}"


def _before(view: View, period: Period) -> Period:
    return period.year_ago() if view.compare == "同比" else period.previous()


def _base(view: View, now: Measurement) -> str:
    """Parts, base and as-of date; its period too where that is not the one chosen above."""
    known = now.total.value is not None
    parts = (
        now.period.label if now.period != view.period and now.card.when == "flow" else "",
        fraction_text(now.total) if known else (now.total.reason or "").removeprefix(NOT_REPORTED),
        now.card.base,
        f"截至{now.as_of.month}月{now.as_of.day}日",
    )
    said = [part.strip(":：") for part in parts if part]
    return "\u00a0· ".join(unbroken(part) if len(part) < 10 else part for part in said if part)


def headline(view: View, found: Sequence[Measurement], about: str, more: str = "") -> str:
    """The page's first answer: each metric in a sentence, the first judged against its past.
    `more` names what the page is filtered by."""
    known = [each for each in found if each.total.value is not None]
    place = "" if view.scope.code is None else view.scope.label(view.snapshot)
    if not known:
        return f"{view.period.label}{place}{more}没有{about}记录"
    start = f"{known[0].period.label}{place}{more}"
    chart = history.charts(view, [known[0].card], where=known[0].where).get(known[0].card.id)
    said = [sentence(known[0], status_of(known[0], chart)), *map(sentence, known[1:])]
    return start + ";".join(said)
