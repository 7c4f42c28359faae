"""What the reader is told, worst first: a sentence with its numbers, and how grave it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["break", "look", "explained", "note"]
ORDER: tuple[Level, ...] = ("break", "look", "explained", "note")
LABELS: dict[Level, str] = {
    "break": "对不上",
    "look": "要留意",
    "explained": "已还原",
    "note": "说明",
}


@dataclass(frozen=True)
class Finding:
    level: Level
    words: str
    topic: str = ""  # the column or the sentence it is about

    @property
    def label(self) -> str:
        return LABELS[self.level]


def worst_first(found: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(found), key=lambda each: ORDER.index(each.level))
