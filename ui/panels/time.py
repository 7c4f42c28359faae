"""How it went, and when it comes."""

from collections.abc import Sequence

from metrics import Measurement, Row, card
from metrics.labels import LABELLED
from metrics.words import amount, number, sentence
from ui import charts, data, editions, faces, history, panel, reading
from ui.panels.base import Where, about, size
from ui.state import View
from ui.words import literal

LATEST = 3  # notes told under a chart; the others at their flags


def trend(view: View, metric: str, *, kind: str = "month", where: Where | None = None) -> None:
    """By month or week: bars for counts, a line for rates; limits, notes, the open unit hatched."""
    chosen = card(metric)
    past = history.histories(view, [chosen], kind=kind, where=where)[metric]
    found = history.verdicts(past)
    beyond = history.beyond(found)
    period = faces.published(chosen, view.period)
    now = data.measured(view, [metric], period=period, where=where)[metric]
    verdict = faces.verdict_of(now, past)
    kind = past.by[-1]
    course = editions.course(view, past, where)
    marks = course.marks(beyond)
    corridor, flags = course.limits(history.limits(past, found)), history.flags(view, past)
    unit = chosen.label if chosen.is_rate else f"{chosen.word}/{LABELLED[kind]}"
    if chosen.is_rate:
        figure = charts.trend_line(
            marks,
            unit=unit,
            limits=corridor,
            flags=flags,
            breaks=course.breaks,
            target=past.target,
        )
    else:
        code = view.period.code
        figure = charts.trend_bars(
            marks, unit=unit, limits=corridor, flags=flags, breaks=course.breaks, chosen=code
        )
    panel.chart(
        about(
            f"trend-{metric}",
            f"{now.period.label}{reading.filtered(view.snapshot, now)}{sentence(now, verdict)}",
            course.measured[::-1],
            f"按{LABELLED[kind]} · {size(view, past, where)}"
            + (" · 虚线为正常波动范围(取自此前各期)" if corridor else " · 历史不足,不画控制限"),
            notes=[*course.notes, *_unusual(marks, flags), *_noted(marks, flags)],
            sheet=course.sheet,
        ),
        figure,
        marks,
    )


def _unusual(marks: Sequence[charts.Mark], flags: Sequence[charts.Flag]) -> list[str]:
    """The exceptions in words, with the note that stands at them: a candidate reason, not a cause."""
    said = {flag.key: flag.text for flag in flags}
    found = [
        f"{mark.label}{mark.text}" + (f"(同期:{said[mark.key]})" if mark.key in said else "")
        for mark in marks
        if mark.special
    ]
    return ["超出正常波动:" + "、".join(found) + "。"] if found else []


def _noted(marks: Sequence[charts.Mark], flags: Sequence[charts.Flag]) -> list[str]:
    labels = {mark.key: mark.label for mark in marks}
    said = [f"{labels[flag.key]} {literal(flag.text)}" for flag in flags if flag.key in labels]
    if not said:
        return []
    more = f"(更早的{len(said) - LATEST}条见图上▾)" if len(said) > LATEST else ""
    return [f"▾ 大事记:{';'.join(said[-LATEST:])}{more}。"]


def rhythm(view: View, metric: str, *, where: Where | None = None) -> None:
    """Hour against weekday."""
    found = data.measured(view, [metric], by=("weekday", "hour"), where=where)[metric]
    at = {row.group: row for row in found.rows}
    rows = {str(day): f"周{word}" for day, word in enumerate("一二三四五六日", 1)}
    hours = [str(hour) for hour in range(24)]
    cells = [[at.get((day, hour)) for hour in hours] for day in rows]
    marks = [mark for mark in reading.marks(found) if mark.value is not None]
    figure = charts.heat(
        [[cell.value if cell else None for cell in line] for line in cells],
        rows=list(rows.values()),
        columns=[f"{hour}时" for hour in hours],
        texts=[
            [f"{day}{hour}时:{_text(found, cell)}" for hour, cell in zip(hours, line, strict=True)]
            for day, line in zip(rows.values(), cells, strict=True)
        ],
        unit=found.card.word,
    )
    panel.chart(
        about(
            f"rhythm-{metric}",
            _busiest(view, metric, where),
            [found],
            f"受理时段 · {size(view, found, where)}",
        ),
        figure,
        marks,
    )


def _text(found: Measurement, cell: Row | None) -> str:
    return amount(found.card, cell.value) if cell and cell.value is not None else "—"


def _busiest(view: View, metric: str, where: Where | None) -> str:
    """By hour and by weekday apart: a single cell of the two holds too little to be named."""
    most = []
    for dimension in ("hour", "weekday"):
        rows = data.measured(view, [metric], by=(dimension,), where=where)[metric].rows
        most.append(max(rows, key=lambda row: row.value or 0, default=None))
    hour, day = most
    if hour is None or day is None or not hour.value:
        return "没有受理时段的记录"
    return f"一天中{hour.label}最多({number(hour.value)}件),一周中{day.label}最多({number(day.value or 0)}件)"
