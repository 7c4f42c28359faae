"""A rate written as columns over columns, and whether a value prints as the bulletin does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from metrics.reconcile.sheet import Column, Sheet

Mode = Literal["half", "cut", "mixed"]
MODES: dict[Mode, str] = {"half": "四舍五入", "cut": "截尾(不进位)", "mixed": "四舍五入与截尾混用"}
Kind = Literal["share", "complement", "change", "of_sum", "points"]

TINY = 1e-7


@dataclass(frozen=True)
class Term:
    """One column, or two or three added or subtracted."""

    parts: tuple[tuple[int, int], ...]  # sign, place among the columns

    def words(self, columns: Sequence[Column], alone: bool = True) -> str:
        text = "".join(
            f"{'' if not n else '+' if sign > 0 else '−'}{columns[at].name}"
            for n, (sign, at) in enumerate(self.parts)
        )
        return text if alone or len(self.parts) == 1 else f"({text})"


@dataclass(frozen=True, eq=False)
class Definition:
    kind: Kind
    above: Term
    below: Term | None
    columns: tuple[Column, ...]

    @property
    def words(self) -> str:
        above = self.above.words(self.columns, alone=False)
        below = self.below.words(self.columns, alone=False) if self.below else ""
        return {
            "share": f"{above}÷{below}",
            "complement": f"1−{above}÷{below}",
            "change": f"({above}−{below})÷{below}",
            "of_sum": f"{above}÷{above}各行之和",
            "points": f"{above}−{below}(百分点)",
        }[self.kind]

    @property
    def base(self) -> str:
        return (
            f"{self.above.words(self.columns)}各行之和"
            if self.below is None
            else self.below.words(self.columns)
        )

    def value(self, sheet: Sheet, sums: dict[int, float] | None = None) -> np.ndarray:
        """The ratio of every row; `sums` replaces a column's numbers, for a totals row."""
        above, below = self._side(self.above, sums), self._side(self.below, sums)
        with np.errstate(divide="ignore", invalid="ignore"):
            if self.kind == "of_sum":
                at = self.above.parts[0][1]
                return above / np.nansum(self.columns[at].values[sheet.body])
            if self.kind == "points":
                return above - below
            ratio = above / below
        return {"complement": 1 - ratio, "change": ratio - 1}.get(self.kind, ratio)

    def _side(self, term: Term | None, sums: dict[int, float] | None) -> np.ndarray:
        made = np.full(len(self.columns[0].values), np.nan if term is None else 0.0)
        for sign, at in term.parts if term else ():
            made = made + sign * (sums[at] if sums else self.columns[at].values)
        return made


def agrees(ratio: np.ndarray, column: Column, at: np.ndarray, slack: np.ndarray | float = 0.0):
    """Whether a ratio prints as the column does: rounded half up, and cut off."""
    shown, exact = column.values[at], ratio * column.scale
    half, cut = compare(exact, shown, column.width, slack)
    return half, cut


def compare(exact: np.ndarray, shown: np.ndarray, width: float, slack: np.ndarray | float = 0.0):
    off = np.abs(exact - shown)
    half = off <= width / 2 + TINY + slack
    over = np.abs(exact) - np.abs(shown)
    cut = (over >= -TINY - slack) & (over < width - TINY + slack) & (off < width + slack)
    return half, cut


_BASES = ("总数", "应", "受理", "派遣", "办件", "立案", "接收", "任务")


def likeness(rate: str, above: str, below: str) -> float:
    """How well the words of a numerator and a base go with a rate's: 按期结案率, 按期结案数, 应结案数."""
    stem = set(rate.rsplit("/", 1)[-1].replace("率", "").replace("占比", ""))
    words = set(above.rsplit("/", 1)[-1])
    shared = len(stem & words) / max(1, len(stem))
    closest = 1 - len(words - stem) / max(1, len(words))
    return shared + 0.3 * closest + 0.5 * any(word in below for word in _BASES)
