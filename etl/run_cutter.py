"""Cuts many texts into terms: each distinct run of theirs once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from etl.ahead import ahead
from etl.characters import Ints
from etl.dictionary import Dictionary
from etl.distinct import distinct
from etl.runs import Runs, runs

PLACE = np.int32(1 << 30)  # added to the number of a place


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

    def gathered(self, rows: Ints, owned: Ints) -> tuple[Ints, Ints]:
        """Of owners that have so many of the rows, one after the other, the distinct numbers in these, and up to
        where those of each reach."""
        counts = np.take(self.counts, rows)
        reach = np.concatenate([[0], np.cumsum(counts)])
        some = np.flatnonzero(counts)
        starts = np.take(self.first, np.take(rows, some)) - np.take(reach, some)
        each = np.arange(reach[-1]) + np.repeat(starts, np.take(counts, some))
        of_owner = np.diff(reach[np.cumsum(owned)], prepend=0)
        return distinct(of_owner, np.take(self.numbers, each))


class RunCutter:
    """`ids` numbers what is said, terms and names of places, and grows."""

    def __init__(self, dictionary: Dictionary, ids: dict[str, int]) -> None:
        self._cutter, self._ids = dictionary.cutter(), ids
        self._known: dict[int, int] = {}  # runs met so far: by their keys, in which row they are
        self._lists = Lists()  # of terms and, from PLACE on, of places

    def cut(self, parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """In place of the column `text`: the distinct `terms` of each, and the distinct `places` it names that no
        dictionary has."""
        apart = (part for part in parts if len(part))
        for part, said in ahead(lambda part: runs(part["text"], self._cutter.pairs), apart):
            rows = np.take(self._rows(said), said.said)
            reach, numbers = self._lists.gathered(rows, said.counts)
            named = numbers >= PLACE
            places = np.concatenate([[0], np.cumsum(named)])[reach]
            rest = part.drop_columns("text")
            rest = rest.append_column("terms", _lists(reach - places, numbers[~named]))
            yield rest.append_column("places", _lists(places, numbers[named] - PLACE))

    def _rows(self, said: Runs) -> Ints:
        """In which row each distinct run is. Runs never met before are cut."""
        met = len(self._known)
        rows = [self._known.setdefault(key, len(self._known)) for key in said.keys.tolist()]
        found = np.array(rows, np.int64)
        for cut in self._cutter.cut(said.strings(np.flatnonzero(found >= met))):
            numbers = np.zeros(len(cut.words), np.int32)
            for at in np.unique(cut.terms):
                numbers[at] = self._number(cut.words[at])
            places = np.array([self._number(name) for name in cut.places], np.int32) + PLACE
            both = np.concatenate([numbers[cut.terms], places])
            owner = np.concatenate([_owners(cut.terms_reach), _owners(cut.places_reach)])
            order = np.argsort(owner, kind="stable")
            self._lists = self._lists.extended(both[order], cut.terms_reach + cut.places_reach)
        return found

    def _number(self, word: str) -> int:
        return self._ids.setdefault(word, len(self._ids))


def _owners(reach: Ints) -> Ints:
    return np.repeat(np.arange(len(reach)), np.diff(reach, prepend=0))


def _lists(reach: Ints, numbers: Ints) -> pa.ListArray:
    return pa.ListArray.from_arrays(np.concatenate([[0], reach]).astype(np.int32), numbers)
