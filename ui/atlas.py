"""An area metric ready for a map: which fill each area gets, what the legend says, what stands out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrics import Card, Measurement, Row
from metrics.funnel import Funnel, funnel
from metrics.records import Area
from metrics.words import number, percent
from ui import palette, reading
from ui.charts import Mark
from ui.charts.tiles import Tile
from ui.maps import Shape
from ui.scale import Scale, scale
from ui.words import literal

SIDES = {"high": "◆ 偏高", "low": "◇ 偏低"}
ORDINARY = "● 正常波动"
FEW = "样本不足"
NONE = "未上报或已隐藏"


@dataclass(frozen=True)
class Atlas:
    """Marks by area code; a fill of None is hatched."""

    measurement: Measurement
    marks: Mapping[str, Mark]
    fills: Mapping[str, str | None]
    legend: Sequence[tuple[str, str]]  # colour, words; the colour "" is the hatching
    funnel: Funnel | None
    elsewhere: Row | None = field(default=None)  # what no area could be found for

    @property
    def special(self) -> list[Mark]:
        return [mark for mark in self.marks.values() if mark.special]


def atlas(
    measurement: Measurement, whole: Row, *, judged: bool, fixed: Scale | None = None
) -> Atlas:
    """Coloured by value, or by judgement. `fixed` keeps the colours of a slider comparable."""
    limits = funnel(measurement, whole) if measurement.card.is_rate else None
    marks = {
        mark.key: mark
        for mark in reading.marks(measurement, limits.outside if limits else ())
        if mark.key
    }
    steps = fixed or value_scale(measurement)
    fills = {
        row.group[0]: _judged_fill(row, limits) if judged else _value_fill(measurement, row, steps)
        for row in measurement.rows
        if row.group[0]
    }
    legend = _judged_legend(limits, marks) if judged else _value_legend(measurement, steps)
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


def _judged_fill(row: Row, limits: Funnel | None) -> str | None:
    if row.value is None or limits is None:
        return None
    if row.group[0] in limits.few:
        return palette.PAPER
    side = limits.outside.get(row.group[0] or "")
    return _side_fill(side) if side else palette.STEPS[1]


def _side_fill(side: str) -> str:
    return palette.ALERT if side == "high" else palette.AMBER


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


def _judged_legend(limits: Funnel | None, marks: Mapping[str, Mark]) -> list[tuple[str, str]]:
    if limits is None:
        return []
    counted = [
        (_side_fill(side), words, sum(limits.outside.get(key) == side for key in marks))
        for side, words in SIDES.items()
    ]
    ordinary = sum(
        mark.value is not None and key not in limits.outside and key not in limits.few
        for key, mark in marks.items()
    )
    counted.insert(1, (palette.STEPS[1], ORDINARY, ordinary))
    return [(colour, f"{words} {n}") for colour, words, n in counted]


def _plain_legend(fills: Mapping[str, str | None]) -> list[tuple[str, str]]:
    few = sum(fill == palette.PAPER for fill in fills.values())
    none = sum(fill is None for fill in fills.values())
    return [(palette.PAPER, f"◌ {FEW} {few}")] * bool(few) + [("", f"{NONE} {none}")] * bool(none)


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
    few = len(made.funnel.few)
    tail = f";{few}个样本不足" if few else ""
    if not special:
        return f"{len(known)}个{name}的{card.label}彼此无法区分{tail}"
    return f"{number(len(known))}个{name}中{len(special)}个的{card.label}与整体的差别超出随机波动{tail}"


def tile_groups(
    made: Atlas, areas: Sequence[Area], names: Mapping[str, str]
) -> list[tuple[str, list[Tile]]]:
    """Grids under their community; anything larger, and a place without a ledger, stands alone."""
    groups: dict[str, list[Tile]] = {}
    for area in areas:
        if area.code not in made.marks:
            continue
        above = area.community if area.level == "grid" and area.community else area.code
        name = _short(area.name) if area.level == "grid" else area.name
        groups.setdefault(above, []).append(
            Tile(made.marks[area.code], name, made.fills.get(area.code))
        )
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
