"""Texts taken apart into runs: characters between two of which a word may go on (etl/word_pairs.py)."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from etl.characters import FIRST, LAST, Characters, Ints
from etl.place_names import BEFORE, endings
from etl.word_pairs import ENDING, WORD, WordPairs, numbered

STEP = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Runs:
    """Runs of two characters and more. `keys` are the distinct ones, as numbers; `said` is the place in `keys`
    of each that is said, and `counts` is how many each text says."""

    keys: Ints
    said: Ints
    counts: Ints
    _text: str
    _starts: Ints
    _stops: Ints

    def strings(self, wanted: Ints) -> list[str]:
        """What the distinct runs at these places are."""
        at = np.zeros(len(self.keys), np.int64)
        at[self.said] = np.arange(len(self.said))
        spans = zip(self._starts[at[wanted]], self._stops[at[wanted]], strict=True)
        return [self._text[start:stop] for start, stop in spans]


def runs(texts: pa.Array, pairs: WordPairs) -> Runs:
    whole = Characters.of(texts)
    points = whole.points - FIRST
    starts, stops = _spans(_joined(points, whole.ends, pairs))
    encoded = pa.array(_keys(points, starts, stops)).dictionary_encode()
    said, keys = encoded.indices.to_numpy(), encoded.dictionary.to_numpy()
    return Runs(keys, said, whole.counts(starts), whole.text, starts, stops)


def _joined(points: Ints, ends: Ints, pairs: WordPairs) -> Ints:
    """Of each character, whether the next one belongs to the same run."""
    joined = np.zeros(len(points), bool)
    if len(points) < 2:
        return joined
    kinds = np.take(pairs.kinds, numbered(points[:-1], points[1:]))
    np.not_equal(kinds & WORD, 0, out=joined[:-1])
    named = np.flatnonzero((kinds & ENDING) > 0)
    # A name is one run, with what names it and its ending.
    for step in range(-BEFORE, max(map(len, endings())) - 1):
        joined[np.clip(named + step, 0, len(points) - 1)] = True
    chinese = points <= LAST - FIRST
    joined[:-1] &= chinese[:-1] & chinese[1:]
    joined[ends[ends > 0] - 1] = False
    return joined


def _spans(joined: Ints) -> tuple[Ints, Ints]:
    edges = np.flatnonzero(np.diff(joined, prepend=False))
    return edges[::2], edges[1::2] + 1


def _keys(points: Ints, starts: Ints, stops: Ints) -> Ints:
    """A number for each run, the same for the same characters."""
    # 一 is 0, and counts in front of others too.
    keys = (np.take(points, starts) + np.uint64(1)) * STEP + np.take(points, starts + 1)
    lengths = stops - starts
    left = np.flatnonzero(lengths > 2)
    at, grown, step = np.take(starts, left), np.take(keys, left), 2
    while len(left):
        grown = grown * STEP + np.take(points, at + step)
        keys[left] = grown
        step += 1
        longer = np.take(lengths, left) > step
        left, at, grown = (np.compress(longer, each) for each in (left, at, grown))
    return keys ^ keys >> np.uint64(29)
