"""Texts as pairs of neighbouring Chinese characters: the few rare ones say what a text is about.

A text is read as code points and worked on in bulk; a pair of characters is a number below 2**18, which a
few rare pairs share. Everything that is no Chinese character separates: numbers, dates, marks of masking.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from scipy import sparse

from etl.ahead import ahead
from etl.characters import FIRST, LAST, Characters, Ints
from etl.distinct import distinct
from etl.place_names import listed

BITS = 18
BUCKETS = 1 << BITS
MASKS = 8
MASK_BITS = 15  # of a pair's number that its mask does not tell
SHARED = 2  # rare pairs, at least, of texts that are alike
USUAL = 1000  # texts: in a store of fewer, a pair is no less rare for that
COMMON, LEAST = 0.02, 20  # above this share of the texts; in a small store above this many of them
PLACES = 2  # that are kept of one text
RARE, ENDING = 1, 2  # what a pair may be: rare, how a place name ends
FEW = 1 << 10  # texts at a time, where all their pairs are counted


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


def most_alike(bits: Ints, most: Ints, left: Ints, right: Ints) -> Ints:
    """How like the texts of each pair are at most: no pair of characters that two share adds more than the
    rarest of both would."""
    shared = np.bitwise_count(np.take(bits, left, axis=0) & np.take(bits, right, axis=0))
    count = np.einsum("ij->i", shared, dtype=np.uint16)
    return np.where(count >= SHARED, count * most[left] * most[right], np.float32(0))


@dataclass(frozen=True)
class Vocabulary:
    endings: Ints  # pairs as two code points in one number, ascending
    nameless: Ints
    ends: Ints  # numbers of pairs
    unsaid: Ints

    @classmethod
    @cache
    def known(cls) -> "Vocabulary":
        endings, nameless, unsaid = (
            np.array([[ord(first), ord(second)] for first, second in listed(name)], np.uint32).T
            for name in ("endings", "nameless", "unsaid")
        )
        unnamed = np.concatenate([_exact(*nameless), _exact(*endings)])
        return cls(np.sort(_exact(*endings)), np.sort(unnamed), _number(*endings), _number(*unsaid))


def read(texts: Iterable[pa.Array], weights: Ints) -> Read:
    """Of each text what `weights` call rare. Only a few parts of the texts are held at a time."""
    kinds = (weights > 0).astype(np.uint8)
    kinds[Vocabulary.known().ends] |= ENDING
    none = _read(pa.array([], pa.string()), weights, kinds)
    made = [none, *(found for _, found in ahead(lambda part: _read(part, weights, kinds), texts))]
    rare, *rest = zip(*made, strict=True)
    return Read(sparse.vstack(rare, format="csr"), *map(np.concatenate, rest))


def _read(part: pa.Array, weights: Ints, kinds: Ints) -> tuple[sparse.csr_array, Ints, Ints, Ints]:
    whole = Characters.of(part)
    pairs, chinese = _pairs(whole)
    marks = np.take(kinds, pairs)
    marks *= chinese
    ends, places = _places(whole, chinese, np.flatnonzero((marks & ENDING) > 0))
    # What a text says of a place is no likeness: it is a reason of its own.
    for step in range(-3, 2):
        marks[np.minimum(ends + step, len(marks) - 1)] = 0
    kept = np.flatnonzero((marks & RARE) > 0)
    stops, found = distinct(whole.counts(kept), np.take(pairs, kept))
    rare = _rows(stops, found, weights)
    return rare, _most(rare), _bits(stops, found), places


def _pairs(whole: Characters) -> tuple[Ints, Ints]:
    """Of each character and the next: the number of the pair, and whether both are Chinese and of one text."""
    points = whole.points
    chinese = (points - FIRST) <= LAST - FIRST
    pairs = _number(points, np.append(points[1:], points[:1]))
    chinese[:-1] &= chinese[1:]
    chinese[whole.ends[whole.ends > 0] - 1] = False
    return pairs, chinese


def _number(first: Ints, second: Ints) -> Ints:
    number = first * np.uint32(40503)
    number ^= second * np.uint32(31)
    number &= np.uint32(BUCKETS - 1)
    return number


def _exact(first: Ints, second: Ints) -> Ints:
    return first.astype(np.uint64) << np.uint64(32) | second


def weights(texts: Iterable[pa.Array]) -> Ints:
    """Of every pair the logarithm of how rare it is in these texts; 0 where it is common."""
    found, size = np.zeros(BUCKETS, np.int64), 0
    for part in texts:
        whole = Characters.of(part)
        pairs, chinese = _pairs(whole)
        at = np.flatnonzero(chinese)
        said = distinct(whole.counts(at), np.take(pairs, at))[1]
        found += np.bincount(said, minlength=BUCKETS)
        size += len(part)
    rarity = np.log(max(size, USUAL) / np.maximum(found, 1)).astype(np.float32)
    common = found > max(LEAST, COMMON * size)
    common[Vocabulary.known().unsaid] = True
    return np.where(common, np.float32(0), np.maximum(rarity, np.float32(0.05)))


def _rows(stops: Ints, pairs: Ints, weights: Ints) -> sparse.csr_array:
    found = np.take(weights, pairs)
    starts = np.concatenate([[0], stops]).astype(np.int32)  # or all indices take twice the room
    counts = np.diff(starts)
    owner = np.repeat(np.arange(len(stops)), counts)
    length = np.sqrt(np.bincount(owner, found * found, minlength=len(stops)))
    unit = (found / np.repeat(length, counts)).astype(np.float32)
    return sparse.csr_array((unit, pairs, starts), shape=(len(stops), BUCKETS))


def _most(rare: sparse.csr_array) -> Ints:
    most = np.zeros(rare.shape[0], np.float32)
    some = np.flatnonzero(np.diff(rare.indptr))
    if len(some):
        most[some] = np.maximum.reduceat(rare.data, rare.indptr[some])
    return most


def _bits(stops: Ints, pairs: Ints) -> Ints:
    bits = np.zeros(len(stops) * MASKS, np.uint64)
    owner = np.repeat(np.arange(0, len(bits), MASKS, dtype=np.int32), np.diff(stops, prepend=0))
    mask = owner + (pairs >> MASK_BITS)
    first = np.flatnonzero(np.diff(mask, prepend=-1))
    if len(first):
        ones = np.uint64(1) << (pairs.astype(np.uint64) & np.uint64(63))
        bits[mask[first]] = np.bitwise_or.reduceat(ones, first)
    return bits.reshape(len(stops), MASKS)


def _places(whole: Characters, chinese: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Where places are named, and the first of them in each text: two characters and what a name ends with."""
    known = Vocabulary.known()
    points, found = whole.points, np.zeros((len(whole.ends), PLACES), np.uint32)
    ends = ends[ends >= 2]
    ends = ends[chinese[ends - 2] & chinese[ends - 1]]
    ends = ends[_listed(known.endings, _exact(points[ends], points[ends + 1]))]
    ends = ends[~_listed(known.nameless, _exact(points[ends - 2], points[ends - 1]))]
    name = points[ends - 2] * np.uint32(2654435761) ^ points[ends - 1] * np.uint32(40503)
    name ^= points[ends] * np.uint32(2246822519) ^ points[ends + 1]
    owner = np.repeat(np.arange(len(whole.ends)), whole.counts(ends))
    _, first = np.unique(owner << 32 | name, return_index=True)
    first.sort()
    texts, name = owner[first], name[first]
    turn = np.arange(len(texts)) - np.searchsorted(texts, texts)
    few = turn < PLACES
    found[texts[few], turn[few]] = name[few]
    return ends, found


def _listed(known: Ints, asked: Ints) -> Ints:
    return known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
