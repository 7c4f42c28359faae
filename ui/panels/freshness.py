"""How old each source is by its own rhythm, and which months are empty."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from metrics.pulse import Month, Pulse
from metrics.quality import Quality
from metrics.records import Freshness
from metrics.words import number
from ui import panel
from ui.charts import Mark
from ui.charts.pulse import Bar, Strip, strips
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.state import View
from ui.words import literal

SHOWN = 36  # months
LEGEND = "× 为空月,斜纹为未结束的月份,虚线为数据截至日。右侧为最近一条距截至日的天数/更新周期。"
NAMED = 6  # empty months named under the chart
VERDICTS = {
    "late": "△ 超期",
    "on_time": "● 正常",
    "no_rhythm": "○ 不设周期",
    "no_dates": "○ 不按日期",
}
COLUMNS = (
    Column("来源"),
    Column("行数", "count"),
    Column("最早一条"),
    Column("最近一条"),
    Column("距截至日(天)", "count"),
    Column("更新周期(天)", "count"),
    Column("判断"),
    Column("空月数", "count"),
    Column("最近接入"),
)
DEFINITION = (
    "**更新情况**",
    "距截至日:这个来源最近一条记录的日期到数据截至日的天数。更新周期:这类数据多久应该来一次。距截至日大于更新周期,判为超期。",
    "截至日是工单、案件、活动里最晚的一天。所有来源都停了,截至日也跟着停:请同时看最近接入时间。",
    "空月:中间没有记录的月份,和已经过了更新周期仍没有记录的月份。只对周期不超过31天的来源判断。",
)


def freshness(view: View, found: Quality) -> None:
    months = _months(found)
    marks = [_mark(each) for each in found.pulses]
    drawn = strips(
        [_strip(each, months) for each in found.pulses],
        months,
        until=_until(months, found.as_of),
        as_of=f"截至{found.as_of.month}月{found.as_of.day}日",
    )
    made = Panel(
        name="quality-freshness",
        title=_finding(found),
        subtitle=f"每月记录数,各来源按自己最多的一月画 · 全部已接入数据 · 数据截至{found.as_of}",
        sheet=lambda: _sheet(view, found),
        definition=DEFINITION,
        notes=[LEGEND, *_gaps(found), *_absent(found), *_outdated(found)],
    )
    panel.chart(made, drawn, marks)


def _finding(found: Quality) -> str:
    late = [f"{literal(each.fresh.label)}已{each.age}天没有新记录" for each in found.late]
    gaps = sum(len(each.gaps) for each in found.pulses)
    said = [*late[:2], *([f"共{len(late)}类来源超期"] if len(late) > 2 else [])]
    if not late and found.timed:
        said = [f"按周期更新的{len(found.timed)}类来源都没有超期"]
    if not found.timed:
        said = ["没有可以按周期判断的来源"]
    return ";".join([*said, *([f"有{gaps}个空月"] if gaps else [])])


def _months(found: Quality) -> list[date]:
    """The last three years at most, of the sources that reach furthest back."""
    longest = max((each.months for each in found.pulses), key=len, default=())
    return [month.start for month in longest[-SHOWN:]]


def _until(months: Sequence[date], as_of: date) -> float:
    days = monthrange(as_of.year, as_of.month)[1]
    return len(months) - 1.5 + as_of.day / days


def _strip(pulse: Pulse, months: Sequence[date]) -> Strip:
    shown = pulse.months[-len(months) :] if months else ()
    fullest = max((month.rows for month in shown), default=0)
    fresh = pulse.fresh
    return Strip(
        name=fresh.label,
        about=_latest(fresh),
        verdict=VERDICTS[pulse.judgement],
        because=_because(pulse),
        special=pulse.judgement == "late",
        bars=[_bar(fresh.label, month, fullest) for month in shown],
        instead="" if fresh.last_event else f"没有日期,共{number(fresh.rows)}行",
    )


def _latest(fresh: Freshness) -> str:
    if fresh.last_event:
        return f"最近{fresh.last_event}"
    return f"接入{fresh.last_loaded:%Y-%m-%d}" if fresh.last_loaded else ""


def _because(pulse: Pulse) -> str:
    """How old against how old it may be."""
    rhythm = pulse.fresh.rhythm_days
    if pulse.age is None:
        return f"周期{rhythm}天" if rhythm else ""
    return f"{max(pulse.age, 0)}天" + (f"/{rhythm}天" if rhythm else "")


def _bar(name: str, month: Month, fullest: int) -> Bar:
    words = f"{name} {_name(month.start)}:{number(month.rows)}行"
    words += ",空月" * month.gap + "(本月未完)" * month.unfinished
    height = max(month.rows / fullest, 0.04) if month.rows else 0
    return Bar(height, words, month.gap, month.unfinished)


def _mark(pulse: Pulse) -> Mark:
    age = "没有日期" if pulse.age is None else f"{pulse.age}天"
    special = pulse.judgement == "late"
    return Mark(pulse.fresh.source, pulse.fresh.label, pulse.age, age, special=special)


def _name(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _gaps(found: Quality) -> list[str]:
    return [
        f"{literal(each.fresh.label)}空月:{_named(each)}。" for each in found.pulses if each.gaps
    ]


def _named(pulse: Pulse) -> str:
    """The latest ones: those can still be asked for."""
    last = [_name(month.start) for month in pulse.gaps[-NAMED:]]
    more = f"等{len(pulse.gaps)}个" if len(pulse.gaps) > NAMED else ""
    return "、".join(last) + more


def _absent(found: Quality) -> list[str]:
    return [f"还没有接入:{'、'.join(map(literal, found.absent))}。"] if found.absent else []


def _outdated(found: Quality) -> list[str]:
    """A snapshot from before rows were counted by month and rules were named."""
    if all(each.months or not each.fresh.last_event for each in found.pulses):
        return []
    return ["这份快照由较早的版本生成,没有每月行数和规则的名称;再接入任一文件后补全。"]


def _sheet(view: View, found: Quality) -> Sheet:
    rows: list[list[Cell]] = [
        [
            each.fresh.label,
            each.fresh.rows,
            str(each.fresh.first_event or "") or None,
            str(each.fresh.last_event or "") or None,
            each.age,
            each.fresh.rhythm_days,
            VERDICTS[each.judgement],
            len(each.gaps) if each.months else None,
            f"{each.fresh.last_loaded:%Y-%m-%d %H:%M}" if each.fresh.last_loaded else None,
        ]
        for each in found.pulses
    ]
    return Sheet(COLUMNS, rows, traced(view, DEFINITION))


def traced(view: View, definition: Sequence[str]) -> list[str]:
    """What a file says about its numbers."""
    about = [f"数据截至:{view.snapshot.as_of}", f"快照:{view.snapshot.id}", "范围:全部已接入数据"]
    return [*about, "", *(line.replace("**", "") for line in definition)]
