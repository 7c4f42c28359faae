"""How many orders the next month of a series will probably bring, told from its months before.

Series are rows, months are columns. Orders of a month are usual orders (a rate per usual day times the days) times
a season, and vary about that: by chance, by what the months of all series vary beyond chance, and by what a
series varies beyond all others. What is unsure of the rate and of the season widens the forecast.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

YEAR = 12
PRIOR = 3  # orders that must speak before a season is believed
POOLED = 6  # months that the variation of all series counts for, beside a series' own
WILD = 16.0  # a past burst is no usual variation: squared deviations beyond four are cut here
NODES = 21  # of the quadrature over what is unsure
WILDEST = 4.0  # the squared coefficient of variation looked for, at most


@dataclass(frozen=True)
class Foresight:
    """One entry per series. Orders are negative binomial with variance spread · (expected + shape · expected²),
    about a mean that is itself unsure by this squared coefficient of variation."""

    expected: "np.ndarray"
    shape: float  # squared coefficient of variation of months beyond chance, of all series
    spread: "np.ndarray"  # of one series beside all, 1 or more
    unsure: "np.ndarray"

    def chance(self, orders: "np.ndarray", upto: float) -> "np.ndarray":
        """Of so many orders or more: the tail over what the mean may be, as its lognormal quadrature. What is
        sure to be more than `upto` is given as 1: tails grow with the mean, and half of the weight is on means
        no smaller than the middle one."""
        import numpy as np

        nodes, weights = _quadrature()
        middle = self._tail(orders, slice(None), np.zeros((1, 1)))[0]
        unsure = np.flatnonzero(middle / 2 <= upto)
        chances = np.ones(len(orders))
        tails = self._tail(orders[unsure], unsure, nodes)
        chances[unsure] = np.minimum(1.0, (weights * tails).sum(axis=0))
        return chances

    def _tail(self, orders: "np.ndarray", of: Any, nodes: "np.ndarray") -> "np.ndarray":
        """At means so many standard deviations off: a row for each node, a column for each of these series."""
        import numpy as np
        from scipy.stats import nbinom

        wide = np.sqrt(np.log1p(self.unsure[of]))
        mean = self.expected[of] * np.exp(wide * nodes - wide**2 / 2)
        return nbinom.sf(orders - 1, *_parameters(mean, self._variance(mean, of)))

    def quantile(self, share: float, of: Sequence[int]) -> "np.ndarray":
        """Of these series, by their places."""
        from scipy.stats import nbinom

        size, p = self._whole()
        return nbinom.ppf(share, size[of], p[of])

    def centrality(self, orders: "np.ndarray") -> "np.ndarray":
        """The share of the range about the middle that just reaches these orders; half of what equals them counts."""
        import numpy as np
        from scipy.stats import nbinom

        parameters = self._whole()
        below = nbinom.cdf(orders, *parameters) - nbinom.pmf(orders, *parameters) / 2
        return np.abs(2 * below - 1)

    def within(self, share: float) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
        """The first and last of a range of whole numbers that holds this share in the middle, and the share that it
        does hold. Whole numbers seldom hold a share exactly: an end that is not needed for it is left out."""
        import numpy as np
        from scipy.stats import nbinom

        parameters = self._whole()
        low, high = (nbinom.ppf(at, *parameters) for at in ((1 - share) / 2, (1 + share) / 2))
        held = nbinom.cdf(high, *parameters) - nbinom.cdf(low - 1, *parameters)
        for _ in ("one end", "the other"):
            first, last = nbinom.pmf(low, *parameters), nbinom.pmf(high, *parameters)
            spare = (held - np.minimum(first, last) >= share) & (low < high)
            low, high = low + (spare & (first <= last)), high - (spare & (first > last))
            held = held - spare * np.minimum(first, last)
        return low, high, held

    def _variance(self, mean: "np.ndarray", of: Any = slice(None)) -> "np.ndarray":
        return self.spread[of] * (mean + self.shape * mean**2)

    def _whole(self) -> tuple["np.ndarray", "np.ndarray"]:
        """Of the negative binomial with the variance of all."""
        return _parameters(
            self.expected, self._variance(self.expected) + self.expected**2 * self.unsure
        )


def foresee(
    before: "np.ndarray", weights: "np.ndarray", same: Sequence[int], recent: int
) -> Foresight:
    """`weights` are usual days of the months before and of the next; `same` are the columns of its own season; the
    rate is that of the `recent` last months."""
    import numpy as np

    months = before.shape[1]
    told = before[:, -recent:].sum(axis=1) + 0.5
    rate = told / weights[:-1][-recent:].sum()
    usual = ((before.sum(axis=1) + 0.5) / weights[:-1].sum())[:, None] * weights[None, :-1]
    shape, spread = variation(before, usual)
    season, unsure = np.ones(len(before)), 1 / told + shape / min(recent, months)
    if len(same) and months >= YEAR:
        seen, foreseen = before[:, same].sum(axis=1), usual[:, same].sum(axis=1)
        prior = PRIOR * (1 + shape * foreseen / len(same))
        season = (seen + prior) / (foreseen + prior)
        trusted = foreseen / (foreseen + prior)
        unsure = unsure + 1 / (seen + prior) + shape / len(same) * trusted**2
    return Foresight(rate * weights[-1] * season, shape, spread, spread * unsure)


def variation(before: "np.ndarray", usual: "np.ndarray") -> tuple[float, "np.ndarray"]:
    """By how much months vary beyond chance: the squared coefficient of variation that explains the deviations of
    all series together, and what multiple of that each series has of its own, 1 or more."""
    import numpy as np
    from scipy.optimize import brentq

    freedom = before.shape[1] - 1
    telling = usual.mean(axis=1)
    telling = telling / (1 + telling)  # months without an order tell little of variation

    def own(shape: float) -> "np.ndarray":
        squared = (before - usual) ** 2 / (usual + shape * usual**2)
        return np.minimum(squared, WILD).sum(axis=1) / freedom

    def beyond(shape: float) -> float:
        return float(np.average(own(shape), weights=telling)) - 1

    shape = 0.0
    if len(before) and beyond(0) > 0:
        shape = float(brentq(beyond, 0, WILDEST, xtol=1e-4)) if beyond(WILDEST) < 0 else WILDEST
    return shape, np.maximum(1, (freedom * own(shape) + POOLED) / (freedom + POOLED))


@cache
def _quadrature() -> tuple["np.ndarray", "np.ndarray"]:
    """Nodes and weights over a standard normal variable, as columns: one row of series at each node."""
    import numpy as np

    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes[:, None], (weights / weights.sum())[:, None]


def _parameters(mean: "np.ndarray", variance: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    import numpy as np

    size = mean**2 / np.maximum(variance - mean, 1e-9 * mean)
    return size, size / (size + mean)
