"""Texts as pairs of neighbouring Chinese characters: the few rare ones say what a text is about.

A text is read as code points and worked on in bulk; a pair of characters is a number below 2**18, which a
few rare pairs share. Everything that is no Chinese character separates: numbers, dates, marks of masking.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from scipy import sparse

from etl.characters import FIRST, LAST, Characters, Ints
from etl.place_names import listed

BUCKETS = 1 << 18
MASKS = 8
SHARED = 2  # rare pairs, at least, of texts that are alike
USUAL = 1000  # texts: in a store of fewer, a pair is no less rare for that
RARE, FEW = 0.02, 20  # of the texts; in a small store a pair is rare in this many at any rate
PLACES = 2  # that are kept of one text
PART = 1 << 14  # texts at a time
THREADS = 2


@dataclass(frozen=True)
class Read:
    """`rare` has a row for each text: its rare pairs, weighted by how rare, of unit length; `most` is the weight
    of its rarest. `bits` has the same pairs as MASKS masks of 64. `places` holds up to two names of places for
    each text as numbers, 0 for none."""

    rare: sparse.csr_array
    most: Ints
    bits: Ints
    places: Ints

    @property
    def telling(self) -> Ints:
        """Which texts say enough to be like another."""
        return np.diff(self.rare.indptr) >= SHARED

    def may_be(self, least: Ints, left: Ints, right: Ints) -> Ints:
        """Which pairs of texts may be that alike: no pair of characters that two share adds more than the
        rarest of both would."""
        shared = np.bitwise_count(
            np.take(self.bits, left, axis=0) & np.take(self.bits, right, axis=0)
        ).sum(axis=1, dtype=np.uint16)
        return (shared >= SHARED) & (shared * self.most[left] * self.most[right] >= least)


@dataclass(frozen=True)
class Vocabulary:
    endings: Ints  # numbers of pairs
    ending_pairs: Ints  # the pairs themselves, as two code points in one number
    nameless: Ints
    unsaid: Ints  # numbers of pairs

    @classmethod
    @cache
    def known(cls) -> "Vocabulary":
        endings, nameless, unsaid = (
            np.array([[ord(first), ord(second)] for first, second in listed(name)], np.uint32).T
            for name in ("endings", "nameless", "unsaid")
        )
        ends = np.zeros(BUCKETS, bool)
        ends[_number(*endings)] = True
        unnamed = np.concatenate([_exact(*nameless), _exact(*endings)])
        return cls(ends, _exact(*endings), unnamed, _number(*unsaid))


def read(texts: pa.ChunkedArray, sample: Ints) -> Read:
    """`sample` marks the texts that tell which pairs are rare."""
    parts = [
        chunk.slice(start, PART) for chunk in texts.chunks for start in range(0, len(chunk), PART)
    ]
    ends = np.cumsum([len(part) for part in parts])
    weights = _weights(
        [
            part.filter(pa.array(sample[end - len(part) : end]))
            for part, end in zip(parts, ends, strict=True)
        ]
    )
    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(lambda part: _read(part, weights), parts))
    rare, *rest = zip(*made, strict=True)
    return Read(sparse.vstack(rare, format="csr"), *map(np.concatenate, rest))


def _read(part: pa.Array, weights: Ints) -> tuple[sparse.csr_array, Ints, Ints, Ints]:
    whole = Characters.of(part)
    pairs, chinese = _pairs(whole)
    ends, places = _places(whole, np.flatnonzero(chinese & Vocabulary.known().endings[pairs]))
    # What a text says of a place is no likeness: it is a reason of its own.
    named = np.zeros(len(whole.points) + 2, bool)
    for step in range(-3, 2):
        named[ends + step] = True
    kept = np.flatnonzero(chinese & (weights > 0)[pairs])
    kept = kept[~named[kept]]
    owner, found = _distinct(whole.owners(kept), pairs[kept])
    rare = _rows(len(part), owner, found, weights)
    return rare, _most(rare), _bits(len(part), owner, found), places


def _pairs(whole: Characters) -> tuple[Ints, Ints]:
    """Of each character and the next: the number of the pair, and whether both are Chinese and of one text."""
    points = whole.points
    han = (points - FIRST) <= LAST - FIRST
    chinese = np.zeros(len(points), bool)
    chinese[:-1] = han[:-1] & han[1:]
    chinese[whole.ends[whole.ends > 0] - 1] = False
    return _number(points, np.append(points[1:], points[:1])), chinese


def _number(first: Ints, second: Ints) -> Ints:
    return ((first * np.uint32(40503)) ^ (second * np.uint32(31))) & np.uint32(BUCKETS - 1)


def _exact(first: Ints, second: Ints) -> Ints:
    return first.astype(np.uint64) << np.uint64(32) | second


def _distinct(owner: Ints, pairs: Ints) -> tuple[Ints, Ints]:
    # The owners ascend already: merging finds each text's pairs in place.
    both = np.sort(owner.astype(np.int64) * BUCKETS + pairs, kind="stable")
    both = both[np.diff(both, prepend=-1) > 0]
    return (both // BUCKETS).astype(np.int32), (both % BUCKETS).astype(np.int32)


def _weights(parts: list[pa.Array]) -> Ints:
    """Of every pair: the logarithm of how rare it is; 0 where it is common."""
    found, size = np.zeros(BUCKETS, np.int64), sum(map(len, parts))
    for part in parts:
        whole = Characters.of(part)
        pairs, chinese = _pairs(whole)
        at = np.flatnonzero(chinese)
        found += np.bincount(_distinct(whole.owners(at), pairs[at])[1], minlength=BUCKETS)
    weights = np.log(max(size, USUAL) / np.maximum(found, 1)).astype(np.float32)
    common = found > max(FEW, RARE * size)
    common[Vocabulary.known().unsaid] = True
    return np.where(common, np.float32(0), np.maximum(weights, np.float32(0.05)))


def _rows(count: int, owner: Ints, pairs: Ints, weights: Ints) -> sparse.csr_array:
    starts = np.searchsorted(owner, np.arange(count + 1)).astype(np.int64)
    found = weights[pairs]
    length = np.sqrt(np.bincount(owner, found * found, minlength=count))
    unit = (found / length[owner]).astype(np.float32)
    return sparse.csr_array((unit, pairs, starts), shape=(count, BUCKETS))


def _most(rare: sparse.csr_array) -> Ints:
    most = np.zeros(rare.shape[0], np.float32)
    some = np.flatnonzero(np.diff(rare.indptr))
    if len(some):
        most[some] = np.maximum.reduceat(rare.data, rare.indptr[some])
    return most


def _bits(count: int, owner: Ints, pairs: Ints) -> Ints:
    bits = np.zeros(count * MASKS, np.uint64)
    mask = owner * MASKS + pairs // (BUCKETS // MASKS)
    first = np.flatnonzero(np.diff(mask, prepend=-1))
    if len(first):
        ones = np.uint64(1) << (pairs.astype(np.uint64) & np.uint64(63))
        bits[mask[first]] = np.bitwise_or.reduceat(ones, first)
    return bits.reshape(count, MASKS)


def _places(whole: Characters, ends: Ints) -> tuple[Ints, Ints]:
    """Where places are named, and the first of them in each text: two characters and what a name ends with."""
    known = Vocabulary.known()
    points, found = whole.points, np.zeros((len(whole.ends), PLACES), np.uint32)
    ends = ends[ends >= 2]
    ends = ends[np.isin(_exact(points[ends], points[ends + 1]), known.ending_pairs)]
    before = points[ends - 2] - FIRST, points[ends - 1] - FIRST
    inside = (before[0] <= LAST - FIRST) & (before[1] <= LAST - FIRST)
    ends = ends[inside & (whole.owners(ends - 2) == whole.owners(ends))]
    ends = ends[~np.isin(_exact(points[ends - 2], points[ends - 1]), known.nameless)]
    owner = whole.owners(ends)
    name = points[ends - 2] * np.uint32(2654435761) ^ points[ends - 1] * np.uint32(40503)
    name ^= points[ends] * np.uint32(2246822519) ^ points[ends + 1]
    _, first = np.unique(owner.astype(np.int64) << 32 | name, return_index=True)
    first.sort()
    texts, name = owner[first], name[first]
    turn = np.arange(len(texts)) - np.searchsorted(texts, texts)
    few = turn < PLACES
    found[texts[few], turn[few]] = name[few]
    return ends, found
