"""What a step says: the sentence of its slide, from what was measured, with nothing drawn yet."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from metrics import Measurement, card, waiting
from metrics.labels import CLASSES, LABELLED
from metrics.ladder import DAYS, Rung, asked, rungs
from metrics.survival import Durations
from metrics.words import number, sentence
from reports.followup import last_time
from reports.steps import Step, Way, ledger
from ui import attention, data, faces, history, reading
from ui.charts import Mark
from ui.panels import compare, ladder
from ui.panels.base import leading
from ui.panels.groups import lowest
from ui.state import View

LEDGERS = {"hotline": "工单", "cases": "案件"}


def finding(view: View, step: Step) -> str:
    """The sentence of any step on any view."""
    if step.card is None:
        return f"指标{step.metric}已不在口径库里,请在会议汇报页删去或换掉这一步"
    return WAYS[step.way](view, step)


def findings(view: View, steps: Sequence[Step]) -> list[str]:
    """Of a list that is only read. Kept with the snapshot, but for what the notebook tells too."""
    return [
        finding(view, step)
        if step.way == "decided"
        else data.worded(
            view,
            ("finding", step.way, step.metric, step.cut),
            lambda one=step: finding(view, one),
        )
        for step in steps
    ]


def now(view: View, metric: str) -> Measurement:
    """Over the period, or over what of it may be published."""
    period = faces.published(card(metric), view.period)
    return data.measured(view, [metric], period=period)[metric]


def parts(view: View, step: Step) -> Measurement:
    """The groups of a step, over the same period."""
    period = faces.published(card(step.metric), view.period)
    return data.measured(view, [step.metric], period=period, by=(step.cut,))[step.metric]


def largest_first(found: Measurement) -> list[Mark]:
    """The groups that hold anything; classes stay in their own order."""
    marks = [mark for mark in reading.marks(found) if mark.value]
    if found.by[-1] not in CLASSES:
        marks.sort(key=lambda mark: -(mark.value or 0))
    return marks


def comparable(view: View, step: Step) -> bool:
    """Whether the scope holds several of the areas that a step compares."""
    return step.cut != "community" or step.cut in view.scope.narrower


def evidence(view: View, step: Step) -> Sequence[Rung]:
    which = ledger(step.metric)
    return rungs(which, DAYS[0], data.measured(view, asked(which, DAYS[0])))


def taken(view: View, step: Step) -> Durations:
    return data.durations(view, ledger(step.metric))


def by_group(view: View, step: Step) -> Measurement:
    period = faces.published(card(step.metric), view.period)
    return data.measured(view, [step.metric], period=period, by=("group",))[step.metric]


def _trend(view: View, step: Step) -> str:
    found = now(view, step.metric)
    judged = history.charts(view, [card(step.metric)]).get(step.metric)
    return sentence(found, faces.status_of(found, judged))


def _breakdown(view: View, step: Step) -> str:
    found = parts(view, step)
    return leading(largest_first(found), found.card.word)


def _differences(view: View, step: Step) -> str:
    if not comparable(view, step):
        return f"{view.scope.label(view.snapshot)}以下没有{LABELLED[step.cut]}可以比较"
    return compare.who_differs(view, parts(view, step), step.cut)


def _evidence(view: View, step: Step) -> str:
    return ladder.finding(evidence(view, step))


def _closing(view: View, step: Step) -> str:
    return waiting.finding(taken(view, step), LEDGERS[ledger(step.metric)])


def _groups(view: View, step: Step) -> str:
    return lowest(by_group(view, step))


def _attention(view: View, step: Step) -> str:
    items = attention.items(view)
    many = Counter(item.verdict for item in items)
    signs = "、".join(f"{sign}{number(n)}项" for sign, n in many.items())
    return f"需要关注{number(len(items))}项:{signs}" if items else "没有需要关注的单位和来源"


def _decided(view: View, step: Step) -> str:
    return last_time(view.snapshot, role=view.role).sentence


WAYS: Mapping[Way, Callable[[View, Step], str]] = {
    "decided": _decided,
    "trend": _trend,
    "breakdown": _breakdown,
    "differences": _differences,
    "evidence": _evidence,
    "closing": _closing,
    "groups": _groups,
    "attention": _attention,
}
