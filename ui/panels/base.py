"""What every panel says about itself: the metric, its base, its period and how many it is made of."""

from collections.abc import Callable, Mapping, Sequence

from metrics import Measurement
from metrics.words import FEW, number
from ui import data, reading
from ui.charts import Mark
from ui.downloads import Sheet
from ui.links import of_decision, of_metric, of_version
from ui.panel import Panel
from ui.state import View
from ui.words import literal

Where = Mapping[str, str]
MOST_NAMED = 3


def about(
    name: str,
    title: str,
    found: Sequence[Measurement],
    subtitle: str,
    notes: Sequence[str] = (),
    sheet: Callable[[], Sheet] | None = None,
) -> Panel:
    first = found[0]
    return Panel(
        name=name,
        title=title,
        subtitle=" · ".join(filter(None, [first.card.label, first.card.base, subtitle])),
        sheet=sheet or (lambda: reading.sheet(found)),
        definition=[
            line
            for each in found
            for line in (*reading.definition(each.card, each.as_of), of_metric(each))
        ],
        versions={each.card.key: of_version(each) for each in found},
        decide=of_decision(first),
        notes=notes,
        remarks=[words for each in found for words in each.notes],
    )


def size(view: View, found: Measurement, where: Where | None) -> str:
    """Period and n: of the whole that the chart divides."""
    metric = found.card.id
    total = data.measured(view, [metric], period=found.period, where=where)[metric].total
    count = total.denominator if found.card.unit == "share" else total.numerator
    size = "" if count is None else f" · 共{number(count)}{found.card.word}"
    return f"{found.period.label}{size}"


def leading(marks: Sequence[Mark], word: str, subject: str = "") -> str:
    """Who comes first, if anyone can be said to. The marks come largest first; `word` is what they count."""
    known = [mark for mark in marks if mark.value]
    if not known:
        return f"{subject}没有记录"
    if len(marks) == 1:
        return f"{subject}都是{literal(known[0].label)}({known[0].text})"
    if sum(mark.value or 0 for mark in known) < FEW:
        return f"{subject}合计不足{FEW}{word},不排先后"
    first = [mark for mark in known if mark.value == known[0].value]
    start = f"{subject}:" if subject else ""
    names = "、".join(literal(mark.label) for mark in first[:MOST_NAMED])
    if len(first) > 1:
        more = f"等{len(first)}项" if len(first) > MOST_NAMED else ""
        return f"{start}{names}{more}并列最多(各{known[0].text})"
    after = f",其次{literal(known[1].label)}({known[1].text})" if len(known) > 1 else ""
    return f"{start}{names}最多({known[0].text}){after}"
