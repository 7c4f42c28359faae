"""Texts as code points in one array, to be worked on in bulk: of 16 bits, in which all Chinese characters are."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

HAN = re.compile("[\u4e00-\u9fa5]+")
FIRST, LAST = np.uint16(0x4E00), np.uint16(0x9FA5)  # Chinese characters
BEYOND = re.compile("[\U00010000-\U0010ffff]")  # what takes two places of 16 bits

PART = 1 << 13  # texts at a time: more leave the processor's cache

Ints = np.ndarray


@dataclass(frozen=True)
class Characters:
    """`points` of all texts one after the other, and up to where those of each text reach."""

    text: str
    points: Ints
    ends: Ints

    @classmethod
    def of(cls, texts: pa.Array) -> "Characters":
        large = texts.cast(pa.large_string())
        _, offsets, data = large.buffers()
        reach = np.frombuffer(offsets, np.int64)[large.offset : large.offset + len(large) + 1]
        text = str(memoryview(data or b"")[reach[0] : reach[-1]], "utf-8")
        lengths = pc.call_function("utf8_length", [large]).to_numpy()
        units = text.encode("utf-16-le")
        if len(units) > 2 * len(text):
            units = BEYOND.sub("\ufffd", text).encode("utf-16-le")
        return cls(text, np.frombuffer(units, np.uint16), np.cumsum(lengths))

    def counts(self, at: Ints) -> Ints:
        """How many of these places each text has; they ascend."""
        return np.diff(np.searchsorted(at, self.ends), prepend=0)
