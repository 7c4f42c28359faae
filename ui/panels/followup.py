"""One decision: what was to move, its path since with its limits, and what it came to."""

from collections.abc import Sequence
from typing import Any

from metrics.aims import aim_text
from metrics.words import value_text
from reports.decisions import STATES, Decision
from reports.followup import Track
from ui import charts, history, panel, reading
from ui.panels.base import about
from ui.state import View
from ui.words import literal

FROM, DUE = "议定", "期限"


def followup(view: View, track: Track) -> None:
    """The chart of a decision that can be measured; its reason in words where it cannot."""
    path, before = track.path, track.before
    if path is None or before is None:
        return
    name = f"decision-{track.decision.number}"
    found = history.statuses(path, track.limits)
    marks = reading.marks(path, found)
    flags = [
        charts.Flag(track.decision.period, FROM),
        *([charts.Flag(track.now.period.code, DUE)] if track.now else []),
    ]
    known = {mark.key for mark in marks}
    made = about(
        name,
        _title(track),
        [path],
        " · ".join(filter(None, [place(view, track), f"{path.period.label}", _corridor(track)])),
        notes=[f"▾ {FROM}:自{before.period.label}{value_text(before.card, before.total)}起算"],
    )
    options: dict[str, Any] = {
        "limits": history.limits(path, track.limits),
        "flags": [flag for flag in flags if flag.key in known],
    }
    drawn = (
        charts.trend_line(
            marks, unit=path.card.label, percent=path.card.unit in ("share", "ratio"), **options
        )
        if path.card.is_rate
        else charts.trend_bars(marks, unit=path.card.word, **options)
    )
    panel.chart(made, drawn, marks)


def _title(track: Track) -> str:
    assert track.path is not None
    goal = f"{track.path.card.label}{aim_text(track.path.card, track.decision.aim)}"
    return f"{goal}:{track.judged.words}"


def _corridor(track: Track) -> str:
    return "虚线为正常波动范围" if track.limits and track.limits.phases else "历史不足,不画控制限"


def place(view: View, track: Track) -> str:
    """Area and filter, as a reader calls them."""
    if track.path is None:
        return ""
    area = track.path.scope.label(view.snapshot) if track.path.scope.code else "全街道"
    filtered = reading.filtered(view.snapshot, track.path)
    return " · ".join(filter(None, [area, filtered]))


def line(view: View, track: Track) -> str:
    """Who, by when, and where it stands."""
    made = track.decision
    late = " :orange-badge[▲ 已过期限]" if made.overdue(view.snapshot.as_of) else ""
    state = "" if made.state == "open" else f" :gray-badge[{STATES[made.state]}]"
    return f"{literal(made.who)} · {made.due}前{late}{state}"


def edits(made: Sequence[Decision]) -> list[dict[str, str]]:
    """Every edit, newest first."""
    return [
        {
            "时间": f"{each.written_at:%Y-%m-%d %H:%M}",
            "状态": STATES[each.state],
            "期限": f"{each.due}",
            "责任单位": literal(each.who),
            "事项": literal(each.text),
            "说明": literal(each.note) or "—",
        }
        for each in reversed(made)
    ]
