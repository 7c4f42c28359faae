"""What every panel says about itself: the metric, its base, its period and how many it is made of."""

from collections.abc import Callable, Mapping, Sequence

from metrics import Measurement
from metrics.words import number
from ui import data, reading
from ui.downloads import Sheet
from ui.links import of_decision, of_metric, of_version
from ui.panel import Panel
from ui.state import View

Where = Mapping[str, str]


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
