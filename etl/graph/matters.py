"""Matters: records that hang together by links, kept from growing into one by chaining."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from etl.characters import Ints
from etl.graph.matching import DAY, Links, Records

LONGEST = 180  # days that one matter may last


@dataclass(frozen=True)
class Matters:
    """`of` is the number of each record's matter, 0 where it has none; 1 is the largest. `persons` counts
    those who raised each matter, from 1 on: of what nobody can be named for, each record is one."""

    of: Ints
    persons: Ints


def matters(records: Records, links: Links, caller: Ints) -> Matters:
    of, persons = np.zeros(len(records.at), np.int32), np.zeros(1, np.int64)
    if len(links.left):
        linked = np.unique(np.concatenate([links.left, links.right]))
        of[linked], persons = _among(linked, records, links, caller)
    return Matters(of, persons)


def _among(linked: Ints, records: Records, links: Links, caller: Ints) -> tuple[Ints, Ints]:
    """The same, of the records that have links alone: most have none."""
    ends = np.searchsorted(linked, links.left), np.searchsorted(linked, links.right)
    at, tie, who = records.at[linked], records.tie[linked], caller[linked]
    whole = _components(len(linked), *ends)
    stretch = _stretches(whole, at)
    within = stretch[ends[0]] == stretch[ends[1]]
    label = _components(len(linked), ends[0][within], ends[1][within])
    size = np.bincount(label)
    persons = _persons(label, np.where(who > 0, who, tie))
    kept = np.flatnonzero((size > 1) & (persons > 1))
    first = np.full(len(size), np.iinfo(np.int64).max)
    np.minimum.at(first, label, at)
    least = np.full(len(size), np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(least, label, tie)
    order = kept[np.lexsort((least[kept], first[kept], -size[kept]))]
    number = np.zeros(len(size), np.int32)
    number[order] = np.arange(1, len(order) + 1)
    return number[label], np.concatenate([[0], persons[order]])


def _components(count: int, left: Ints, right: Ints) -> Ints:
    graph = sparse.coo_array((np.ones(len(left), bool), (left, right)), (count, count))
    return connected_components(graph, directed=False)[1]


def _stretches(label: Ints, at: Ints) -> Ints:
    """A number for each half-year, counted from the first record of a component."""
    first = np.full(label.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, label, at)
    return (at - first[label]) // (LONGEST * DAY)


def _persons(label: Ints, who: Ints) -> Ints:
    order = np.lexsort((who, label))
    new = np.ones(len(order), bool)
    new[1:] = (label[order][1:] != label[order][:-1]) | (who[order][1:] != who[order][:-1])
    return np.bincount(label[order][new], minlength=label.max() + 1)
