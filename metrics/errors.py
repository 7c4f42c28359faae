"""What can go wrong while measuring. Each class is one thing a caller can do differently.

MetricError
├── NoSnapshot        nothing has been loaded yet, or the snapshot named does not exist
├── UnknownMetric     no card has this id, or the card has no such version
├── BadPeriod         the text does not name a period
├── BadScope          no area has this code or name
├── BadCut            this metric cannot be grouped or filtered that way
├── BadRole           the deployment is fixed to a role that does not exist
├── OldSnapshot       an earlier version of the program made the snapshot, and the cards ask for more
└── BadCards          the cards are wrong: nothing starts on them (metrics/faults.py)

Messages are Chinese: what was expected, what was found, what would work.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class MetricError(Exception):
    """Base of every error that is shown to a reader as it stands."""


class NoSnapshot(MetricError):
    pass


class UnknownMetric(MetricError):
    pass


class BadPeriod(MetricError):
    pass


class BadScope(MetricError):
    pass


class BadCut(MetricError):
    pass


class BadRole(MetricError):
    pass


class OldSnapshot(MetricError):
    pass


def nearest(word: str, known: Iterable[str], cutoff: float = 0.5) -> str:
    """The hint that ends a message: the closest right word, where one is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f",是否要用“{close[0]}”?" if close else ""
