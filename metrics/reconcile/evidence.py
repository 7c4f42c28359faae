"""How likely a definition fits by chance: few rows of whole percents fit many definitions.

An unrelated ratio hits a printed value about as often as its rounding interval is wide against the
spread of the column. Rows that print 0 or 100% tell nothing of the base, because 0/x and x/x do not
depend on it. The expected number of chance fits is that probability over all rows, times the number of
definitions tried.
"""

from dataclasses import dataclass
from math import comb

import numpy as np

CLAIM = 0.05  # expected chance fits below which a definition is named
STRONG = 0.001
FEWEST_ROUND = 3  # rows of whole percents below which nothing is ever claimed


@dataclass(frozen=True)
class Evidence:
    """`chance`: how many of the definitions tried would fit so well if none were the right one."""

    rows: int
    telling: int  # rows that could have contradicted it
    digits: int
    chance: float

    @property
    def claims(self) -> bool:
        if self.digits <= 0 and self.telling < FEWEST_ROUND:
            return False
        return self.telling > 0 and self.chance < CLAIM

    @property
    def words(self) -> str:
        if self.claims:
            strength = "证据很强" if self.chance < STRONG else "证据较强"
            return f"{strength}:{self._about}"
        return f"证据不足,可能是碰巧:{self._about}"

    @property
    def _about(self) -> str:
        if not self.telling:
            return f"{self.rows}行全是0或100%,看不出分母"
        what = f"{self.telling}行有区分力、{precision(self.digits)}"
        if self.chance >= 1:
            return f"{what},碰巧相符的算法预计不止一种"
        return f"{what},碰巧相符的机会{_share(self.chance)}"


def precision(digits: int) -> str:
    return f"{digits}位小数" if digits > 0 else "取整数"


def _share(chance: float) -> str:
    if chance < 1e-4:
        return "不到万分之一"
    return f"约{chance * 100:.2g}%"


def weigh(
    values: np.ndarray, width: float, tried: int, whole: float, digits: int, matched: np.ndarray
) -> Evidence:
    """`values` as printed; `width` of a rounding interval; `whole` is what a hundred percent prints as,
    or 0 for counts; `matched` marks the rows reproduced."""
    ends = (0.0, whole) if whole else (0.0,)
    telling = ~np.isin(values, ends)
    spread = float(np.ptp(values)) if len(values) > 1 else 0.0
    if telling.sum() == 1:
        spread = max(whole, float(np.max(np.abs(values))))
    share = min(1.0, width / spread) if spread > 0 else 1.0
    hits, misses = int((telling & matched).sum()), int((telling & ~matched).sum())
    chance = tried * comb(hits + misses, misses) * share**hits
    return Evidence(int(matched.sum()), hits, digits, float(chance))
