"""From a step to its slide: what the pages say and draw of a metric, made for a screen eight metres away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from metrics import Measurement, card, waiting
from metrics.labels import LABELLED
from metrics.survival import MARKS
from metrics.words import cautions, number, percent
from reports.followup import Track, last_time
from reports.steps import Step, Way
from ui import attention, charts, editions, history, reading
from ui.charts import ladder as drawn
from ui.panels import compare, ladder, time
from ui.panels.base import size
from ui.panels.closing import until
from ui.stage import findings
from ui.stage.findings import finding
from ui.stage.slide import Line, Room, Slide, room
from ui.state import View

ROW, AXIS = 54, 44  # pixels of a bar at most, and of what stands under all bars
MOST_BARS, LONG_NAME = 9, 28
NOTHING = "这个期间和范围内没有记录"
MOST_LINES = 6


def slide(view: View, step: Step) -> Slide:
    """Every way there is works on every view: what cannot be told is said in its place."""
    if step.card is None:
        gone = finding(view, step)
        return Slide(step.name, gone, "", instead="口径库里没有这个指标", keys=(step.metric,))
    return WAYS[step.way](view, step)


def slides(view: View, steps: Sequence[Step]) -> list[Slide]:
    return [slide(view, step) for step in steps]


def number_of(view: View, step: Step) -> Measurement | None:
    """The one number of a step, to be asked again on newer data."""
    if step.way == "groups" or step.way == "attention":
        return None
    return findings.now(view, step.metric)


def _base(view: View, found: Measurement, more: str = "") -> str:
    said = [size(view, found, None), found.base_label, more]
    return " · ".join(part for part in said if part)


def _trend(view: View, step: Step) -> Slide:
    chosen, now = card(step.metric), findings.now(view, step.metric)
    past = history.histories(view, [chosen]).get(step.metric)
    judged = history.charts(view, [chosen]).get(step.metric)
    said = finding(view, step)
    if past is None or now.total.value is None:
        return Slide(step.name, said, _base(view, now), instead=NOTHING, measured=[now], number=now)
    course = editions.as_published(view, past, None)
    marks = course.marks(history.statuses(past, judged))
    flags = history.flags(view, past)
    limited = judged is not None and bool(judged.phases)
    base = _base(view, now, "虚线为正常波动范围" if limited else "历史不足,不画控制限")
    return Slide(
        step.name,
        said,
        base,
        time.course_figure(view, course, judged, marks, (), room(said, base).chart),
        marks,
        measured=[now],
        remarks=[*course.notes, *now.notes, *_flagged(marks, flags)],
        number=now,
    )


def _flagged(marks: Sequence[charts.Mark], flags: Sequence[charts.Flag]) -> list[str]:
    labels = {mark.key: mark.label for mark in marks}
    return [f"▾ {labels[flag.key]} {flag.text}" for flag in flags if flag.key in labels]


def _breakdown(view: View, step: Step) -> Slide:
    now, found = findings.now(view, step.metric), findings.parts(view, step)
    marks, said = findings.largest_first(found), finding(view, step)
    shown = marks[:MOST_BARS]
    rest = len(marks) > len(shown)
    more = f"图中为最多的{number(len(shown))}项,共{number(len(marks))}项" if rest else ""
    base = _base(view, found, more)
    return Slide(
        step.name,
        said,
        base,
        charts.bars(shown, unit=found.card.word, row=_row(room(said, base), shown))
        if shown
        else None,
        shown,
        instead=NOTHING,
        measured=[now],
        remarks=[*now.notes, *(f"图中“{m.label[:6]}…”是{m.label}" for m in shown if _long(m))],
        number=now,
    )


def _long(mark: charts.Mark) -> bool:
    """Whether its name is abbreviated beside its bar."""
    return len(mark.label) > LONG_NAME


def _row(space: Room, shown: Sequence[charts.Mark]) -> int:
    """One bar alone is not as high as the stage."""
    return min(ROW, (space.chart - AXIS) // max(len(shown), 1))


def _differences(view: View, step: Step) -> Slide:
    now, said, name = findings.now(view, step.metric), finding(view, step), LABELLED[step.cut]
    if not findings.comparable(view, step):
        return Slide(step.name, said, _base(view, now), instead=said, measured=[now], number=now)
    units = findings.parts(view, step)
    limits = compare.limits_of(view, units)
    base = _base(view, units, f"每点为一个{name},虚线为99.8%随机波动界限")
    marks = compare.judged_marks(units, limits)
    return Slide(
        step.name,
        said,
        base,
        compare.funnel_figure(units, limits, marks, height=room(said, base).chart)
        if limits
        else None,
        marks,
        instead=NOTHING,
        measured=[now],
        remarks=cautions(limits, name) if limits else [],
        number=now,
    )


def _evidence(view: View, step: Step) -> Slide:
    steps, said = findings.evidence(view, step), finding(view, step)
    first = steps[0].found
    # What else a rung may be is for the speaker: three lines a rung do not fit.
    shown = [replace(rung, words=rung.words[:2]) for rung in ladder.drawn_rungs(steps)]
    known = bool(steps[0].base)
    return Slide(
        step.name,
        said,
        _base(view, first, "斜线为看不出来的"),
        drawn.ladder(shown, unit=first.card.word) if known else None,
        [rung.mark for rung in shown],
        instead=NOTHING,
        measured=[each.found for each in steps],
        remarks=[f"{ladder.READ}。", *(rung.mark.note for rung in shown if rung.mark.note)],
        number=first,
    )


def _closing(view: View, step: Step) -> Slide:
    taken, base = findings.taken(view, step), findings.now(view, step.metric)
    said = finding(view, step)
    able = waiting.enough(taken)
    marks = [
        charts.Mark(f"{each.day}", f"{number(each.day)}天内", each.share, percent(each.share))
        for day in MARKS
        if (each := taken.closed_by(day))
    ]
    still = f"共{number(taken.n)}件,其中{number(taken.still_open)}件未办结,按已等待计入"
    under = f"{view.period.label} · {still} · 受理口径 · 自然日 · 阴影为95%区间"
    return Slide(
        step.name,
        said,
        under,
        charts.curve(
            taken.steps,
            median=taken.median,
            until=until(taken),
            followed=taken.followed,
            height=room(said, under).chart,
        )
        if able
        else None,
        marks,
        instead=taken.reason or (waiting.FEW.words if taken.n else NOTHING),
        measured=[base],
        remarks=[waiting.within(taken), waiting.outcomes(taken), waiting.closed_only(taken)]
        if able
        else [],
        number=base,
    )


def _groups(view: View, step: Step) -> Slide:
    """Groups overlap, so there is no number for all of them."""
    found, said = findings.by_group(view, step), finding(view, step)
    marks = reading.marks(found)
    known = [mark for mark in marks if mark.value is not None]
    hidden = len(marks) - len(known)
    more = f"{number(hidden)}类不在会上公布或未上报" if hidden else "各类不相加"
    base = f"{found.period.label} · {found.base_label} · 横条为95%区间 · {more}"
    return Slide(
        step.name,
        said,
        base,
        charts.dots(marks, unit=found.card.label, row=_row(room(said, base), marks))
        if known
        else None,
        marks,
        instead="没有可以在会上公布的数",
        measured=[found],
        remarks=found.notes,
    )


def _attention(view: View, step: Step) -> Slide:
    items = attention.items(view)
    lines = [Line(item.verdict, item.who, f"{item.what} {item.much}") for item in items]
    more = f"先列最急的{number(MOST_LINES)}项,其余见各页" if len(items) > MOST_LINES else ""
    keys = [card(name).key for name in attention.METRICS]
    base = f"{view.period.label} · 数据截至{view.snapshot.as_of}"
    return Slide(
        step.name,
        finding(view, step),
        " · ".join(filter(None, [base, "逾期、临期按截至日,其余按本期", more])),
        lines=lines[:MOST_LINES],
        instead="没有逾期、临期或超出随机波动的单位,各来源按时更新" if view.has_events else NOTHING,
        keys=keys,
        remarks=[f"{line.sign} {line.who}:{line.what}" for line in lines[MOST_LINES:]],
    )


def _decided(view: View, step: Step) -> Slide:
    """What was decided last time, and what became of it: the first due first."""
    found = last_time(view.snapshot, role=view.role)
    lines = [_line(track) for track in found.tracks]
    rest = len(lines) - MOST_LINES
    more = f"先列期限最早的{number(MOST_LINES)}项,其余见议定事项" if rest > 0 else ""
    base = f"数据截至{view.snapshot.as_of} · 达到要幅度够且不是偶然波动"
    measured = [each for track in found.tracks for each in (track.now, track.before) if each]
    return Slide(
        step.name,
        found.sentence,
        " · ".join(filter(None, [base, more])),
        lines=lines[:MOST_LINES],
        instead="会上定下的事,从图的“口径与下载”里记下,下次会在这里核对",
        keys=list(dict.fromkeys(each.card.key for each in measured)),
        remarks=[f"{line.sign} {line.who}:{line.what}" for line in lines[MOST_LINES:]],
    )


def _line(track: Track) -> Line:
    decision = track.decision
    who = f"{decision.text}({decision.who},{decision.due}前)"
    return Line(track.judged.words, who, track.judged.because)


WAYS: Mapping[Way, Callable[[View, Step], Slide]] = {
    "decided": _decided,
    "trend": _trend,
    "breakdown": _breakdown,
    "differences": _differences,
    "evidence": _evidence,
    "closing": _closing,
    "groups": _groups,
    "attention": _attention,
}
