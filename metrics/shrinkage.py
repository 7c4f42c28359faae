"""What a unit's rate would be with more cases: drawn towards that of all, the more the smaller its base.

Empirical Bayes by moments: beta-binomial for shares (Kleinman 1973), gamma-Poisson for rates of events
(Marshall 1991). Where units differ no more than chance would have them, all get the value of all.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metrics.limits import Array

EXPLAINED = "收缩估计:数量越少,越向整体靠拢;数量少的单位看它比看原始比率稳当。"


def shares(events: "Array", bases: "Array") -> "Array":
    """Shrunken shares, one per unit."""
    whole = bases.sum()
    p = events.sum() / whole
    between = (bases * (events / bases - p) ** 2).sum() - (len(bases) - 1) * p * (1 - p)
    room = (whole - (bases**2).sum() / whole) * p * (1 - p)
    # The intraclass correlation: how alike the cases of one unit are.
    alike = min(max(between / room, 0.0), 1.0) if room > 0 else 0.0
    weight = bases * alike / (1 - alike + bases * alike)
    return p + weight * (events / bases - p)


def rates(events: "Array", exposures: "Array") -> "Array":
    """Shrunken rates of events per unit of exposure, one per unit."""
    whole = exposures.sum()
    mean = events.sum() / whole
    raw = events / exposures
    variance = (exposures * (raw - mean) ** 2).sum() / whole - mean / exposures.mean()
    if variance <= 0 or mean <= 0:
        return mean + 0 * raw
    return mean + variance / (variance + mean / exposures) * (raw - mean)
