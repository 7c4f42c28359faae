"""Tails of the binomial and of the Poisson distribution, for many units at once.

scipy.special and not scipy.stats: checking the arguments of a distribution takes it longer than the sums do.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metrics.limits import Array


class _Law(ABC):
    """Of whole numbers from nought on. Beside its tails, what tells about where they end."""

    @abstractmethod
    def cdf(self, k: Any) -> "Array":
        """P(X <= k)."""

    @abstractmethod
    def sf(self, k: Any) -> "Array":
        """P(X > k)."""

    @property
    @abstractmethod
    def mean(self) -> "Array": ...

    @property
    @abstractmethod
    def variance(self) -> "Array": ...

    @property
    @abstractmethod
    def lean(self) -> float:
        """The third central moment, in variances."""

    def quantile(self, q: float) -> "Array":
        """The least k with P(X <= k) >= q."""
        return self._first(q, lambda k: self.cdf(k) >= q)

    def upper_quantile(self, q: float) -> "Array":
        """The least k with P(X > k) <= q."""
        return self._first(1 - q, lambda k: self.sf(k) <= q)

    def _first(self, q: float, reached: Callable[["Array"], Any]) -> "Array":
        """In single steps from where Cornish and Fisher expect it, seldom more than one away: inverting
        the tail takes five times as long."""
        import numpy as np
        from scipy.special import ndtri

        z = ndtri(q)
        k = self.mean + z * np.sqrt(self.variance) + (z * z - 1) / 6 * self.lean
        k = np.maximum(np.ceil(k), 0.0)
        while (short := ~reached(k)).any():
            k += short
        while (spare := (k > 0) & reached(k - 1)).any():
            k -= spare
        return k


@dataclass(frozen=True)
class Binomial(_Law):
    n: "Array"  # whole numbers
    p: float

    def cdf(self, k: Any) -> "Array":
        from scipy.special import bdtr

        return _from_nought(k, bdtr(self._within(k), self._n, self.p), 0.0)

    def sf(self, k: Any) -> "Array":
        from scipy.special import bdtrc

        return _from_nought(k, bdtrc(self._within(k), self._n, self.p), 1.0)

    @property
    def mean(self) -> "Array":
        return self.n * self.p

    @property
    def variance(self) -> "Array":
        return self.mean * (1 - self.p)

    @property
    def lean(self) -> float:
        return 1 - 2 * self.p

    def _within(self, k: Any) -> "Array":
        """More than all of n is met where parts and base come from different ledgers."""
        import numpy as np

        return np.minimum(_least(k), self._n)

    @cached_property
    def _n(self) -> Any:
        import numpy as np

        return np.asarray(self.n).astype(np.intp)


@dataclass(frozen=True)
class Poisson(_Law):
    expected: "Array"

    def cdf(self, k: Any) -> "Array":
        from scipy.special import pdtr

        return _from_nought(k, pdtr(_least(k), self.expected), 0.0)

    def sf(self, k: Any) -> "Array":
        from scipy.special import pdtrc

        return _from_nought(k, pdtrc(_least(k), self.expected), 1.0)

    @property
    def mean(self) -> "Array":
        return self.expected

    @property
    def variance(self) -> "Array":
        return self.expected

    @property
    def lean(self) -> float:
        return 1.0


def _least(k: Any) -> "Array":
    import numpy as np

    return np.maximum(k, 0)


def _from_nought(k: Any, value: "Array", below: float) -> "Array":
    import numpy as np

    return np.where(np.asarray(k) < 0, below, value)
