"""Of each owner its distinct numbers, in bulk."""

import numpy as np

from etl.characters import Ints

WIDE = 8  # times the average: where one owner has more numbers, they are not laid side by side
NONE = np.int32(np.iinfo(np.int32).max)


def distinct(counts: Ints, numbers: Ints) -> tuple[Ints, Ints]:
    """Up to where those of each owner reach, and they, ascending. `counts` are how many of the numbers (from 0)
    each owner has, one after the other."""
    width = int(counts.max(initial=0))
    if width * len(counts) <= WIDE * len(numbers):
        return _side_by_side(counts, numbers, width)
    owner = np.repeat(np.arange(len(counts)) << 32, counts)
    # The owners ascend already: merging finds the numbers of each in place.
    both = np.sort(owner | numbers, kind="stable")
    both = np.compress(np.diff(both, prepend=-1) > 0, both)
    return np.searchsorted(both, np.arange(1, len(counts) + 1) << 32), both.astype(np.int32)


def _side_by_side(counts: Ints, numbers: Ints, width: int) -> tuple[Ints, Ints]:
    """A row for each owner: short rows are sorted many times faster than one long one."""
    rows = np.full((len(counts), width), NONE)
    rows[np.arange(width) < counts[:, None]] = numbers
    rows.sort(axis=1)
    fresh = rows != NONE
    fresh[:, 1:] &= rows[:, 1:] != rows[:, :-1]
    return np.cumsum(fresh.sum(axis=1)), rows[fresh]
