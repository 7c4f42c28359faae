"""How far "resolved" is borne out: what the unit says, what the caller says, what happens afterwards.

A rate at its ceiling can no longer get better and tells no two years apart, so it hands over to the next
rung (`then` on its card). Each rung of a ladder says how many it leaves out, and what it would be if all
of these had said no, or yes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from metrics import status
from metrics.definitions import card
from metrics.result import Measurement

Ledger = Literal["hotline", "cases"]
DAYS = (30, 60, 90)


@dataclass(frozen=True)
class Headline:
    """The measurement to show large; those before it on the chain, at their ceiling, to keep small."""

    shown: Measurement
    passed: tuple[Measurement, ...] = ()


@dataclass(frozen=True)
class Left:
    """Of the orders a rung asks about, those that it cannot tell: `lacking` says why."""

    lacking: str
    count: float


@dataclass(frozen=True)
class Rung:
    """Of `base` orders `yes` and `no`, the others left out. `low` and `high` are the shares of the base
    if every one left out were a no, or a yes; None where nothing is known of the base."""

    name: str
    found: Measurement
    base: float | None
    left: tuple[Left, ...] = ()
    refused: str = ""  # what a no is called

    @property
    def yes(self) -> float | None:
        return self.found.total.numerator

    @property
    def no(self) -> float | None:
        row = self.found.total
        if row.numerator is None or row.denominator is None:
            return None
        return row.denominator - row.numerator

    @property
    def left_out(self) -> float:
        return sum(left.count for left in self.left)

    @property
    def low(self) -> float | None:
        return self.yes / self.base if self.base and self.yes is not None else None

    @property
    def high(self) -> float | None:
        if not self.base or self.yes is None:
            return None
        return (self.yes + self.left_out) / self.base

    @property
    def at_ceiling(self) -> bool:
        return at_ceiling(self.found)


def at_ceiling(measured: Measurement) -> bool:
    """However few there are: they cannot get better."""
    return status.at_ceiling(measured.card, measured.total.value)


def chain(metric: str) -> tuple[str, ...]:
    """The metric and those that take over from it, in order."""
    found = [metric]
    while (following := card(found[-1]).then) is not None:
        found.append(following)
    return tuple(found)


def headline(metric: str, found: Mapping[str, Measurement]) -> Headline:
    """The first metric of the chain that can still tell something; the others of the chain are looked up
    only where the first is at its ceiling. Rungs that nobody reports are passed over; where all that
    answer are at their ceiling, the last of them stays, and says so."""
    if not at_ceiling(found[metric]):
        return Headline(found[metric])
    passed: list[Measurement] = []
    for name in chain(metric):
        if at_ceiling(found[name]):
            passed.append(found[name])
        elif found[name].total.value is not None:
            return Headline(found[name], tuple(passed))
    return Headline(passed[-1], tuple(passed[:-1]))


@dataclass(frozen=True)
class _Ladder:
    closed: str
    confirmed: str
    unreached: str
    quiet: str  # with the days to be filled in, as `unfollowed`
    unfollowed: str


LADDERS: dict[Ledger, _Ladder] = {
    "hotline": _Ladder(
        "hotline_closure_accepted",
        "hotline_confirmation",
        "未回访到",
        "hotline_not_repeated_{}",
        "hotline_unfollowed_{}",
    ),
    "cases": _Ladder(
        "case_closure_accepted",
        "case_confirmation",
        "未回访",
        "case_not_returned_{}",
        "case_unfollowed_{}",
    ),
}


# Of which ladder a rate is a rung, and what that ladder is then filtered by.
ASKING: dict[str, tuple[Ledger, Mapping[str, str]]] = {
    "hotline_confirmation": ("hotline", {}),
    "case_confirmation": ("cases", {}),
    "case_dispute_confirmation": ("cases", {"kind": "dispute"}),
}


def asked(ledger: Ledger, days: int) -> tuple[str, ...]:
    """The metrics that `rungs` wants measured."""
    ladder = LADDERS[ledger]
    names = (ladder.closed, ladder.confirmed, ladder.quiet, ladder.unfollowed)
    return tuple(name.format(days) for name in names)


def rungs(ledger: Ledger, days: int, found: Mapping[str, Measurement]) -> Sequence[Rung]:
    """已办结, 回访确认解决 and N天未复诉. The base of the first is
    what should be handled; of the others, what was closed."""
    ladder = LADDERS[ledger]
    closed, confirmed = found[ladder.closed], found[ladder.confirmed]
    done = closed.total.numerator
    made = [
        Rung("已办结", closed, closed.total.denominator, refused="未办结"),
        Rung(
            "回访确认解决",
            confirmed,
            done,
            _left(done, confirmed, (), ladder.unreached),
            refused="说没有解决",
        ),
    ]
    quiet = found[ladder.quiet.format(days)]
    waiting = found[ladder.unfollowed.format(days)].total.value
    known = (Left("未满观察期", waiting),) if waiting else ()
    left = _left(done, quiet, known, "无从追踪")
    return [*made, Rung(f"{days}天未复诉", quiet, done, left, refused="又来反映")]


def _left(
    base: float | None, measured: Measurement, known: tuple[Left, ...], rest: str
) -> tuple[Left, ...]:
    """Whatever the denominator of a rung does not hold of its base, none of it unsaid."""
    row = measured.total
    if base is None or row.denominator is None:
        return ()
    others = base - row.denominator - sum(left.count for left in known)
    return (*known, Left(rest, others)) if others > 0 else known
