"""How it went, when it comes, how long it takes."""

from collections.abc import Sequence

from metrics import Measurement, Row, card
from metrics.labels import LABELLED
from metrics.survival import MARKS, Durations
from metrics.words import amount, number, percent, sentence
from ui import charts, data, editions, faces, history, panel, reading
from ui.downloads import Column, Sheet
from ui.panel import Panel
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


def closing(view: View, table: str, *, thing: str = "工单", where: Where | None = None) -> None:
    """Time to closure with the open ones counted: a survival estimate, never the mean of the closed."""
    taken = data.durations(view, table, where)
    marks = [
        charts.Mark(
            f"{step.day}", f"{number(step.day, 1)}天内", 1 - step.open, percent(1 - step.open)
        )
        for step in taken.steps
    ]
    within = [(day, taken.closed_by(day)) for day in MARKS]
    said = [f"{day}天内办结{percent(step.open)}" for day, step in within if step and taken.steps]
    notes = [";".join(said) + "。"] if said else []
    if taken.unknown:
        notes.append(f"{number(taken.unknown)}件已办结但没有办结时间,未计入。")
    panel.chart(
        Panel(
            name=f"closing-{table}",
            title=_how_long(taken, thing),
            subtitle=(
                f"办结用时 · 受理口径 · {view.period.label} · 共{number(taken.n)}件,"
                f"其中{number(taken.still_open)}件未办结(按已等待时间计入)· 自然日,阴影为95%区间"
            ),
            sheet=lambda: _closing_sheet(view, taken),
            definition=[
                "**办结用时**",
                f"从受理到办结的自然日。没有办结的按已等待的时间计入(生存估计),不用已办结{thing}的平均数:积压越多,平均数越好看。",
            ],
            notes=notes,
        ),
        charts.curve(taken.steps),
        marks,
    )


def _how_long(taken: Durations, thing: str) -> str:
    if not taken.n:
        return f"没有可以计算办结用时的{thing}"
    if taken.median is None:
        return "到截止日期,办结的还不到一半"
    low, high = taken.median_interval
    span = f"(95%区间 {number(low, 1)}—{number(high, 1)}天)" if low and high else ""
    return f"一半{thing}在{number(taken.median, 1)}天内办结{span}"


def _closing_sheet(view: View, taken: Durations) -> Sheet:
    columns = [Column("天数", "decimal"), Column("已办结比例", "share")]
    columns += [Column("95%区间下限", "share"), Column("95%区间上限", "share")]
    rows = [[step.day, 1 - step.open, 1 - step.high, 1 - step.low] for step in taken.steps]
    notes = [
        f"期间:{view.period.label}",
        f"数据截至:{view.snapshot.as_of}",
        f"快照:{view.snapshot.id}",
    ]
    return Sheet(columns, rows, notes)
