"""热点: what people ask for most, what moved beyond chance, what comes back."""

from metrics.words import value_text
from reports.chapters.building import MOST, compared, largest, moved, sentences, told
from reports.chapters.charts import ranked
from reports.gathering import Gathering
from reports.model import Section, Sentence, Words

VOLUME = "hotline_volume"


def hotspots(ask: Gathering) -> list[Section]:
    found = ask.one(VOLUME, "category_path")
    first = largest(found)
    said = (ask.said(f"反映较多的事项是{first}", found), Words("。")) if first else ()
    text = sentences(
        Sentence("hotspots.most", said),
        moved(ask, "hotspots.moved", "category", VOLUME, "个类别"),
        told(ask, "hotspots.repeat", "hotline_repeat"),
    )
    top = next((row for row in found.rows if row.group[0] and row.value), None)
    title = f"反映最多的事项是{top.label},{value_text(found.card, top)}" if top else ""
    return [
        Section("hotspots", "热点诉求", 1, (
            text,
            compared(ask, "topics", "反映较多的事项", "category_path", VOLUME, MOST),
            ranked(ask, "topics-chart", found, title),
        ))
    ]  # fmt: skip
