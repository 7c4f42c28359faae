"""How names of places look: two Chinese characters and what such a name ends with (graph/words.toml)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

LISTS = Path(__file__).parent / "graph" / "words.toml"
BEFORE = 2  # characters that name the place
LINE = "\n"  # between runs


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of one list."""
    return tuple(tomllib.loads(LISTS.read_text(encoding="utf-8"))[name])


@cache
def endings() -> tuple[str, ...]:
    """What a name ends with, the longer forms too."""
    return (*listed("endings"), *listed("longer"))


@dataclass(frozen=True)
class Names:
    ends: re.Pattern[str]
    nameless: frozenset[str]
    kinds: frozenset[str]
    after_kinds: frozenset[str]
    particles: frozenset[str]

    @classmethod
    @cache
    def known(cls) -> "Names":
        ends = "|".join(sorted({*endings()}, key=lambda word: (-len(word), word)))
        lists = ("nameless", "endings", "after_kinds", "particles")
        return cls(re.compile(ends), *(frozenset(listed(name)) for name in lists))

    def unknown(self, text: str, stops: np.ndarray) -> np.ndarray:
        """Where places are named in runs of Chinese characters, a line each, that a dictionary cut into the pieces
        that end at `stops`: a row for each, the first piece of the name and the character after it. A name
        within one piece is known: it is left out."""
        spans = [found.span() for found in self.ends.finditer(text)]
        named = [span for span in spans if self._named(text, *span)]
        at, end = np.array(named, np.int64).reshape(-1, 2).T
        known = stops[np.searchsorted(stops, at - 1, side="right")] >= end
        first = np.searchsorted(stops, at - BEFORE, side="right")
        return np.stack([first, end], axis=1)[~known]

    def _named(self, text: str, at: int, end: int) -> bool:
        name = text[max(0, at - BEFORE) : at]
        if (
            len(name) < BEFORE
            or LINE in name
            or name in self.nameless
            or not self.particles.isdisjoint(name)
        ):
            return False
        return name not in self.kinds or text[at:end] in self.after_kinds
