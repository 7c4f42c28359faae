"""From a measurement to what is drawn and written: marks, definition, sheet."""

from collections.abc import Mapping, Sequence
from datetime import date

from metrics import Card, Measurement, Period, Row, Snapshot
from metrics.definitions import TIME_DIMENSIONS
from metrics.labels import LABELLED, label
from metrics.status import Status
from metrics.words import HIDDEN, fraction_text, number, percent, value_text
from reports.cells import KINDS
from ui.charts import Mark
from ui.downloads import Cell, Column, Sheet


def interval(card: Card, row: Row) -> str:
    if row.low is None or row.high is None or row.hidden:
        return ""
    if card.unit == "share":
        return f"95%区间 {percent(row.low)}—{percent(row.high)}"
    return f"95%区间 {number(row.low, 1)}—{number(row.high, 1)}"


def note(card: Card, row: Row) -> str:
    """What hovering adds to a value: its parts and interval, or why it is missing."""
    if row.hidden or row.value is None:
        return row.reason or ""
    return " · ".join(filter(None, [fraction_text(row), interval(card, row)]))


def marks(measurement: Measurement, judged: Mapping[str, Status] | None = None) -> list[Mark]:
    """One mark per row; the last dimension names it, and finds what it was judged to be."""
    return [_mark(measurement, row, judged or {}) for row in measurement.rows]


def _mark(measurement: Measurement, row: Row, judged: Mapping[str, Status]) -> Mark:
    key = (row.group[-1] if row.group else None) or ""
    found = judged.get(key) if key else None
    over_time = bool(measurement.by) and measurement.by[-1] in TIME_DIMENSIONS
    words = ""
    if found and found.special:
        words = found.clause if over_time else found.sign.mark
    return Mark(
        key=key,
        label=row.label,
        value=row.value,
        text=value_text(measurement.card, row),
        low=row.low,
        high=row.high,
        size=row.denominator,
        note=" · ".join(filter(None, [note(measurement.card, row), words])),
        unfinished=_unfinished(measurement, row),
        special=found is not None and found.special,
        status=found.kind if found else None,
    )


def _unfinished(measurement: Measurement, row: Row) -> bool:
    if not measurement.by or measurement.by[-1] not in TIME_DIMENSIONS or not row.group[-1]:
        return False
    return Period.parse(row.group[-1], measurement.as_of).is_open


def filtered(snapshot: Snapshot, measured: Measurement) -> str:
    """What a measurement was filtered by, in the words of the reader."""
    source = measured.card.table.source
    return "、".join(
        label(snapshot, name, code, source, measured.as_of) for name, code in measured.where.items()
    )


def word(snapshot: Snapshot, card: Card, name: str, value: str) -> str:
    """One filter in the words of the reader."""
    return label(snapshot, name, value, card.table.source, snapshot.as_of)


def definition(card: Card, today: date | None = None) -> list[str]:
    """The 口径卡 in a few lines: what a popover and a downloaded file say. `today`, the as-of date,
    tells whether its review is overdue."""
    lines = [f"**{card.label}**(`{card.key}`)", card.meaning, f"分子:{card.numerator_label}"]
    if card.denominator_label:
        lines.append(f"分母:{card.denominator_label}")
    if card.base:
        lines.append(f"口径:{card.base}" + (f"({card.basis})" if card.basis else ""))
    if card.excludes:
        lines.append(f"剔除:{card.excludes}")
    late = ",▲ 待复核" if today and card.is_due(today) else ""
    checker = f";复核:{card.checker}" if card.checker else ""
    return [*lines, f"责任科室:{card.owner}{checker};应于{card.review}前复核{late}"]


def sheet(measurements: Sequence[Measurement], *, brief: bool = False) -> Sheet:
    """Measurements cut the same way, side by side: every rate with its numerator and denominator.
    A single one comes with its interval and its reasons, unless brief."""
    first, single = measurements[0], len(measurements) == 1
    alone = single and not brief
    columns = [Column(LABELLED.get(name, name)) for name in first.by]
    for measurement in measurements:
        of = "" if single else f"{measurement.card.label}:"
        columns += _columns(measurement.card, alone=alone, of=of)
    found = [{row.group: row for row in measurement.rows} for measurement in measurements]
    rows: list[list[Cell]] = []
    for row in first.rows:
        cells: list[Cell] = list(row.labels)
        for measurement, by_group in zip(measurements, found, strict=True):
            cells += _cells(measurement.card, by_group.get(row.group), alone=alone)
        rows.append(cells)
    return Sheet(columns, rows, notes(measurements), keys(measurements))


def keys(measurements: Sequence[Measurement]) -> list[str]:
    """metric@version of each, once."""
    return list(dict.fromkeys(each.card.key for each in measurements))


def _columns(card: Card, *, alone: bool, of: str = "") -> list[Column]:
    kind = KINDS[card.unit]
    if not card.is_rate:
        return [Column(f"{card.label}({card.word})", kind), *([Column("说明")] if alone else [])]
    parts = [card.numerator_label, card.denominator_label or "分母"]
    if not alone:
        return [
            Column(card.label if of else card.label.partition("(")[0], kind),
            *(Column(f"{of}{part}", "count") for part in parts),
        ]
    edges = [Column("95%区间下限", kind), Column("95%区间上限", kind), Column("说明")]
    return [*(Column(part, "count") for part in parts), Column(card.label, kind), *edges]


def _cells(card: Card, row: Row | None, *, alone: bool) -> list[Cell]:
    if row is None:
        return [None] * len(_columns(card, alone=alone))
    words: list[Cell] = [HIDDEN if row.hidden else row.reason] if alone else []
    if not card.is_rate:
        return [row.value, *words]
    parts = [row.numerator, row.denominator]
    return [*parts, row.value, row.low, row.high, *words] if alone else [row.value, *parts]


def notes(measurements: Sequence[Measurement]) -> list[str]:
    """What a file says about its numbers, so that it can be traced after it has left the screen."""
    first = measurements[0]
    lines = [f"期间:{first.period.label}", f"数据截至:{first.as_of}", f"快照:{first.snapshot}"]
    lines.append(f"口径编号:{'、'.join(keys(measurements))}")
    if first.scope.code:
        lines.append(f"范围:{first.scope.code}")
    lines += [f"筛选:{LABELLED.get(name, name)}={value}" for name, value in first.where.items()]
    for measurement in measurements:
        lines += ["", *(_plain(line) for line in definition(measurement.card, first.as_of))]
        lines += [f"说明:{words}" for words in measurement.notes]
    return lines


def _plain(line: str) -> str:
    return line.replace("**", "").replace("`", "")
