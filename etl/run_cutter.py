"""Cuts many texts into terms: each distinct run of theirs once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.characters import Ints
from etl.dictionary import THREADS, Dictionary
from etl.runs import Runs, runs

PART = 1 << 14  # texts at a time


@dataclass
class Lists:
    """Numbers in rows: those of a row reach up to where `reach` says."""

    numbers: Ints = field(default_factory=lambda: np.empty(0, np.int32))
    reach: Ints = field(default_factory=lambda: np.zeros(1, np.int64))

    def extended(self, numbers: Ints, reach: Ints) -> "Lists":
        grown = np.concatenate([self.reach, self.reach[-1] + reach])
        return Lists(np.concatenate([self.numbers, numbers]), grown)

    def gathered(self, rows: Ints, owner: Ints, owners: int) -> pa.ListArray:
        """Of each owner the distinct numbers in its rows."""
        counts = self.reach[rows + 1] - self.reach[rows]
        some = np.flatnonzero(counts)
        rows, counts, owner = rows[some], counts[some], owner[some]
        each = np.arange(counts.sum())
        each += np.repeat(self.reach[rows] + counts - np.cumsum(counts), counts)
        # The owners ascend already: merging finds the numbers of each in place.
        both = np.sort(
            np.repeat(owner.astype(np.int64) << 32, counts) | self.numbers[each], kind="stable"
        )
        both = np.compress(np.diff(both, prepend=-1) > 0, both)
        stops = np.searchsorted(both, np.arange(owners + 1) << 32).astype(np.int32)
        return pa.ListArray.from_arrays(stops, both.astype(np.int32))


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
            for part, said in zip(parts, apart, strict=True):
                rows = self._rows(said)[said.said]
                terms.append(self._terms.gathered(rows, said.owner, len(part)))
                places.append(self._places.gathered(rows, said.owner, len(part)))
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
