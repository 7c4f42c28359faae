"""What is wrong with the cards, where it stands, and what was probably meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.errors import MetricError


@dataclass(frozen=True, order=True)
class Fault:
    file: str
    line: int
    place: str  # [cards.hotline_volume] numerator
    words: str

    def __str__(self) -> str:
        return f"{self.file} 第{self.line}行 {self.place}:{self.words}"


class BadCards(MetricError):
    """All faults of all files: who mends one file should not have to start ten times."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(sorted(set(faults)))
        told = "\n".join(f"  ✗ {fault}" for fault in self.faults)
        super().__init__(
            f"口径卡有{len(self.faults)}处错误,没有启动。改好下列各处再启动"
            f"(也可以用 python -m metrics check 检查):\n{told}"
        )
