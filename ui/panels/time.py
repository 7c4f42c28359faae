"""How it went, and when it comes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from metrics import Measurement, Row, card
from metrics.control import NAMES, Chart
from metrics.labels import LABELLED
from metrics.rare import Waits
from metrics.status import Status
from metrics.words import amount, number, sentence
from ui import charts, data, editions, faces, history, panel, reading
from ui.panels.base import Where, about, size
from ui.state import View
from ui.words import literal

LATEST = 3  # notes told under a chart; the others at their flags
COUNTED = {"week": "周", "month": "个月", "quarter": "个季度"}


def trend(view: View, metric: str, *, kind: str = "month", where: Where | None = None) -> None:
    """By month or week: bars for counts, a line for rates; limits, notes, the open unit hatched.
    What is rare is drawn by the days between one and the next."""
    chosen = card(metric)
    past = history.histories(view, [chosen], kind=kind, where=where)[metric]
    judged = history.charts(view, [chosen], kind=past.by[-1], where=where).get(metric)
    period = faces.published(chosen, view.period)
    now = data.measured(view, [metric], period=period, where=where)[metric]
    found = history.statuses(past, judged)
    # By months even where weeks are drawn: one number has one status on a page.
    whole = history.charts(view, [chosen], where=where).get(metric)
    title = (
        f"{now.period.label}{reading.filtered(view.snapshot, now)}"
        f"{sentence(now, faces.status_of(now, whole))}"
    )
    if judged is not None and judged.waits is not None:
        _rare(view, past, judged.waits, title, where)
        return
    course = editions.course(view, past, where)
    marks, flags = course.marks(found), history.flags(view, past)
    made = about(
        f"trend-{metric}",
        title,
        course.measured[::-1],
        f"按{LABELLED[past.by[-1]]} · {size(view, past, where)} · {_corridor(past, judged)}",
        notes=[
            *course.notes,
            *_redrawn(view, past),
            *_unusual(marks, found, flags),
            *_rebased(past, judged),
            *_noted(marks, flags),
        ],
        sheet=course.sheet,
    )
    made = replace(made, definition=[*made.definition, *_method(judged)])
    panel.chart(made, course_figure(view, course, judged, marks, flags), marks)


def course_figure(
    view: View,
    course: editions.Course,
    judged: Chart | None,
    marks: Sequence[charts.Mark],
    flags: Sequence[charts.Flag],
    height: int = 280,
) -> dict[str, Any]:
    """A line for a rate, bars for a count, within the limits of its past."""
    past = course.newest
    breaks = [*course.breaks, *history.redrawn(view, past)]
    chosen, limits = past.card, course.limits(history.limits(past, judged))
    if chosen.is_rate:
        return charts.trend_line(
            marks,
            unit=chosen.label,
            limits=limits,
            flags=flags,
            bands=history.bands(past),
            breaks=breaks,
            target=past.target,
            height=height,
        )
    return charts.trend_bars(
        marks,
        unit=f"{chosen.word}/{LABELLED[past.by[-1]]}",
        limits=limits,
        flags=flags,
        bands=history.bands(past),
        breaks=breaks,
        chosen={view.period.code},
        height=height,
    )


def _corridor(past: Measurement, judged: Chart | None) -> str:
    """What the dotted lines are, and since when."""
    phases = judged.phases if judged else ()
    if not phases:
        return "历史不足,不画控制限"
    first, last = phases[-1].base
    many = f"{phases[-1].n}{COUNTED[past.by[-1]]}"
    return f"虚线为正常波动范围,基线{first.label}至{last.label}({many})"


def _method(judged: Chart | None) -> list[str]:
    """For those who want to recompute it: the kind of chart, its spread, the rules that decide."""
    if judged is None or not judged.phases:
        return []
    last = judged.phases[-1]
    wide = f",各期差异为随机的{number(last.spread, 1)}倍" if judged.kind != "xmr" else ""
    return [
        f"**控制图**:{NAMES[judged.kind]}{wide};超出上下限、3期中有2期接近同一限、"
        "连续8期在中线同一侧,三者有一即为特殊原因。"
    ]


def _redrawn(view: View, past: Measurement) -> list[str]:
    days = "、".join(flag.text for flag in history.redrawn(view, past))
    if not days:
        return []
    return [f"{days}:前后不是同一块地方,图在此断开;波动范围只用调整之后的各期,不足12期不画。"]


def _rebased(past: Measurement, judged: Chart | None) -> list[str]:
    phases = [phase for phase in judged.phases if phase.reason] if judged else []
    return [
        f"▸ 自{phase.base[0].label}起改用新基线({phase.n}{COUNTED[past.by[-1]]}):{literal(phase.reason)}。"
        for phase in phases
    ]


def _rare(view: View, past: Measurement, found: Waits, title: str, where: Where | None) -> None:
    """One point per event. The table below has the months, as for any count."""
    shown = [each for each in found.waits if past.period.start <= each.day < past.period.until]
    word = past.card.word
    marks = [
        charts.Mark(
            f"{at}",
            f"{each.day.year}年{each.day.month}月{each.day.day}日",
            each.days,
            f"距上一{word}{number(each.days, 1)}天",
            note="、".join(one.words for one in each.fired),
            special=bool(each.fired),
        )
        for at, each in enumerate(shown)
    ]
    many = [found.centre] * len(marks), [found.low] * len(marks), [found.high] * len(marks)
    made = about(
        f"trend-{past.card.id}",
        title,
        [past],
        f"数量少,看两{word}之间的天数(t图) · {size(view, past, where)}",
        notes=[f"每点为一{word},越高间隔越长;正常间隔{_usual(found)},取自最早的{found.n}个间隔。"],
    )
    figure = charts.waits(marks, unit=f"距上一{word}的天数", limits=charts.Limits(*many))
    panel.chart(made, figure, marks)


def _usual(found: Waits) -> str:
    if found.low < 1:
        return f"不超过{number(found.high)}天"
    return f"{number(found.low)}至{number(found.high)}天"


def _unusual(
    marks: Sequence[charts.Mark], found: Mapping[str, Status], flags: Sequence[charts.Flag]
) -> list[str]:
    """The exceptions in words, with the note that stands at them: a candidate reason, not a cause."""
    noted = {flag.key: flag.text for flag in flags}
    said = [
        f"{mark.label}{mark.text}({found[mark.key].because}"
        + (f";同期:{literal(noted[mark.key])})" if mark.key in noted else ")")
        for mark in marks
        if mark.special
    ]
    if not said:
        return []
    more = f"等{len(said)}期,最近的是" if len(said) > LATEST else ""
    return [f"不是偶然波动:{more}{'、'.join(said[-LATEST:])}。"]


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
