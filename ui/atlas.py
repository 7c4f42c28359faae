"""An area metric ready for a map: which fill each area gets, what the legend says, what stands out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrics import Card, Measurement, Row
from metrics.funnel import Funnel
from metrics.records import Area
from metrics.status import SIGNS, SPECIAL, Kind
from metrics.words import cautions, number, percent
from ui import palette, reading
from ui.charts import Mark
from ui.charts.tiles import Tile
from ui.maps import Shape
from ui.scale import Scale, scale
from ui.words import literal

FEW = SIGNS["few"].mark
NONE = "未上报或已隐藏"
# In the order of the legend; few and absent stand at its end, whatever is coloured.
FILLED: tuple[Kind, ...] = ("better", "high", "ordinary", "low", "worse", "ceiling")


@dataclass(frozen=True)
class Atlas:
    """Marks by area code, each with its status; a fill of None is hatched."""

    measurement: Measurement
    marks: Mapping[str, Mark]
    fills: Mapping[str, str | None]
    legend: Sequence[tuple[str, str]]  # colour, words; the colour "" is the hatching
    funnel: Funnel | None
    elsewhere: Row | None = field(default=None)  # what no area could be found for
    signs: Mapping[str, str] = field(default_factory=dict)  # before the name of an area, by code

    @property
    def special(self) -> list[Mark]:
        return [mark for mark in self.marks.values() if mark.special]


def atlas(
    measurement: Measurement, limits: Funnel | None, *, judged: bool, fixed: Scale | None = None
) -> Atlas:
    """Coloured by value, or by status. `fixed` keeps the colours of a slider comparable."""
    found = limits.statuses if limits else {}
    marks = {mark.key: mark for mark in reading.marks(measurement, found) if mark.key}
    steps = fixed or value_scale(measurement)
    fills = {
        row.group[0]: status_fill(marks[row.group[0]].status)
        if judged
        else _value_fill(measurement, row, steps)
        for row in measurement.rows
        if row.group[0]
    }
    legend = _judged_legend(marks) if judged else _value_legend(measurement, steps)
    elsewhere = measurement.row(None)
    return Atlas(measurement, marks, fills, [*legend, *_plain_legend(fills)], limits, elsewhere)


def value_scale(measurement: Measurement) -> Scale | None:
    shares = measurement.card.unit == "share"
    return scale(
        (row.value for row in measurement.rows if row.value is not None and row.group[0]),
        top=1.0 if shares else None,
    )


def _value_fill(measurement: Measurement, row: Row, steps: Scale | None) -> str | None:
    """No colour below the least base: a rate of three cases is no rate."""
    if row.value is None or steps is None:
        return None
    if measurement.card.unit == "share" and not measurement.enough(row):
        return palette.PAPER
    return steps.colour(row.value)


def status_fill(kind: Kind | None) -> str | None:
    """Paper for too few, hatching (None) for what is not known."""
    fills = {
        "better": palette.MAIN,
        "worse": palette.ALERT,
        "high": palette.NOTICE,
        "low": palette.HINT,
        "ordinary": palette.STEPS[1],
        "ceiling": palette.ABSENT,
        "few": palette.PAPER,
    }
    return fills.get(kind or "")


def _value_legend(measurement: Measurement, steps: Scale | None) -> list[tuple[str, str]]:
    if steps is None:
        return []
    card = measurement.card
    return [(fill, f"{_edge(card, low)}—{_edge(card, high)}") for fill, low, high in steps.classes]


def _edge(card: Card, value: float) -> str:
    """A class bound is round: no more digits than it needs, no unit."""
    return percent(value, 0) if card.unit == "share" else f"{value:,g}"


def unit(card: Card) -> str:
    """Said once before the legend."""
    return (
        "" if card.unit == "share" else f"单位:{card.word}{'/千人' * (card.unit == 'per_thousand')}"
    )


def _judged_legend(marks: Mapping[str, Mark]) -> list[tuple[str, str]]:
    counted = [(kind, sum(mark.status == kind for mark in marks.values())) for kind in FILLED]
    return [
        (status_fill(kind) or "", f"{SIGNS[kind].mark} {n}")
        for kind, n in counted
        if n or kind == "ordinary"
    ]


def _plain_legend(fills: Mapping[str, str | None]) -> list[tuple[str, str]]:
    few = sum(fill == palette.PAPER for fill in fills.values())
    none = sum(fill is None for fill in fills.values())
    return [(palette.PAPER, f"{FEW} {few}")] * bool(few) + [("", f"{NONE} {none}")] * bool(none)


def finding(made: Atlas, name: str) -> str:
    """The page's headline: who stands out, who cannot be judged."""
    card, special = made.measurement.card, made.special
    known = [mark for mark in made.marks.values() if mark.value is not None]
    if not known:
        return (
            f"{made.measurement.period.label},{len(made.marks)}个{name}都没有可显示的{card.label}"
        )
    if not any(mark.value for mark in known):
        return f"{made.measurement.period.label},{len(known)}个{name}的{card.label}都是0"
    if made.funnel is None:
        most = max(known, key=lambda mark: mark.value or 0)
        return (
            f"{made.measurement.period.label}{card.label}最多的是{literal(most.label)}({most.text})"
        )
    few, judged = len(made.funnel.few), made.funnel.judged
    if not judged:
        return f"{number(few)}个{name}的{card.label}都{SIGNS['few'].clause}"
    tail = f";另有{number(few)}个{SIGNS['few'].words}" if few else ""
    if not special:
        return f"{number(judged)}个{name}的{card.label}彼此无法区分{tail}"
    return f"{number(judged)}个{name}中{number(len(special))}个的{card.label}与整体的差别超出随机波动{tail}"


def caveats(made: Atlas, name: str) -> list[str]:
    return cautions(made.funnel, name) if made.funnel else []


def edges(made: Atlas) -> list[str]:
    """The frames around exceptions, in words."""
    kinds = {mark.status for mark in made.special}
    return [SIGNS[kind].mark for kind in SIGNS if kind in kinds and kind in SPECIAL]


def tile_groups(
    made: Atlas, areas: Sequence[Area], names: Mapping[str, str]
) -> list[tuple[str, list[Tile]]]:
    """Grids under their community; anything larger, and a place without a ledger, stands alone."""
    groups: dict[str, list[Tile]] = {}
    for area in areas:
        if area.code not in made.marks:
            continue
        above = area.community if area.level == "grid" and area.community else area.code
        mark = made.marks[area.code]
        sign = made.signs.get(area.code, "") + mark.shape
        name = sign + (_short(area.name) if area.level == "grid" else area.name)
        groups.setdefault(above, []).append(Tile(mark, name, made.fills.get(area.code)))
    known = {area.code for area in areas}
    alone = [
        (mark.label, [Tile(mark, mark.label, made.fills.get(code))])
        for code, mark in made.marks.items()
        if code not in known
    ]
    return [(names.get(code, code), cells) for code, cells in groups.items()] + alone


def _short(name: str) -> str:
    """What tells a grid from its neighbours: its number, else the end of its name."""
    numbers = re.findall(r"\d+", name)
    return numbers[-1] if numbers else name[-3:]


def shapes(made: Atlas, areas: Sequence[Area]) -> list[Shape]:
    return [
        Shape(made.marks[area.code], area.geometry, made.fills.get(area.code))
        for area in areas
        if area.geometry and area.code in made.marks
    ]
