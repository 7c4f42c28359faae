"""Matters: records that hang together by links, kept from growing into one by chaining."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from etl.graph.grams import Ints
from etl.graph.matching import DAY, Links, Records

LONGEST = 180  # days that one matter may last


@dataclass(frozen=True)
class Matters:
    """`of` is the number of each record's matter, 0 where it has none; 1 is the largest. `persons` counts
    those who raised each matter, from 1 on: of what nobody can be named for, each record is one."""

    of: Ints
    persons: Ints


def matters(records: Records, links: Links, caller: Ints) -> Matters:
    count = len(records.at)
    if not len(links.left):
        return Matters(np.zeros(count, np.int32), np.zeros(1, np.int64))
    whole = _components(count, links)
    stretch = _stretches(whole, records)
    label = _components(count, links.only(stretch[links.left] == stretch[links.right]))
    size = np.bincount(label)
    persons = _persons(label, records, caller)
    kept = np.flatnonzero((size > 1) & (persons > 1))
    first = np.full(len(size), np.iinfo(np.int64).max)
    np.minimum.at(first, label, records.at)
    tie = np.full(len(size), np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(tie, label, records.tie)
    order = kept[np.lexsort((tie[kept], first[kept], -size[kept]))]
    number = np.zeros(len(size), np.int32)
    number[order] = np.arange(1, len(order) + 1)
    return Matters(number[label], np.concatenate([[0], persons[order]]))


def _components(count: int, links: Links) -> Ints:
    graph = sparse.coo_array(
        (np.ones(len(links.left), bool), (links.left, links.right)), (count, count)
    )
    return connected_components(graph, directed=False)[1]


def _stretches(label: Ints, records: Records) -> Ints:
    """A number for each half-year, counted from the first record of a component."""
    first = np.full(label.max() + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, label, records.at)
    return (records.at - first[label]) // (LONGEST * DAY)


def _persons(label: Ints, records: Records, caller: Ints) -> Ints:
    who = np.where(caller > 0, caller, records.tie)
    order = np.lexsort((who, label))
    new = np.ones(len(order), bool)
    new[1:] = (label[order][1:] != label[order][:-1]) | (who[order][1:] != who[order][:-1])
    return np.bincount(label[order][new], minlength=label.max() + 1)
