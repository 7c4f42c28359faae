"""What the calendar brings every year: the start of school, the flood season, the Spring Festival."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "reference" / "seasons.toml"


@dataclass(frozen=True)
class Season:
    months: frozenset[int]  # of the year
    note: str
    name: str  # for time charts; empty where it is not drawn


@cache
def seasons() -> tuple[Season, ...]:
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["seasons"]
    return tuple(
        Season(frozenset(each["months"]), each["note"], each.get("name", "")) for each in found
    )
