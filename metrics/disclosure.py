"""Small cells: what may leave this house when people are counted, and why nothing more can be worked out.

The smallest thing ever published is an atom: one column, one calendar month, one community (or the
street) and one group. `publish` turns the count of an atom into a class: a multiple of five, or small.
Every published figure, whatever its period, area or filter, is computed from the classes of its atoms
and never from the counts, so all figures together say no more than the classes do. A class that is
not small holds at least three counts, and the small one holds all counts below the threshold, so no
subtraction, over whatever cuts, recovers a count. A sum is therefore a sum of rounded parts: it may
differ by a few from the rounded sum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

STEP = 5
Group = tuple[str | None, ...]


@dataclass(frozen=True)
class Threshold:
    """Counts below `least` are small. T2 keeps zero among them: that nobody has something tells too."""

    least: int
    zero_is_small: bool

    @property
    def effective(self) -> int:
        """`least`, raised where the class that holds it would keep fewer than three counts."""
        top = nearest_step(self.least) + STEP // 2
        return self.least if top - self.least >= 2 else top + 1

    @property
    def stand_in(self) -> float:
        """What a small atom adds to a sum: the same for all of them, so that it tells nothing."""
        return (self.effective - 1 + (0 if self.zero_is_small else 1)) / 2


@dataclass(frozen=True)
class Published:
    """The class of one atom. `amount` is what it adds to a sum."""

    amount: float
    small: bool


def nearest_step(count: float) -> int:
    return int((count + STEP / 2) // STEP * STEP)


def publish(count: int, threshold: Threshold) -> Published:
    if count == 0 and not threshold.zero_is_small:
        return Published(0, small=False)
    if count < threshold.effective:
        return Published(threshold.stand_in, small=True)
    return Published(nearest_step(count), small=False)


def total(atoms: Iterable[Published], threshold: Threshold) -> int | None:
    """The sum; None unless what is visible in it reaches the threshold and outweighs what is not."""
    atoms = list(atoms)
    visible = sum(atom.amount for atom in atoms if not atom.small)
    small = sum(atom.amount for atom in atoms if atom.small)
    if small and (visible < threshold.effective or visible < small):
        return None
    return nearest_step(visible + small)


def complements(hidden: Iterable[Group], shown: Mapping[Group, float]) -> set[Group]:
    """The groups to hide besides: wherever one alone is hidden in a line of the table, its smallest
    neighbour too. A line is the groups that differ in one dimension only."""
    gone, extra = set(hidden), set()
    width = len(next(iter(gone))) if gone else 0
    while True:
        more = {
            neighbour
            for position in range(width)
            if (neighbour := _lonely(position, gone, shown)) is not None
        }
        if not more:
            return extra
        gone |= more
        extra |= more


def _lonely(position: int, gone: set[Group], shown: Mapping[Group, float]) -> Group | None:
    """The smallest visible neighbour of the first group that is hidden alone along one dimension."""

    def line(group: Group) -> tuple[str | None, ...]:
        return group[:position] + group[position + 1 :]

    everything = sorted(gone | shown.keys(), key=lambda group: [code or "" for code in line(group)])
    for _, found in groupby(everything, key=line):
        members = list(found)
        visible = [group for group in members if group not in gone]
        if len(members) - len(visible) == 1 and visible:
            return min(visible, key=lambda group: (shown[group], [code or "" for code in group]))
    return None
