"""Pairs of records that are about the same matter: at one place, in like words, within weeks.

Never all pairs: only records of one place, or of one grid and category, that follow each other in time
are held against each other. A link needs both a place and a text, so no single reason makes one.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from etl.ahead import THREADS
from etl.characters import Ints
from etl.graph.grams import Read, most_alike

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
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(
            lambda place: _following(records, row, moment, window, closing, place),
            (records.grid, *records.read.places.T),
        )
        both = np.sort(np.concatenate([*found]))
    both = both[np.diff(both, prepend=-1) > 0]
    return both >> 32, both & 0xFFFFFFFF


def _following(
    records: Records, row: Ints, moment: Ints, window: int, closing: Ints, place: Ints
) -> Ints:
    """Of rows in the order of time, those that follow each other at this place and may be linked: two in one
    number."""
    known = np.flatnonzero(place[row] > 0)
    bucket = records.community[row[known]] * np.uint64(31) ^ place[row[known]].astype(np.uint64)
    order = np.argsort(bucket, kind="stable")
    bucket, known = bucket[order], known[order]
    row, moment, closing = row[known], moment[known], closing[known]
    closings, in_grid = closing.any(), place is records.grid
    # In the order of the buckets: what stands side by side is compared.
    bits, most, named, case = (
        np.take(column, row, axis=0)
        for column in (records.read.bits, records.read.most, records.read.places, records.is_case)
    )
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
        left = first[~closing[first + step]] if closings else first
        least = np.full(len(left), ALIKE)
        if in_grid:
            least = _least(named, case, left, left + step)
            near = np.isfinite(least)
            left, least = left[near], least[near]
        left = left[most_alike(bits, most, left, left + step) >= least]
        found.append(row[left] << 32 | row[left + step])
    return np.concatenate(found)


def _least(named: Ints, case: Ints, left: Ints, right: Ints) -> Ints:
    """Of records in one grid, how like their texts must be: a place that both name speaks for them, too. Where
    nothing does, no text is like enough."""
    same = _both_name(named, left, right)
    # Ledgers of cases are written in set phrases: there, like words in one grid say nothing.
    unnamed = ((named[left, 0] == 0) | (named[right, 0] == 0)) & ~(case[left] | case[right])
    return np.where(same, ALIKE, np.where(unnamed, VERY, np.inf))


def _judged(records: Records, left: Ints, right: Ints) -> Links:
    found = _described(records, left, right, np.zeros(len(left), bool))
    return found.only(found.alike >= np.where(found.same_place, ALIKE, VERY))


def _same_place(records: Records, left: Ints, right: Ints) -> Ints:
    community = records.community
    return _both_name(records.read.places, left, right) & (community[left] == community[right])


def _both_name(places: Ints, left: Ints, right: Ints) -> Ints:
    """Whether one place is named in both."""
    same = np.zeros(len(left), bool)
    for ours in places.T:
        for theirs in places.T:
            same |= (ours[left] == theirs[right]) & (ours[left] > 0)
    return same


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
