"""What became of them: closed, transferred or returned exclude each other, so their shares add up with the
share still open to one. Aalen and Johansen (1978); counting the others as open would overstate each."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.risk import End, How, risk_sets


@dataclass(frozen=True)
class Outcome:
    """Shares of all within `day` days."""

    day: float
    closed: float
    transferred: float
    returned: float

    @property
    def open(self) -> float:
        return max(0.0, 1 - self.closed - self.transferred - self.returned)  # rounding


def outcome(ends: Iterable[End], day: float) -> Outcome:
    return outcomes(ends, (day,))[0]


def outcomes(ends: Iterable[End], days: Iterable[float]) -> list[Outcome]:
    """The cumulative incidences at each of the days, which are in order."""
    waiting: float = 1.0
    so_far: dict[How, float] = {}
    sets = risk_sets(ends)
    found, at = [], 0
    for day in days:
        while at < len(sets) and sets[at].day <= day:
            for how, n in sets[at].ended.items():
                so_far[how] = so_far.get(how, 0.0) + waiting * n / sets[at].waiting
            waiting *= 1 - sets[at].gone / sets[at].waiting
            at += 1
        found.append(
            Outcome(
                day,
                so_far.get("closed", 0.0),
                so_far.get("transferred", 0.0),
                so_far.get("returned", 0.0),
            )
        )
    return found
