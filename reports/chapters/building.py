"""What chapters are built of: sentences about a metric, tables of groups, charts of groups and of months."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from metrics import Measurement, Period, Row
from metrics.control import Chart as Limits
from metrics.funnel import Funnel
from metrics.labels import LABELLED
from metrics.past import status_of
from metrics.period import DAY, add_months, month_start
from metrics.status import SPECIAL
from metrics.words import number, sentence, value_text
from reports.gathering import KINDS, Gathering, column, short
from reports.model import Cell, Chart, Column, Corridor, Paragraph, Sentence, Series, Table, Words

MOST = 10  # names on a chart that is read across a table
MONTHS = 13  # a year, and the same month of the year before


def sentences(*made: Sentence | None) -> Paragraph:
    return Paragraph(tuple(each for each in made if each is not None and each.words))


def told(ask: Gathering, key: str, metric: str) -> Sentence:
    """Value, base, target, change, judgement."""
    found = ask.one(metric)
    given = status_of(found, ask.limits(metric))
    words = [ask.said(sentence(found, given), found)]
    if moved := ask.change(metric):
        before = ask.one(metric, period=ask.before)
        words.append(ask.said(f",{moved}", before))
    return Sentence(key, (*words, Words("。")))


def known(rows: Iterable[Row]) -> list[Row]:
    """Groups that have a name: what fell in none stands in the table, not in a ranking."""
    return [row for row in rows if row.group[-1] is not None]


def largest(found: Measurement, most: int = 3) -> str:
    """教育文体68件、物业管理66件、城市管理62件. Empty where nothing was counted."""
    rows = [row for row in known(found.rows) if row.value]
    rows = sorted(rows, key=lambda row: -(row.value or 0))[:most]
    return "、".join(f"{row.label}{value_text(found.card, row)}" for row in rows)


def side_by_side(
    ask: Gathering, key: str, caption: str, dimension: str, metrics: Sequence[str], *,
    judged: str | None = None, most: int | None = None, period: Period | None = None,
    notes: Sequence[str] = (),
) -> Table:  # fmt: skip
    """One row per group, one column per metric, a rate with its parts; the verdict on `judged` last."""
    found = list(ask.many(metrics, (dimension,), period=period).values())
    columns = [Column(LABELLED[dimension])]
    for each in found:
        columns.append(column(each.card, short(each.card) if each.card.is_rate else None))
        columns += [Column("分子/分母")] * each.card.is_rate
    rows = [row for row in found[0].rows if row.group[0] is not None or row.value]
    limits = ask.funnel(judged, dimension) if judged else None
    if limits:
        columns.append(Column("判断"))
    made = []
    for row in rows[:most]:
        cells = [Cell(row.label)]
        for each in found:
            same = each.row(*row.group)
            cells.append(ask.cell(each, same))
            cells += [ask.parts(each, same)] * each.card.is_rate
        if limits and judged:
            cells.append(Cell(verdict(limits, row)))
        made.append(tuple(cells))
    left = len(rows) - len(made)
    cut = [f"只列前{len(made)}个,另有{left}个未列出"] if left else []
    remarks = dict.fromkeys(note for each in found for note in each.notes)
    return Table(key, caption, tuple(columns), tuple(made), (*cut, *notes, *remarks))


def verdict(limits: Funnel, row: Row) -> str:
    given = limits.statuses.get(row.group[0] or "")
    if given is None:
        return "—"
    return "无法区分" if given.kind == "ordinary" else given.sign.beside


def differing(limits: Funnel | None, found: Measurement, unit: str) -> str:
    """Which units chance does not explain; 无法区分 where there is none."""
    if limits is None:
        return ""
    by_code = {row.group[0]: row for row in found.rows}
    named = [
        f"{by_code[code].label}{value_text(found.card, by_code[code])}({each.sign.beside})"
        for code, each in limits.statuses.items()
        if each.kind in SPECIAL
    ]
    few = f",另有{len(limits.few)}个{unit}样本不足,不作比较" if limits.few else ""
    if not limits.judged:
        return f"各{unit}样本不足,不作比较"
    if not named:
        return f"{limits.judged}个{unit}之间的差异在随机波动范围内,无法区分{few}"
    alike = f"其余{limits.judged - len(named)}个{unit}无法区分"
    return f"超出随机波动的有{'、'.join(named)},{alike}{few}"


def ranked(ask: Gathering, key: str, found: Measurement, title: str, most: int = MOST) -> Chart:
    """Bars of groups, as they come: by size or by code, never by rate."""
    named = known(found.rows)
    rows = named[:most]
    left = len(named) - len(rows)
    unseen = [f"{row.label}{value_text(found.card, row)}" for row in rows if row.value is None]
    notes = [f"另有{left}个未画出"] * bool(left) + unseen
    return Chart(
        key, "bars", title, subtitle(found, LABELLED[found.by[-1]]),
        tuple(row.label for row in rows),
        (Series(short(found.card), *_series(found, rows)),),
        axis(found), KINDS[found.card.unit], ask.marks(found), (0,) if found.card.unit == "count" else (),
        ";".join(notes),
    )  # fmt: skip


def over_time(ask: Gathering, key: str, metric: str, title: str) -> Chart:
    """The last thirteen months up to the period: columns for counts, a line for rates."""
    found = ask.one(metric, "month", period=last_months(ask.period))
    rows = [row for row in found.rows if row.group[0]]
    open_ones = [row.label for row in rows if Period.parse(row.group[0] or "", found.as_of).is_open]
    return Chart(
        key, "columns" if found.card.unit == "count" else "lines", title, subtitle(found, "月"),
        tuple(_month(row) for row in rows),
        (Series(short(found.card), *_series(found, rows)),),
        axis(found), KINDS[found.card.unit], ask.marks(found), (len(rows) - 1,),
        f"{'、'.join(open_ones)}尚未结束" if open_ones else "",
        corridor(ask.limits(metric), rows),
        tuple(at for at, row in enumerate(rows) if row.label in open_ones),
    )  # fmt: skip


def corridor(limits: Limits | None, rows: Sequence[Row]) -> Corridor | None:
    """What the past allows each month; None while there is too little past."""
    points = [limits.points.get(row.group[0] or "") if limits else None for row in rows]
    if not any(points):
        return None
    return Corridor(
        tuple(point and point.low for point in points),
        tuple(point and point.centre for point in points),
        tuple(point and point.high for point in points),
    )


def last_months(period: Period) -> Period:
    this = month_start(period.until - DAY)
    return Period("custom", add_months(this, 1 - MONTHS), add_months(this, 1), period.as_of)


def subtitle(found: Measurement, by: str) -> str:
    parts = (found.card.label, found.card.base, f"按{by}", found.period.label)
    return " · ".join(part for part in parts if part)


def axis(found: Measurement) -> str:
    if found.card.unit in ("share", "ratio"):
        return "%"
    return f"{found.card.word}/千人" if found.card.unit == "per_thousand" else found.card.word


def alone(found: Measurement, row: Row) -> Measurement:
    return replace(found, by=(), rows=(row,))


def _series(
    found: Measurement, rows: Sequence[Row]
) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    values = tuple(None if row.hidden else row.value for row in rows)
    return values, tuple(value_text(found.card, row) for row in rows)


def _month(row: Row) -> str:
    """24-09: thirteen of them fit under a chart."""
    year, _, month = (row.group[0] or "").partition("-")
    return f"{year[2:]}年{int(month)}月"


def how_many(found: Measurement) -> str:
    return f"{number(found.total.numerator or 0)}{found.card.word}"
