"""Pairs of records that are about the same matter: at one place, in like words, within weeks.

Never all pairs: only records of one place, or of one grid and category, that follow each other in time
are held against each other. A link needs both a place and a text, so no single reason makes one.
"""

from dataclasses import dataclass

import numpy as np

from etl.graph.grams import Ints, Read

DAY = 86_400
WINDOW = 30  # days between two records
AFTER = 90  # days after closing in which a matter can come back
MOST = 8_000_000  # pairs looked at
SEEN = (6, 64)  # records that one is held against, in a large store and in a small one
SHARED = 2  # rare pairs, at least
PART = 1 << 17  # pairs of records at a time
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
    events = np.concatenate([rows, closings])
    when = np.concatenate([records.at, records.closed[closings]])
    left, right = _pairs(records, events, when, AFTER, closings=len(closings))
    later = (records.closed[left] > 0) & (records.at[right] > records.closed[left])
    return _judged(records, left[later], right[later])


def _pairs(
    records: Records, rows: Ints, when: Ints, window: int, closings: int = 0
) -> tuple[Ints, Ints]:
    """Rows of records that follow each other at a place or in a grid and share rare words. Where the last
    events are closings, only what follows one of them."""
    found = [
        _following(records, rows, when, window, closings, place)
        for place in (*records.read.places.T, records.grid)
    ]
    both = np.unique(np.concatenate([left * len(records.at) + right for left, right in found]))
    return both // max(1, len(records.at)), both % max(1, len(records.at))


def _following(
    records: Records, rows: Ints, when: Ints, window: int, closings: int, place: Ints
) -> tuple[Ints, Ints]:
    telling = np.bitwise_count(records.read.bits) >= SHARED
    known = np.flatnonzero((place[rows] > 0) & telling[rows])
    bucket = records.community[rows[known]] * np.uint64(31) ^ place[rows[known]].astype(np.uint64)
    order = known[np.lexsort((records.tie[rows[known]], when[known], bucket))]
    bucket = records.community[rows[order]] * np.uint64(31) ^ place[rows[order]].astype(np.uint64)
    row, moment = rows[order], when[order]
    closing = order >= len(rows) - closings
    lefts, rights = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, 1 + int(np.clip(MOST // max(1, len(order)), *SEEN))):
        near = (bucket[step:] == bucket[:-step]) & (moment[step:] - moment[:-step] <= window * DAY)
        if closings:
            near &= closing[:-step] & ~closing[step:]
        if not near.any():
            break
        here = np.flatnonzero(near)
        left, right = row[here], row[here + step]
        bits = records.read.bits
        shared = np.bitwise_count(bits[left] & bits[right]) >= SHARED
        lefts.append(left[shared])
        rights.append(right[shared])
    return np.concatenate(lefts), np.concatenate(rights)


def _judged(records: Records, left: Ints, right: Ints) -> Links:
    found = _described(records, left, right, np.zeros(len(left), bool))
    named = (records.read.places[left, 0] > 0) & (records.read.places[right, 0] > 0)
    same_grid = (records.grid[left] == records.grid[right]) & (records.grid[left] > 0)
    # Ledgers of cases are written in set phrases: there, like words in one grid say nothing.
    in_grid = same_grid & ~named & (found.alike >= VERY)
    in_grid &= ~(records.is_case[left] | records.is_case[right])
    return found.only(np.where(found.same_place, found.alike >= ALIKE, in_grid))


def _described(records: Records, left: Ints, right: Ints, confirmed: Ints) -> Links:
    places, category = records.read.places, records.category
    same = (places[left][:, :, None] == places[right][:, None, :]) & (places[left][:, :, None] > 0)
    return Links(
        left,
        right,
        same.any(axis=(1, 2)) & (records.community[left] == records.community[right]),
        (category[left] == category[right]) & (category[left] > 0),
        _likeness(records.read, left, right),
        confirmed,
    )


def _likeness(read: Read, left: Ints, right: Ints) -> Ints:
    found = [np.empty(0, np.float32)]
    for start in range(0, len(left), PART):
        here = slice(start, start + PART)
        both = read.rare[left[here]].multiply(read.rare[right[here]])
        found.append(np.asarray(both.sum(axis=1), np.float32).ravel())
    return np.concatenate(found)
