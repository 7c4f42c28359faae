"""How many were still waiting on each day and what became of them: what every estimate of time starts from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import Literal, NamedTuple

How = Literal["closed", "transferred", "returned", "open", "unknown"]
# Transferred is closed here too, as in the closing rates; as a competing event it stands apart.
CLOSED: tuple[How, ...] = ("closed", "transferred")


class End(NamedTuple):
    """`n` of them ended this way, or were last seen open, `day` days after acceptance."""

    day: float  # counted up to full steps of two hours
    how: How
    n: int
    days: float = 0.0  # what they waited all together, exactly


class RiskSet(NamedTuple):
    day: float
    waiting: int  # just before; who leaves on the day itself is among them
    ended: Mapping[How, int]
    gone: int  # all that ended


def risk_sets(ends: Iterable[End]) -> list[RiskSet]:
    """One per day on which anything ended, in order. Whoever is last seen open on a day was at risk on it."""
    leaving: dict[float, dict[How, int]] = defaultdict(dict)
    waiting = 0
    for day, how, n, _ in ends:
        on_day = leaving[day]
        on_day[how] = on_day.get(how, 0) + n
        waiting += n
    sets = []
    for day in sorted(leaving):
        ended = leaving[day]
        still_open = ended.pop("open", 0)
        gone = sum(ended.values())
        if gone:
            sets.append(RiskSet(day, waiting, ended, gone))
        waiting -= gone + still_open
    return sets


def followed(ends: Iterable[End]) -> float:
    """Up to which day anything can be said: the longest wait seen, for ever once all have ended."""
    last, still_open = 0.0, False
    for day, how, n, _ in ends:
        if n and day >= last:
            still_open = how == "open" or (still_open and day == last)
            last = day
    return last if still_open or not last else inf
