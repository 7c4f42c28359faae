"""Which numbers stand large: one that is at its ceiling steps back, and the next rung takes its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from metrics import Measurement, card
from metrics.ladder import Headline, at_ceiling, chain, headline
from metrics.words import fraction_text, value_text
from ui import data, faces
from ui.cards import Chip, Face
from ui.panels.base import Where
from ui.state import View

CEILING = Chip("ceiling", "已到顶")


def headlines(
    view: View, metrics: Iterable[str], where: Where | None = None
) -> dict[str, Headline]:
    """For each metric that may hand over, what stands large in its place."""
    chains = {metric: chain(metric) for metric in metrics if card(metric).then}
    every = [name for names in chains.values() for name in names]
    found = data.measured(view, every, where=where) if every else {}
    return {metric: headline(metric, found) for metric in chains}


def shown(view: View, metrics: Iterable[str], where: Where | None = None) -> list[Measurement]:
    """The measurements that a sentence speaks of, each once."""
    metrics = list(metrics)
    instead = headlines(view, metrics, where)
    found = data.measured(view, [m for m in metrics if m not in instead], where=where)
    made = [instead[m].shown if m in instead else found[m] for m in metrics]
    return list({each.card.id: each for each in made}.values())


def cards(
    view: View, blocks: Mapping[str, Sequence[str]], where: Where | None = None
) -> dict[str, list[Face]]:
    """The cards of each block, what is at its ceiling kept small under the card that took over."""
    metrics = [metric for block in blocks.values() for metric in block]
    instead = headlines(view, metrics, where)
    stands = {
        metric: instead[metric].shown.card.id if metric in instead else metric for metric in metrics
    }
    made = faces.faces(view, list(dict.fromkeys(stands.values())), where)
    placed: set[str] = set()
    rows: dict[str, list[Face]] = {}
    for name, block in blocks.items():
        for metric in dict.fromkeys(stands[each] for each in block):
            if metric not in placed:
                placed.add(metric)
                passed = [h for each, h in instead.items() if stands[each] == metric]
                rows.setdefault(name, []).append(_face(made[metric], passed))
    return rows


def _face(face: Face, behind: Sequence[Headline]) -> Face:
    """`behind` are the metrics that this card stands for."""
    small = {each.card.id: each for one in behind for each in one.passed}
    if behind and at_ceiling(behind[0].shown):
        running = [chip for chip in face.chips if chip.words == "进行中"]
        face = replace(face, chips=[CEILING, *running])
    lines = [face.delta, *map(_dimmed, small.values())]
    return replace(face, delta="  \n".join(filter(None, lines)))


def _dimmed(measured: Measurement) -> str:
    name = faces.short_label(measured.card)
    value = value_text(measured.card, measured.total)
    fraction = fraction_text(measured.total)
    return f"{CEILING.markdown} {name} {value}({fraction})"
