"""One version of one card as its file says it, before anything is made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from metrics.faults import Fault
from metrics.lines import Lines, Path

OF_ONE_VERSION = (
    "effective",
    "until",
    "change",
)  # an earlier version never takes these from a later


@dataclass(frozen=True)
class Written:
    """Its layers, the nearest first: an earlier version holds what was different, the rest comes from
    the card, and what the card does not say from the defaults of the file."""

    file: str
    lines: Lines
    metric: str
    version: int
    layers: tuple[tuple[Path, Mapping[str, Any]], ...]

    @cached_property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _, layer in reversed(self.layers):
            found |= layer
        return found | {"version": self.version} if "version" in found else found

    @property
    def own(self) -> Path:
        return self.layers[0][0]

    @property
    def is_earlier(self) -> bool:
        return "earlier" in self.own[2:]

    def path(self, key: str) -> Path:
        """Where a word is written."""
        return next((where for where, layer in self.layers if key in layer), self.own)

    def fault(self, key: str, words: str, token: str = "") -> Fault:
        path = self.path(key)
        line = self.lines.near(token, *path, key) if token else self.lines.of(*path, key)
        return Fault(self.file, line, f"[{'.'.join(path)}] {key}", words)

    def missing(self, key: str, words: str) -> Fault:
        """Told at the card, once for all its versions."""
        card = ("cards", self.metric)
        return Fault(self.file, self.lines.of(*card), f"[{'.'.join(card)}] {key}", words)


def versions_in(file: str, lines: Lines, text: Mapping[str, Any]) -> Iterator[Written]:
    """Newest first, card by card."""
    defaults = (("defaults",), text.get("defaults", {}))
    for metric, entry in text.get("cards", {}).items():
        earlier = entry.get("earlier", {})
        card = {key: value for key, value in entry.items() if key != "earlier"}
        newest = {**defaults[1], **card}.get("version")
        own: Path = ("cards", metric)
        number = newest if isinstance(newest, int) else 0
        yield Written(file, lines, metric, number, ((own, card), defaults))
        for name, difference in earlier.items():
            inherited = tuple(
                (path, {k: v for k, v in layer.items() if k not in OF_ONE_VERSION})
                for path, layer in ((own, card), defaults)
            )
            place = (*own, "earlier", name)
            version = int(name) if name.isdigit() else 0
            yield Written(file, lines, metric, version, ((place, difference), *inherited))
