"""Cuts many texts into terms: each distinct run of theirs once."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa

from etl.characters import Ints
from etl.dictionary import THREADS, Dictionary
from etl.runs import Runs, runs

PART = 1 << 14  # texts at a time


class RunCutter:
    """`ids` numbers the terms, and grows."""

    def __init__(self, dictionary: Dictionary, ids: dict[str, int]) -> None:
        self._cutter, self._ids = dictionary.cutter(), ids
        self._known: dict[
            int, int
        ] = {}  # runs met so far: by their keys, in which row their terms are
        self._terms, self._reach = np.empty(0, np.int32), np.zeros(1, np.int64)

    def cut(self, texts: pa.ChunkedArray) -> pa.ChunkedArray:
        """The distinct terms of each text."""
        parts = [
            chunk.slice(at, PART) for chunk in texts.chunks for at in range(0, len(chunk), PART)
        ]
        with ThreadPoolExecutor(THREADS) as pool:
            apart = pool.map(lambda part: runs(part, self._cutter.pairs), parts)
            found = [
                self._distinct(len(part), said) for part, said in zip(parts, apart, strict=True)
            ]
        return pa.chunked_array(found, pa.list_(pa.int32()))

    def _distinct(self, texts: int, said: Runs) -> pa.ListArray:
        row = self._rows(said)[said.said]
        terms = self._reach[row + 1] - self._reach[row]
        telling = np.flatnonzero(terms)
        row, terms, owner = row[telling], terms[telling], said.owner[telling]
        ends = np.cumsum(terms)
        each = np.arange(terms.sum()) + np.repeat(self._reach[row] + terms - ends, terms)
        both = np.sort(np.repeat(owner.astype(np.int64) << 32, terms) | self._terms[each])
        both = both[np.diff(both, prepend=-1) > 0]
        stops = np.searchsorted(both, np.arange(texts + 1) << 32).astype(np.int32)
        return pa.ListArray.from_arrays(stops, both.astype(np.int32))

    def _rows(self, said: Runs) -> Ints:
        """In which row the terms of each distinct run are. Runs never met before are cut."""
        met = len(self._known)
        rows = [self._known.setdefault(key, len(self._known)) for key in said.keys.tolist()]
        found = np.array(rows, np.int64)
        fresh = said.strings(np.flatnonzero(found >= met))
        terms, reach = [self._terms], [self._reach]
        for words, cut, stops in self._cutter.terms(fresh):
            numbers = np.zeros(len(words), np.int32)
            for at in np.unique(cut):
                numbers[at] = self._ids.setdefault(words[at], len(self._ids))
            terms.append(numbers[cut])
            reach.append(reach[-1][-1] + stops)
        self._terms, self._reach = np.concatenate(terms), np.concatenate(reach)
        return found
