"""How far chance alone could have moved a value: 95% intervals for shares and for rates of events."""

from functools import lru_cache
from math import sqrt

Z = 1.959963984540054


def wilson(numerator: float, denominator: float, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval of a share: honest near 0 and 1, where the textbook one is not.
    Rounding may not push an end past the share itself."""
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    half = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2))
    scale = 1 + z * z / denominator
    low, high = (middle - half) / scale, (middle + half) / scale
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def exact(numerator: float, denominator: float, level: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's interval: never too narrow, used where claims of 100% are made."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    missed = denominator - numerator
    low = float(betaincinv(numerator, missed + 1, tail)) if numerator > 0 else 0.0
    high = float(betaincinv(numerator + 1, missed, 1 - tail)) if missed > 0 else 1.0
    return low, high


@lru_cache(maxsize=4096)  # the small counts of many areas are the same few numbers
def events(count: float, z: float = Z) -> tuple[float, float]:
    """Byar's approximation to the exact Poisson interval of a count."""
    low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3


def difference(
    one: tuple[float, float], other: tuple[float, float], z: float = Z
) -> tuple[float, float]:
    """Newcombe's interval of the difference of two shares, each given as (numerator, denominator)."""
    p, q = one[0] / one[1], other[0] / other[1]
    (low_p, high_p), (low_q, high_q) = wilson(*one, z), wilson(*other, z)
    down = sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    up = sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    return p - q - down, p - q + up
