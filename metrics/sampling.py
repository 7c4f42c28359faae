"""How many to check before a claim of 100% may be believed, which ones, and what the check then shows.

A check without a miss bounds the share of misses from above; it never proves that there is none. In a
register of a few hundred the bound is taken from the register itself (hypergeometric), which needs fewer
checks than the infinite case. Bounds are one-sided at 95%: "at most" is what a claim of 100% asks about.
365 of 365 leaves 1 - 0.05 ** (1 / 365) = 0.82%; the rule of three, 3 / 365, is its approximation.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log

from metrics import intervals
from metrics.words import number

LEVEL = 0.95
LARGE = 1_000_000  # beyond it the register is as good as infinite


@dataclass(frozen=True)
class Finding:
    """What `checked` checks with `failed` misses say about a register. `at_most` counts its misses, those
    found among them; `upper` is the one-sided bound of their share, `low` and `high` the two-sided exact
    interval (Clopper and Pearson) of the process behind it."""

    checked: int
    failed: int
    at_most: int | None  # None where the size of the register is not known
    upper: float
    low: float
    high: float


def failure_bound(total: float, failed: float = 0) -> float:
    """The share of failures that `failed` among `total` still leaves possible, one-sided at 95%."""
    return intervals.exact(failed, total, level=2 * LEVEL - 1)[1]


def checks_needed(share: float, size: int | None = None) -> int:
    """How many must be checked without a miss to say at 95% that at least `share` of `size` are right."""
    if size is None or size > LARGE:
        return ceil(log(1 - LEVEL) / log(share))
    # The fewest misses that would make the claim false; none of them may be likely to stay unseen.
    wrong = floor(size * (1 - share) + 1e-9) + 1
    if wrong > size:
        return size
    return _first(1, size, lambda checks: _unseen(size, wrong, checks, 0) <= 1 - LEVEL)


def conclude(checked: int, failed: int, size: int | None = None) -> Finding:
    """`failed` of `checked` were not as claimed, in a simple random sample from a register of `size`."""
    low, high = intervals.exact(failed, checked)
    if size is None or size > LARGE:
        return Finding(checked, failed, None, failure_bound(checked, failed), low, high)
    most = size - (checked - failed)
    above = _first(failed, most + 1, lambda n: n > most or _too_many(size, n, checked, failed))
    return Finding(checked, failed, above - 1, (above - 1) / size, low, high)


def supports(found: Finding, share: float) -> bool:
    """Whether the check bears out that at least `share` are as claimed."""
    return 1 - found.upper >= share - 1e-12


def finding(found: Finding, word: str, size: int | None = None) -> str:
    """抽查59件,0件不属实:365件中不属实的至多15件,不属实率上限4.11%(95%)."""
    text = f"抽查{number(found.checked)}{word},{number(found.failed)}{word}不属实:"
    if size is not None and found.at_most is not None:
        text += f"{number(size)}{word}中不属实的至多{number(found.at_most)}{word},"
    return f"{text}不属实率上限{upper(found.upper)}(95%)"


def upper(share: float) -> str:
    """A bound from above is rounded up, or it would promise more than it holds."""
    return f"{ceil(share * 10_000 - 1e-6) / 100:.2f}%"


def _too_many(size: int, wrong: int, checked: int, failed: int) -> bool:
    return _unseen(size, wrong, checked, failed) <= 1 - LEVEL


def _unseen(size: int, wrong: int, checks: int, failed: int) -> float:
    """How likely it is to meet no more than `failed` of the wrong ones."""
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(failed, size, wrong, checks))


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The smallest number that holds, where all larger ones hold too and `high` does."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def draw(size: int, count: int, seed: str) -> list[int]:
    """`count` positions of a register of `size`, from 1, in order. Whoever knows the seed can draw them
    again, with any tool: the n-th number is SHA-256 of "seed/n" modulo the size, plus one; a position
    that was drawn before is passed over."""
    chosen: set[int] = set()
    turn = 0
    while len(chosen) < min(count, size):
        digest = hashlib.sha256(f"{seed}/{turn}".encode()).digest()
        chosen.add(int.from_bytes(digest, "big") % size + 1)
        turn += 1
    return sorted(chosen)
