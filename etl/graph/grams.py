"""Texts as pairs of neighbouring Chinese characters: the few rare ones say what a text is about.

A text is read as code points and worked on in bulk; a pair of characters is a number below 2**18, which a
few rare pairs share. Everything that is no Chinese character separates: numbers, dates, marks of masking.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from etl.place_names import listed

BUCKETS = 1 << 18
USUAL = 1000  # texts: in a store of fewer, a pair is no less rare for that
RARE, FEW = 0.02, 20  # of the texts; in a small store a pair is rare in this many at any rate
PLACES = 2  # that are kept of one text
FIRST, LAST = 0x4E00, 0x9FFF
PART = 1 << 16  # texts at a time
THREADS = 2

Ints = np.ndarray


@dataclass(frozen=True)
class Read:
    """`rare` has a row for each text: its rare pairs, weighted by how rare, of unit length. `bits` is the same
    as a mask of 64. `places` holds up to two names of places for each text as numbers, 0 for none."""

    rare: sparse.csr_array
    bits: Ints
    places: Ints


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
    if not made:
        return Read(
            _rows(0, *[np.empty(0, np.int32)] * 2, weights),
            np.empty(0, np.uint64),
            np.empty((0, PLACES), np.uint32),
        )
    return Read(
        sparse.vstack([rare for rare, _, _ in made], format="csr"),
        np.concatenate([bits for _, bits, _ in made]),
        np.concatenate([places for _, _, places in made]),
    )


def _read(part: pa.Array, weights: Ints) -> tuple[sparse.csr_array, Ints, Ints]:
    points, owner = _points(part)
    at, pairs = _pairs(points, owner)
    ends, places = _places(points, owner, at, pairs, len(part))
    # What a text says of a place is no likeness: it is a reason of its own.
    named = np.zeros(len(points) + 2, bool)
    for step in range(-3, 2):
        named[ends + step] = True
    kept = np.flatnonzero((weights[pairs] > 0) & ~named[at])
    found = _distinct(owner[at[kept]], pairs[kept])
    bits = np.zeros(len(part), np.uint64)
    np.bitwise_or.at(bits, found[0], np.uint64(1) << (found[1].astype(np.uint64) & np.uint64(63)))
    return _rows(len(part), *found, weights), bits, places


def _points(part: pa.Array) -> tuple[Ints, Ints]:
    """The code points of all texts, and to which text each belongs."""
    texts = part.cast(pa.large_string())
    _, offsets, data = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    written = memoryview(data)[ends[0] : ends[-1]].tobytes().decode() if ends[-1] > ends[0] else ""
    return np.frombuffer(written.encode("utf-32-le"), np.uint32), np.repeat(
        np.arange(len(texts), dtype=np.int32), pc.call_function("utf8_length", [texts]).to_numpy()
    )


def _pairs(points: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """Where two Chinese characters stand side by side, and the number of each such pair."""
    han = (points - np.uint32(FIRST)) <= np.uint32(LAST - FIRST)
    at = np.flatnonzero(han[:-1] & han[1:] & (owner[:-1] == owner[1:]))
    return at, _number(points[at], points[at + 1])


def _number(first: Ints, second: Ints) -> Ints:
    return ((first * np.uint32(40503)) ^ (second * np.uint32(31))) & np.uint32(BUCKETS - 1)


def _exact(first: Ints, second: Ints) -> Ints:
    return first.astype(np.uint64) << np.uint64(32) | second


def _distinct(owner: Ints, pairs: Ints) -> tuple[Ints, Ints]:
    both = np.sort(owner.astype(np.int64) * BUCKETS + pairs)
    both = both[np.diff(both, prepend=-1) > 0]
    return (both // BUCKETS).astype(np.int32), (both % BUCKETS).astype(np.int32)


def _weights(parts: list[pa.Array]) -> Ints:
    """Of every pair: the logarithm of how rare it is; 0 where it is common."""
    found, size = np.zeros(BUCKETS, np.int64), sum(map(len, parts))
    for part in parts:
        points, owner = _points(part)
        at, pairs = _pairs(points, owner)
        found += np.bincount(_distinct(owner[at], pairs)[1], minlength=BUCKETS)
    weights = np.log(max(size, USUAL) / np.maximum(found, 1)).astype(np.float32)
    common = found > max(FEW, RARE * size)
    common[Vocabulary.known().unsaid] = True
    return np.where(common, np.float32(0), np.maximum(weights, np.float32(0.05)))


def _rows(count: int, owner: Ints, pairs: Ints, weights: Ints) -> sparse.csr_array:
    starts = np.searchsorted(owner, np.arange(count + 1)).astype(np.int64)
    found = weights[pairs]
    length = np.sqrt(np.bincount(owner, found * found, minlength=count))
    return sparse.csr_array(
        ((found / length[owner]).astype(np.float32), pairs, starts), shape=(count, BUCKETS)
    )


def _places(points: Ints, owner: Ints, at: Ints, pairs: Ints, count: int) -> tuple[Ints, Ints]:
    """Where places are named, and the first of them in each text: two characters and what a name ends with."""
    known = Vocabulary.known()
    found = np.zeros((count, PLACES), np.uint32)
    ends = at[known.endings[pairs]]
    ends = ends[ends >= 2]
    ends = ends[np.isin(_exact(points[ends], points[ends + 1]), known.ending_pairs)]
    inside = (
        (owner[ends - 2] == owner[ends]) & (points[ends - 2] >= FIRST) & (points[ends - 1] >= FIRST)
    )
    ends = ends[inside & (points[ends - 2] <= LAST) & (points[ends - 1] <= LAST)]
    ends = ends[~np.isin(_exact(points[ends - 2], points[ends - 1]), known.nameless)]
    name = points[ends - 2] * np.uint32(2654435761) ^ points[ends - 1] * np.uint32(40503)
    name ^= points[ends] * np.uint32(2246822519) ^ points[ends + 1]
    _, first = np.unique(owner[ends].astype(np.int64) << 32 | name, return_index=True)
    first.sort()
    texts, name = owner[ends[first]], name[first]
    turn = np.arange(len(texts)) - np.searchsorted(texts, texts)
    few = turn < PLACES
    found[texts[few], turn[few]] = name[few]
    return ends, found
