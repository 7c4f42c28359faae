"""The tree of the model's systems: what each does, what measures it, what was only reported of it.

Read from systems.toml beside the data, or from the one of the first street in data/reference.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from metrics.snapshot import DEFAULT_ROOT, data_root

OWN = "systems.toml"
REFERENCE = DEFAULT_ROOT / "reference" / OWN


class Asked(NamedTuple):
    """A metric, and the part of its table that is this system's: dimensions and their values."""

    metric: str
    by: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class System:
    key: str
    label: str
    parent: str | None
    does: str
    needs: str  # the data it lives on, in words
    measures: tuple[Asked, ...]
    reported: tuple[str, ...]  # keys of the reported figures
    related: tuple[str, ...]  # categories of the hotline that its work should move
    page: str
    source: str  # the ledger that would fill it
    depth: int


def systems() -> dict[str, System]:
    """Every system by key, parents before their children."""
    return _read(written_in())


def written_in() -> Path:
    own = data_root() / OWN
    return own if own.is_file() else REFERENCE


def below(key: str) -> list[System]:
    """A system and everything under it, in tree order."""
    found = systems()
    inside = {key}
    for system in found.values():
        if system.parent in inside:
            inside.add(system.key)
    return [system for system in found.values() if system.key in inside]


@cache
def _read(file: Path) -> dict[str, System]:
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    if unknown := {e["parent"] for e in entries.values() if e.get("parent")} - entries.keys():
        raise ValueError(f"{file}: parents that are no systems: {'、'.join(sorted(unknown))}")
    roots = [key for key, entry in entries.items() if not entry.get("parent")]
    return {s.key: s for root in roots for s in _branch(root, entries, 0)}


def _branch(key: str, entries: Mapping[str, dict[str, Any]], depth: int) -> list[System]:
    entry = entries[key]
    here = System(
        key=key,
        label=entry["label"],
        parent=entry.get("parent"),
        does=entry["does"],
        needs=entry["needs"],
        measures=tuple(map(_asked, entry.get("measures", ()))),
        reported=tuple(entry.get("reported", ())),
        related=tuple(entry.get("related", ())),
        page=entry["page"],
        source=entry["source"],
        depth=depth,
    )
    under = [child for child, e in entries.items() if e.get("parent") == key]
    return [here, *(s for child in under for s in _branch(child, entries, depth + 1))]


def _asked(entry: Mapping[str, Any]) -> Asked:
    where: dict[str, str] = entry.get("where", {})
    return Asked(entry["metric"], tuple(where), tuple(where.values()))
