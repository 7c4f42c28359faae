"""Pairs of records that are about the same matter: at one place, in like words, within weeks.

Never all pairs: only records of one place, or of one grid and category, that follow each other in time
are held against each other. A link needs both a place and a text, so no single reason makes one.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from etl.graph.grams import THREADS, Ints, Read

DAY = 86_400
WINDOW = 30  # days between two records
AFTER = 90  # days after closing in which a matter can come back
MOST = 8_000_000  # pairs looked at
SEEN = (6, 64)  # records that one is held against, in a large store and in a small one
PART = 1 << 15  # pairs of records at a time
ALIKE, VERY = 0.13, 0.35  # of two texts: the cosine of their rare pairs


@dataclass(frozen=True)
class Records:
    """One row per record, times in seconds; a hash where a word is meant, 0 where it is not known."""

    at: Ints
    closed: Ints  # of cases, when they were closed; 0 for others and open ones
    tie: Ints  # a hash of source and number: the order of what is of one second
    community: Ints
    grid: Ints
    category: Ints
    is_case: Ints
    read: Read


@dataclass(frozen=True)
class Links:
    """Pairs of rows of the records, the earlier first, and why."""

    left: Ints
    right: Ints
    same_place: Ints  # named in both; else it is the grid that is the same
    same_category: Ints
    alike: Ints
    confirmed: Ints  # by an analyst

    def only(self, kept: Ints) -> "Links":
        return Links(*(column[kept] for column in vars(self).values()))

    def with_confirmed(self, records: Records, left: Ints, right: Ints) -> "Links":
        """These pairs too, in either order, found or not."""
        when = records.at
        left, right = np.where(when[left] <= when[right], [left, right], [right, left])
        told = _described(records, left, right, np.ones(len(left), bool))
        count = len(records.at)
        fresh = ~np.isin(self.left * count + self.right, left * count + right)
        rest = self.only(fresh)
        return Links(
            *(
                np.concatenate([ours, theirs])
                for ours, theirs in zip(vars(rest).values(), vars(told).values(), strict=True)
            )
        )


def linked(records: Records) -> Links:
    """Records of one matter."""
    rows = np.arange(len(records.at))
    return _judged(records, *_pairs(records, rows, records.at, WINDOW))


def returned(records: Records) -> Links:
    """Closed cases, and what came in of the same matter after they were closed."""
    rows, closings = np.arange(len(records.at)), np.flatnonzero(records.closed)
    if not len(closings):
        return _judged(records, closings, closings)
    events = np.concatenate([rows, closings])
    when = np.concatenate([records.at, records.closed[closings]])
    left, right = _pairs(records, events, when, AFTER, closings=len(closings))
    later = (records.closed[left] > 0) & (records.at[right] > records.closed[left])
    return _judged(records, left[later], right[later])


def _pairs(
    records: Records, rows: Ints, when: Ints, window: int, closings: int = 0
) -> tuple[Ints, Ints]:
    """Rows of records that follow each other at a place or in a grid, share rare words and may be linked.
    Where the last events are closings, only what follows one of them."""
    order = np.lexsort((records.tie[rows], when))
    order = order[records.read.telling[rows[order]]]
    row, moment, closing = rows[order], when[order], order >= len(rows) - closings
    places = (*records.read.places.T, records.grid)
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda at: _following(records, row, moment, window, closing, at), places)
        both = np.sort(np.concatenate([*found]))
    both = both[np.diff(both, prepend=-1) > 0]
    return both >> 32, both & 0xFFFFFFFF


def _following(
    records: Records, row: Ints, moment: Ints, window: int, closing: Ints, place: Ints
) -> Ints:
    """Of rows in the order of time, those that follow each other at this place: two in one number."""
    known = np.flatnonzero(place[row] > 0)
    bucket = records.community[row[known]] * np.uint64(31) ^ place[row[known]].astype(np.uint64)
    order = np.argsort(bucket, kind="stable")
    bucket, known = bucket[order], known[order]
    row, moment, closing = row[known], moment[known], closing[known]
    closings = closing.any()
    first = np.flatnonzero(closing) if closings else np.arange(len(row))
    found = [np.empty(0, np.int64)]
    for step in range(1, 1 + int(np.clip(MOST // max(1, len(row)), *SEEN))):
        first = first[first < len(row) - step]
        then = first + step
        first = first[
            (bucket[then] == bucket[first]) & (moment[then] - moment[first] <= window * DAY)
        ]
        if not len(first):
            break
        kept = first[~closing[first + step]] if closings else first
        found.append(_likely(records, row[kept], row[kept + step]))
    return np.concatenate(found)


def _likely(records: Records, left: Ints, right: Ints) -> Ints:
    """Of these pairs those that may be linked."""
    same = _same_place(records, left, right)
    near = same | _in_grid(records, left, right)
    left, right = left[near], right[near]
    may = records.read.may_be(np.where(same[near], ALIKE, VERY), left, right)
    return left[may] << 32 | right[may]


def _judged(records: Records, left: Ints, right: Ints) -> Links:
    found = _described(records, left, right, np.zeros(len(left), bool))
    in_grid = _in_grid(records, left, right) & (found.alike >= VERY)
    return found.only(np.where(found.same_place, found.alike >= ALIKE, in_grid))


def _same_place(records: Records, left: Ints, right: Ints) -> Ints:
    same = np.zeros(len(left), bool)
    for ours in records.read.places.T:
        for theirs in records.read.places.T:
            same |= (ours[left] == theirs[right]) & (ours[left] > 0)
    return same & (records.community[left] == records.community[right])


def _in_grid(records: Records, left: Ints, right: Ints) -> Ints:
    """In one grid, without two places that differ."""
    first = records.read.places[:, 0]
    grid, case = records.grid, records.is_case
    # Ledgers of cases are written in set phrases: there, like words in one grid say nothing.
    return (
        ((first[left] == 0) | (first[right] == 0))
        & (grid[left] == grid[right])
        & (grid[left] > 0)
        & ~(case[left] | case[right])
    )


def _described(records: Records, left: Ints, right: Ints, confirmed: Ints) -> Links:
    category = records.category
    return Links(
        left,
        right,
        _same_place(records, left, right),
        (category[left] == category[right]) & (category[left] > 0),
        _likeness(records.read, left, right),
        confirmed,
    )


def _likeness(read: Read, left: Ints, right: Ints) -> Ints:
    def part(start: int) -> Ints:
        here = slice(start, start + PART)
        both = read.rare[left[here]].multiply(read.rare[right[here]])
        return np.asarray(both.sum(axis=1), np.float32).ravel()

    with ThreadPoolExecutor(THREADS) as pool:
        return np.concatenate([np.empty(0, np.float32), *pool.map(part, range(0, len(left), PART))])
