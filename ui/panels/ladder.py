"""From what came in to what was confirmed: each rung with its own number and whom it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics import Measurement
from metrics.words import number, value_text
from ui import data, panel, reading
from ui.charts.base import Mark
from ui.charts.ladder import Rung, ladder
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import Where, about, size
from ui.state import View


@dataclass(frozen=True)
class Step:
    """A rung: the metric that counts it, and what those of the rung before lack who are not on it."""

    name: str
    metric: str
    lack: str = ""


def evidence(
    view: View, steps: Sequence[Step], *, beyond: str = "", where: Where | None = None
) -> None:
    """`beyond` is a last rung that no source of this kind can tell, as `name:why`."""
    found = list(data.measured(view, [step.metric for step in steps], where=where).values())
    rungs = _rungs(steps, found)
    name, _, why = beyond.partition(":")
    if beyond:
        rungs.append(Rung(Mark("beyond", name, None, "未上报"), 0, f"未上报:{why}"))
    made = about(
        "evidence",
        ",".join(
            f"{step.name}{value_text(m.card, m.total)}"
            for step, m in zip(steps, found, strict=True)
        ),
        found,
        f"{size(view, found[0], where)} · 斜线为上一级中未到本级的",
    )
    notes = reading.notes(found)
    made = replace(made, sheet=lambda: _sheet(notes, rungs))
    marks = [rung.mark for rung in rungs]
    panel.chart(made, ladder(rungs, unit=found[0].card.word), marks if found[0].total.value else [])


def _rungs(steps: Sequence[Step], found: Sequence[Measurement]) -> list[Rung]:
    rungs = []
    before: float | None = None
    for step, each in zip(steps, found, strict=True):
        row, word = each.total, each.card.word
        text = value_text(each.card, row)
        left = max(0.0, before - row.value) if before is not None and row.value is not None else 0
        said = text if row.value is not None else row.reason or text
        if step.lack and left:
            said += f",{step.lack}{number(left)}{word}"
        rungs.append(Rung(Mark(step.metric, step.name, row.value, text, note=said), left, said))
        before = row.value if row.value is not None else before
    return rungs


def _sheet(notes: Sequence[str], rungs: Sequence[Rung]) -> Sheet:
    rows: list[list[Cell]] = [
        [rung.mark.label, rung.mark.value, rung.left or None, rung.said] for rung in rungs
    ]
    columns = [Column("级"), Column("到本级", "count"), Column("未到本级", "count"), Column("说明")]
    return Sheet(columns, rows, notes)
