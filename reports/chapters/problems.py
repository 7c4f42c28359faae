"""问题: what is out of the ordinary, short of its target, overdue, or cannot be told. 建议 is a person's."""

from collections.abc import Iterator

from metrics import Measurement, card
from metrics.past import published, status_of
from metrics.quality import quality
from metrics.words import sentence, target_text, value_text
from reports.chapters.building import differing
from reports.chapters.overall import MAIN
from reports.chapters.places import LEVELS
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Blank, Paragraph, Sentence, Words

ADVICE = "由承办人填写:对应上述问题的措施、责任单位和完成时限"


def problems(ask: Gathering) -> list[Section]:
    found = [*_metrics(ask), *_units(ask), *_overdue(ask), *_late(ask)]
    if not found:
        none = Words("本期主要指标没有变差,没有低于目标,没有逾期未办结工单,各项数据均按期更新。")
        found = [Sentence("problems.none", (none,))]
    return [Section("problems", "存在问题", 1, tuple(Paragraph((each,)) for each in found))]


def advice(ask: Gathering) -> list[Section]:
    return [Section("advice", "工作建议", 1, (Blank(ADVICE),))]


def _metrics(ask: Gathering) -> Iterator[Sentence]:
    """Worse than its own past, beyond chance below its target, or without a number."""
    for metric in MAIN:
        found = ask.one(metric, period=published(card(metric), ask.period))
        given = status_of(found, ask.limits(metric))
        if (given and given.kind in ("worse", "high", "few")) or _missed(found) or _unknown(found):
            yield _sentence(ask, f"problems.{metric}", sentence(found, given), found)


def _missed(found: Measurement) -> bool:
    """Beyond what the interval leaves open."""
    row, target = found.total, found.target
    if target is None or row.low is None or row.high is None or not target_text(found):
        return False
    return row.low > target if found.card.direction == "lower" else row.high < target


def _unknown(found: Measurement) -> bool:
    return found.total.value is None


def _units(ask: Gathering) -> Iterator[Sentence]:
    """Units, and areas of the first level below the scope, that are worse beyond chance."""
    metric = "hotline_on_time_due"
    inner = [level for level in LEVELS if level in ask.scope.narrower][:1]
    for dimension, word in (("unit", "单位"), *((level, LEVELS[level]) for level in inner)):
        limits = ask.funnel(metric, dimension)
        if limits and any(each.kind == "worse" for each in limits.statuses.values()):
            found = ask.one(metric, dimension)
            text = f"{found.card.label}分{word}看,{differing(limits, found, word)}"
            yield _sentence(ask, f"problems.{dimension}", text, found)


def _overdue(ask: Gathering) -> Iterator[Sentence]:
    for metric in ("hotline_overdue", "case_overdue"):
        found = ask.one(metric)
        if found.total.value:
            text = f"期末{found.card.label}{value_text(found.card, found.total)},须逐件督办"
            yield _sentence(ask, f"problems.{metric}", text, found)


def _late(ask: Gathering) -> Iterator[Sentence]:
    late = [each.fresh.label for each in quality(ask.snapshot).pulses if each.judgement == "late"]
    if late:
        text = f"{'、'.join(late)}超过应更新的周期没有新记录,以上相关数字可能不全"
        yield Sentence("problems.late", (Words(f"{text}。"),))


def _sentence(ask: Gathering, key: str, text: str, found: Measurement) -> Sentence:
    return Sentence(key, (ask.said(text, found), Words("。")))
