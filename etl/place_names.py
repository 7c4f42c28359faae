"""How names of places look: two Chinese characters and what such a name ends with (graph/words.toml)."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

LISTS = Path(__file__).parent / "graph" / "words.toml"
HAN = "[\u4e00-\u9fa5]"
BEFORE = 2  # characters that name the place
FURTHER = 2  # characters before these that may belong to the name: 学府里小区


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of one list."""
    return tuple(tomllib.loads(LISTS.read_text(encoding="utf-8"))[name])


@dataclass(frozen=True)
class Names:
    """`said` is a pattern for DuckDB of what may hold a name: it, what stands before it and one character after."""

    ends: re.Pattern[str]
    said: str
    nameless: frozenset[str]
    kinds: frozenset[str]
    after_kinds: frozenset[str]
    particles: frozenset[str]

    @classmethod
    @cache
    def known(cls) -> "Names":
        endings = {*listed("endings"), *listed("longer")}
        ends = "|".join(sorted(endings, key=lambda word: (-len(word), word)))
        said = f"{HAN}{{0,{FURTHER}}}{HAN}{{{BEFORE}}}(?:{ends}){HAN}?"
        lists = ("nameless", "endings", "after_kinds", "particles")
        return cls(re.compile(ends), said, *(frozenset(listed(name)) for name in lists))

    def unknown(self, text: str, pieces: Sequence[str]) -> list[tuple[int, int]]:
        """Where places are named in a text of Chinese characters that a dictionary cut into these pieces,
        from the first piece of the name on. A name within one piece is known: it is left out."""
        ends = [
            found.span() for found in self.ends.finditer(text) if self._named(text, *found.span())
        ]
        if not ends:
            return []
        stops = list(accumulate(map(len, pieces)))
        spans = list(zip([0, *stops], stops, strict=False))
        return [
            (next(start for start, stop in spans if stop > at - BEFORE), end)
            for at, end in ends
            if not any(start < at and stop >= end for start, stop in spans)
        ]

    def _named(self, text: str, at: int, end: int) -> bool:
        name = text[max(0, at - BEFORE) : at]
        if len(name) < BEFORE or name in self.nameless or not self.particles.isdisjoint(name):
            return False
        return name not in self.kinds or text[at:end] in self.after_kinds


def outside(pieces: Sequence[str], taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The pieces of a text that have no part in any of the spans."""
    at = 0
    for piece in pieces:
        if not any(start < at + len(piece) and at < end for start, end in taken):
            yield piece
        at += len(piece)
