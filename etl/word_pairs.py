"""Which two characters stand side by side in some word, of the general dictionary or of the office.

Between two that stand so in no word, no word goes on: there a text can be taken apart before it is cut, and
comes out in the same words. What is left are short runs of characters, and few of them differ.

`python -m etl.word_pairs DICTIONARY` writes the reference file anew from a list of words, one in a line.
"""

import gzip
import itertools
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from etl.characters import FIRST, HAN, Ints
from etl.place import ROOT
from etl.place_names import endings

# In each line a character, then all that may follow it.
REFERENCE = ROOT / "data" / "reference" / "word_pairs.txt.gz"
BITS = 24  # of a pair's number: where several share one, a text is taken apart a little less
WORD, ENDING = 1, 2  # what a pair may be: part of a word, how the ending of a place name begins


class WordPairs:
    """`kinds[numbered(first, second)]` is what the pair of characters may be."""

    def __init__(self, words: Iterable[str]) -> None:
        self.kinds = _general() | _marked(words, WORD)


def numbered(first: Ints, second: Ints) -> Ints:
    """Of pairs of Chinese characters, counted from the first one that there is."""
    number = first.astype(np.uint32)
    number <<= np.uint32(15)
    number |= second
    number *= np.uint32(2654435769)
    number >>= np.uint32(32 - BITS)
    return number


@cache
def _general() -> Ints:
    lines = gzip.decompress(REFERENCE.read_bytes()).decode().splitlines()
    seconds = np.frombuffer("".join(line[1:] for line in lines).encode("utf-32-le"), np.uint32)
    firsts = np.frombuffer("".join(line[0] for line in lines).encode("utf-32-le"), np.uint32)
    firsts = np.repeat(firsts, [len(line) - 1 for line in lines])
    kinds = _marked((ending[:2] for ending in endings()), ENDING)
    kinds[numbered(firsts - FIRST, seconds - FIRST)] |= WORD
    return kinds


def _marked(words: Iterable[str], kind: int) -> Ints:
    first, second = np.array([*_within(words)], np.uint32).reshape(-1, 2).T - FIRST
    kinds = np.zeros(1 << BITS, np.uint8)
    kinds[numbered(first, second)] = kind
    return kinds


def _within(words: Iterable[str]) -> set[tuple[int, int]]:
    sides = {pair for word in words for pair in itertools.pairwise(word)}
    return {(ord(one), ord(other)) for one, other in sides if HAN.fullmatch(one + other)}


def write(words: Iterable[str], target: Path = REFERENCE) -> None:
    following: dict[int, list[int]] = {}
    for first, second in sorted(_within(words)):
        following.setdefault(first, []).append(second)
    text = "".join(f"{''.join(map(chr, (first, *rest)))}\n" for first, rest in following.items())
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(line.split()[0] for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
