"""渠道与类型: how it came in, and what it was about."""

from reports.chapters.building import compared, first_of, leading, sentences
from reports.chapters.charts import ranked
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Chart, Sentence, Words

VOLUME = "hotline_volume"


def demand(ask: Gathering) -> list[Section]:
    return [
        Section("demand", "渠道与类型", 1, ()),
        Section("channel", "受理渠道", 2, (
            sentences(_most(ask, "demand.channel", VOLUME, "channel", "从渠道看,诉求")),
            compared(ask, "channels", "各渠道诉求受理量", "channel", VOLUME),
        )),
        Section("nature", "诉求类型", 2, (
            sentences(
                _most(ask, "demand.nature", VOLUME, "nature", "从性质看,诉求"),
                _most(ask, "demand.category", VOLUME, "category", "从类别看,诉求"),
            ),
            compared(ask, "natures", "各性质诉求受理量", "nature", VOLUME),
            _categories(ask),
        )),
        Section("kinds", "事件与纠纷类型", 2, (
            sentences(_most(ask, "demand.kind", "case_count", "kind", "受理案件")),
            compared(ask, "case-kinds", "各类案件受理量", "kind", "case_count"),
        )),
    ]  # fmt: skip


def _most(ask: Gathering, key: str, metric: str, dimension: str, about: str) -> Sentence:
    found = ask.one(metric, dimension)
    return Sentence(key, (ask.said(leading(found, about), found), Words("。")))


def _categories(ask: Gathering) -> Chart:
    found = ask.one(VOLUME, "category")
    return ranked(ask, "categories", found, first_of(found))
