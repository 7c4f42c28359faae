"""When a run of periods is no chance: the rules of NHS England's Making Data Count, each with its words.

The trend rule is told but decides nothing: it adds false alarms and finds hardly anything that the
others miss (Davis and Woodall 1988). For the same reason a run counts from eight, not seven. The false
alarms of the set that decides are simulated in tests/metrics/test_status_simulated.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from metrics.status import Side

RUN = 8
TREND = 7
Rule = Literal["outside", "near", "run", "trend"]
WORDS: dict[Rule, dict[Side, str]] = {
    "outside": {"high": "高于正常上限", "low": "低于正常下限"},
    "near": {"high": "3期中有2期接近上限", "low": "3期中有2期接近下限"},
    "run": {"high": f"连续{RUN}期高于中线", "low": f"连续{RUN}期低于中线"},
    "trend": {"high": f"连续{TREND}期一路上升", "low": f"连续{TREND}期一路下降"},
}
DECISIVE: tuple[Rule, ...] = ("outside", "near", "run")


@dataclass(frozen=True)
class Fired:
    rule: Rule
    side: Side

    @property
    def words(self) -> str:
        return WORDS[self.rule][self.side]


@dataclass(frozen=True)
class Placed:
    """One value of a run among its limits at three and at two standard deviations."""

    value: float
    centre: float
    outer: tuple[float, float]
    inner: tuple[float, float]

    def beyond(self, edges: tuple[float, float]) -> Side | None:
        return "low" if self.value < edges[0] else "high" if self.value > edges[1] else None

    @property
    def side(self) -> Side | None:
        return self.beyond((self.centre, self.centre))


def fired(run: Sequence[Placed]) -> list[Fired]:
    """What the last value sets off, the most telling rule first. All of them share one baseline."""
    last = run[-1]
    found: list[tuple[Rule, Side | None]] = [
        ("outside", last.beyond(last.outer)),
        ("near", _near(run[-3:])),
        ("run", _same([each.side for each in run[-RUN:]], RUN)),
        ("trend", _trend([each.value for each in run[-TREND:]])),
    ]
    return [Fired(rule, side) for rule, side in found if side]


def _near(three: Sequence[Placed]) -> Side | None:
    """Two of three in the outer third, the last one of them."""
    sides = [each.beyond(each.inner) for each in three]
    return sides[-1] if sides[-1] and sides.count(sides[-1]) >= 2 else None


def _same(sides: Sequence[Side | None], length: int) -> Side | None:
    return sides[-1] if len(sides) == length and len(set(sides)) == 1 else None


def _trend(values: Sequence[float]) -> Side | None:
    if len(values) < TREND:
        return None
    steps = [b - a for a, b in pairwise(values)]
    return (
        "high"
        if all(step > 0 for step in steps)
        else "low"
        if all(step < 0 for step in steps)
        else None
    )
