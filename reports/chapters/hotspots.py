"""热点: what people ask for most, what moved beyond chance, what comes back."""

from reports.chapters.building import MOST, compared, first_of, leading, moved, sentences, told
from reports.chapters.charts import ranked
from reports.chapters.terms import terms
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Sentence, Words

VOLUME = "hotline_volume"


def hotspots(ask: Gathering) -> list[Section]:
    found = ask.one(VOLUME, "category_path")
    said = (ask.said(leading(found, "从事项看,反映"), found), Words("。"))
    text = sentences(
        Sentence("hotspots.most", said),
        moved(ask, "hotspots.moved", "category", VOLUME, "个类别"),
        told(ask, "hotspots.repeat", "hotline_repeat"),
    )
    parts = (
        text,
        compared(ask, "topics", "反映较多的事项", "category_path", VOLUME, MOST),
        ranked(ask, "topics-chart", found, f"反映的事项:{first_of(found)}"),
    )
    worded = terms(ask)
    if not worded:
        return [Section("hotspots", "热点诉求", 1, parts)]
    matters = Section("matters", "反映较多的事项", 2, parts)
    return [Section("hotspots", "热点诉求", 1, ()), matters, *worded]
