"""What the forecasts of past months would have been, each told what was known before it, and how they fared.

They serve twice. A range holds as many of the months to come as such ranges held of the months before: where past
months lay closer to what was expected than the model says, the range is drawn narrower, else wider. And each of the
last twelve months is judged by a range that was drawn, and widened, by the months before it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.foresight import YEAR, Foresight, foresee

if TYPE_CHECKING:
    import numpy as np

HELD = 0.8  # of the months to come, the share that lies in a range
ENOUGH = 6  # closed months before anything is foretold
BELIEVED = 50  # past forecasts that must speak before the model is corrected by half
WIDE = 1.2816  # standard deviations that hold 80%


@dataclass(frozen=True)
class Check:
    """Over the last closed months: how often the range held, how often it should have (ranges of few whole orders
    hold more than 80%), and the mean miss in orders, beside taking over the month of the year before (None where
    there is none)."""

    months: int
    held: float
    due: float
    naive_held: float | None
    miss: float | None
    naive_miss: float | None


@dataclass(frozen=True)
class Ranges:
    expected: "np.ndarray"
    low: "np.ndarray"
    high: "np.ndarray"
    held: "np.ndarray"  # the share that each is to hold


def foretell(before: "np.ndarray", weights: "np.ndarray", names: Sequence[int]) -> Foresight:
    """Of the last month named, from those before it: series are rows, `names` are months of the year."""
    same = [n for n, name in enumerate(names[:-1]) if _season(name) == _season(names[-1])]
    return foresee(before, weights, same, recent=YEAR)


def ranges(counts: "np.ndarray", weights: "np.ndarray", names: Sequence[int]) -> Ranges:
    """Of the last month named, which `counts` does not have yet."""
    return _ranges(foretell(counts, weights, names), _away(counts, weights, names, counts.shape[1]))


def check(counts: "np.ndarray", weights: "np.ndarray", names: Sequence[int]) -> Check | None:
    import numpy as np

    last = counts.shape[1]
    away = _away(counts, weights, names, last)
    held, due, naive, misses, naive_misses = [], [], [], [], []
    for at in range(max(ENOUGH, last - YEAR), last):
        now = counts[:, at]
        told = _ranges(_told(counts, weights, names, at), away[: at - ENOUGH])
        held.append((told.low <= now) & (now <= told.high))
        due.append(told.held)
        if at >= YEAR:
            ago = counts[:, at - YEAR]
            naive.append(np.abs(now - ago) <= WIDE * np.sqrt(2 * np.maximum(ago, 1)))
            misses.append(np.abs(now - told.expected))
            naive_misses.append(np.abs(now - ago))
    if not held:
        return None

    def mean(parts: list["np.ndarray"]) -> float | None:
        return float(np.mean(parts)) if parts else None

    return Check(
        len(held),
        float(np.mean(held)),
        float(np.mean(due)),
        *map(mean, (naive, misses, naive_misses)),
    )


def _told(counts: "np.ndarray", weights: "np.ndarray", names: Sequence[int], at: int) -> Foresight:
    return foretell(counts[:, :at], weights[: at + 1], names[: at + 1])


def _away(
    counts: "np.ndarray", weights: "np.ndarray", names: Sequence[int], last: int
) -> list["np.ndarray"]:
    """For each month from the first that can be foretold: how wide a range each series would have needed."""
    return [
        _told(counts, weights, names, at).centrality(counts[:, at]) for at in range(ENOUGH, last)
    ]


def _ranges(told: Foresight, away: list["np.ndarray"]) -> Ranges:
    import numpy as np

    as_modelled = np.linspace(0, 1, BELIEVED)
    wide = float(np.quantile(np.concatenate([*away, as_modelled]), HELD))
    low, high, share = told.within(wide)
    inside, outside = HELD * share / wide, 1 - (1 - HELD) * (1 - share) / (1 - wide)
    return Ranges(told.expected, low, high, np.where(share < wide, inside, outside))


def _season(month: int) -> int:
    """January and February are one: the Spring Festival moves between them."""
    return 1 if month == 2 else month
