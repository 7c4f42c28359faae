"""Which numbers stand large: one that is at its ceiling steps back, and the next rung takes its place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from metrics import Measurement, card
from metrics.ladder import ASKING, DAYS, Headline, asked, at_ceiling, chain, headline, rungs
from metrics.status import SIGNS
from metrics.words import fraction_text, number, percent, value_text
from ui import data, faces
from ui.cards import Face
from ui.panels.base import Where
from ui.state import View

CEILING = SIGNS["ceiling"]


def headlines(
    view: View, metrics: Iterable[str], where: Where | None = None
) -> dict[str, Headline]:
    """For each metric that may hand over, what stands large in its place."""
    chosen = [metric for metric in metrics if card(metric).then]
    found = data.measured(view, chosen, where=where) if chosen else {}
    # What stands below its ceiling asks nothing more of the engine.
    above = [name for m in chosen if at_ceiling(found[m]) for name in chain(m)]
    found |= data.measured(view, above, where=where) if above else {}
    return {metric: headline(metric, found) for metric in chosen}


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
    stands = {m: instead[m].shown.card.id if m in instead else m for m in metrics}
    made = faces.faces(view, list(dict.fromkeys(stands.values())), where)
    behind: dict[str, dict[str, Measurement]] = {}
    for metric, one in instead.items():
        behind.setdefault(stands[metric], {}).update((m.card.id, m) for m in one.passed)
    rows: dict[str, list[Face]] = {}
    for name, block in blocks.items():
        # A card that two metrics hand over to stands where the first of them stood.
        chosen = [made.pop(stands[metric]) for metric in block if stands[metric] in made]
        rows[name] = [_face(view, f, behind.get(f.metric, {}).values(), where) for f in chosen]
    return rows


def _face(view: View, face: Face, passed: Iterable[Measurement], where: Where | None) -> Face:
    """`passed` are the metrics at their ceiling that this card stands for."""
    said = face.delta
    if at_ceiling(_now(view, face.metric, where)):
        # A change of what cannot get better tells nothing; what it leaves out does.
        said = _doubt(view, face.metric, where) or said
    return replace(face, delta="  \n".join(filter(None, [said, *map(_dimmed, passed)])))


def _now(view: View, metric: str, where: Where | None) -> Measurement:
    period = faces.published(card(metric), view.period)
    return data.measured(view, [metric], period=period, where=where)[metric]


def _doubt(view: View, metric: str, where: Where | None) -> str:
    """What a perfect rate leaves out, and what it would be if all of that were a no."""
    if metric not in ASKING:
        return ""
    ledger, only = ASKING[metric]
    found = data.measured(view, asked(ledger, DAYS[0]), where={**(where or {}), **only})
    confirmed = rungs(ledger, DAYS[0], found)[1]
    if confirmed.low is None or not confirmed.left:
        return ""
    left, word = confirmed.left[0], confirmed.found.card.word
    return f"{left.lacking}{number(left.count)}{word},若全不认可为{percent(confirmed.low)}"


def _dimmed(measured: Measurement) -> str:
    name = faces.short_label(measured.card)
    value = value_text(measured.card, measured.total)
    fraction = fraction_text(measured.total)
    return f"{CEILING.shape} {CEILING.words}:{name} {value}({fraction})"
