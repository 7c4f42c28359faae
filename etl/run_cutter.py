"""Cuts many texts into terms: each distinct run of theirs once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.characters import PART, THREADS, Ints
from etl.dictionary import Dictionary
from etl.distinct import distinct
from etl.runs import Runs, runs


@dataclass
class Lists:
    """Numbers in rows, one row after the other: so many in each, from its first on."""

    numbers: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    counts: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    first: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def extended(self, numbers: Ints, reach: Ints) -> "Lists":
        """By rows whose numbers reach up to there."""
        counts = np.concatenate([self.counts, np.diff(reach, prepend=0)])
        return Lists(np.concatenate([self.numbers, numbers]), counts, np.cumsum(counts) - counts)

    def gathered(self, rows: Ints, owned: Ints) -> pa.ListArray:
        """Of owners that have so many of the rows, one after the other, the distinct numbers in these."""
        counts = np.take(self.counts, rows)
        reach = np.concatenate([[0], np.cumsum(counts)])
        some = np.flatnonzero(counts)
        starts = np.take(self.first, np.take(rows, some)) - np.take(reach, some)
        each = np.arange(reach[-1]) + np.repeat(starts, np.take(counts, some))
        of_owner = np.diff(reach[np.cumsum(owned)], prepend=0)
        stops, numbers = distinct(of_owner, np.take(self.numbers, each))
        return pa.ListArray.from_arrays(np.concatenate([[0], stops]).astype(np.int32), numbers)


class RunCutter:
    """`ids` numbers what is said, terms and names of places, and grows."""

    def __init__(self, dictionary: Dictionary, ids: dict[str, int]) -> None:
        self._cutter, self._ids = dictionary.cutter(), ids
        self._known: dict[int, int] = {}  # runs met so far: by their keys, in which row they are
        self._terms, self._places = Lists(), Lists()

    def cut(self, texts: pa.ChunkedArray) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
        """Of each text its distinct terms, and the distinct places it names that no dictionary has."""
        parts = [
            chunk.slice(at, PART) for chunk in texts.chunks for at in range(0, len(chunk), PART)
        ]
        terms, places = [], []
        with ThreadPoolExecutor(THREADS) as pool:
            apart = pool.map(lambda part: runs(part, self._cutter.pairs), parts)
            for said in apart:
                rows = np.take(self._rows(said), said.said)
                terms.append(self._terms.gathered(rows, said.counts))
                places.append(self._places.gathered(rows, said.counts))
        kind = pa.list_(pa.int32())
        return pa.chunked_array(terms, kind), pa.chunked_array(places, kind)

    def _rows(self, said: Runs) -> Ints:
        """In which row each distinct run is. Runs never met before are cut."""
        met = len(self._known)
        rows = [self._known.setdefault(key, len(self._known)) for key in said.keys.tolist()]
        found = np.array(rows, np.int64)
        for cut in self._cutter.cut(said.strings(np.flatnonzero(found >= met))):
            numbers = np.zeros(len(cut.words), np.int32)
            for at in np.unique(cut.terms):
                numbers[at] = self._number(cut.words[at])
            places = np.array([self._number(name) for name in cut.places], np.int32)
            self._terms = self._terms.extended(numbers[cut.terms], cut.terms_reach)
            self._places = self._places.extended(places, cut.places_reach)
        return found

    def _number(self, word: str) -> int:
        return self._ids.setdefault(word, len(self._ids))
