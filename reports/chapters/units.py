"""承办单位: who handles what, on time or not, and who can be told apart at all."""

from metrics.words import value_text
from reports.chapters.building import differing, leading, sentences, side_by_side
from reports.chapters.charts import ranked
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Chart, Sentence, Words

ON_TIME, OVERDUE = "hotline_on_time_due", "hotline_overdue"
COLUMNS = (ON_TIME, "hotline_satisfied_explicit", OVERDUE)


def units(ask: Gathering) -> list[Section]:
    text = sentences(_judged(ask), _overdue(ask))
    table = side_by_side(
        ask, "units", "各承办单位办理情况", "unit", COLUMNS, judged=ON_TIME,
        notes=("判断针对按时办结率;无法区分:差异在随机波动范围内,不排名次",),
    )  # fmt: skip
    return [Section("units", "承办单位", 1, (text, table, _chart(ask)))]


def _judged(ask: Gathering) -> Sentence:
    found = ask.one(ON_TIME, "unit")
    said = differing(ask.funnel(ON_TIME, "unit"), found, "单位")
    if not said:
        return Sentence("units.on_time", (Words("本期没有到期应办结的诉求。"),))
    words = ask.said(f"按时办结率(应办结口径)分单位看,{said}", found, ask.one(ON_TIME))
    return Sentence("units.on_time", (words, Words("。")))


def _overdue(ask: Gathering) -> Sentence:
    total, found = ask.one(OVERDUE), ask.one(OVERDUE, "unit")
    text = f"期末逾期未办结工单{value_text(total.card, total.total)}"
    words = [ask.said(text, total)]
    if total.total.value:
        words.append(ask.said(f",{leading(found, '分单位看,')}", found))
    return Sentence("units.overdue", (*words, Words("。")))


def _chart(ask: Gathering) -> Chart:
    found = ask.one(ON_TIME, "unit")
    title = differing(ask.funnel(ON_TIME, "unit"), found, "单位")
    return ranked(ask, "units-on-time", found, f"按时办结率:{title}", enough=True)
