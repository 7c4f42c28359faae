"""How far chance carries a share or a count from its centre: k standard deviations on either side.

Where few events are expected the normal curve misleads, and the exact tails of the binomial and of the
Poisson distribution with the same probability are taken. `spread` widens both about the centre for
values that vary more than chance alone would have them (over-dispersion, multiplicative).
"""

import math
from typing import TYPE_CHECKING, Any

from metrics.tails import Binomial, Poisson

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

NORMAL = 10.0  # expected events, of the rarer kind, from which the normal curve serves
ALWAYS = math.inf


def of_share(
    p: float, n: "Array", k: float, *, spread: float = 1.0, exact_below: float = NORMAL
) -> "tuple[Array, Array]":
    """Limits of a share at each base of `n`, as shares."""
    import numpy as np

    half = k * np.sqrt(p * (1 - p) / n)
    low, high = p - half, p + half
    sparse = n * min(p, 1 - p) < exact_below
    if sparse.any():
        below, above = _exact(Binomial(n[sparse], p), k)
        low[sparse], high[sparse] = below / n[sparse], above / n[sparse]
    return _widened(p, low, high, spread, 1.0)


def of_rate(
    rate: float,
    exposure: "Array",
    k: float,
    *,
    spread: float = 1.0,
    exact_below: float = NORMAL,
) -> "tuple[Array, Array]":
    """Limits of events per unit of exposure, at each exposure."""
    import numpy as np

    half = k * np.sqrt(rate / exposure)
    low, high = rate - half, rate + half
    sparse = rate * exposure < exact_below
    if sparse.any():
        below, above = _exact(Poisson(rate * exposure[sparse]), k)
        low[sparse], high[sparse] = below / exposure[sparse], above / exposure[sparse]
    return _widened(rate, low, high, spread, math.inf)


def _widened(
    centre: float, low: "Array", high: "Array", spread: float, top: float
) -> "tuple[Array, Array]":
    import numpy as np

    return (
        np.clip(centre - (centre - low) * spread, 0.0, top),
        np.clip(centre + (high - centre) * spread, 0.0, top),
    )


def _exact(law: Binomial | Poisson, k: float) -> "tuple[Array, Array]":
    """Between the last count that chance reaches and the first that it does not, each with the tail
    that k standard deviations leave; interpolated (Spiegelhalter 2005, appendix A.1.1), so that the
    drawn line is no staircase."""
    from scipy.special import ndtr

    tail = float(ndtr(-k))
    low, high = law.quantile(tail), law.upper_quantile(tail)
    reached, within = law.cdf(low), law.sf(high - 1)
    under = (reached - tail) / (reached - law.cdf(low - 1))
    over = (within - tail) / (within - law.sf(high))
    return low - under, high + over
