"""Which slide, of what, shown how: read from the address, and what stands when it names too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Mode = Literal["talk", "notes", "wall"]
EVERY, SHORTEST, LONGEST = 20, 5, 3600  # seconds
# Names in the address; `period` and `area` are those of every page.
STEP, MODE, NOTES, SNAP = "step", "mode", "notes", "snap"


@dataclass(frozen=True)
class Place:
    """`step` counts from 1 and is as asked: a wall counts on for ever, and lists grow shorter."""

    mode: Mode
    step: int = 1
    every: int = EVERY
    snap: str = ""
    period: str = ""
    area: str = ""

    def shown(self, total: int) -> int:
        """The step on show of so many: a wall begins again after the last, a talk stays there."""
        if total < 1:
            return 1
        if self.mode == "wall":
            return (self.step - 1) % total + 1
        return min(max(self.step, 1), total)


def read(query: Mapping[str, str]) -> Place | None:
    """None for an address that asks for no slide."""
    wall = query.get(MODE) == "wall"
    if not wall and STEP not in query and NOTES not in query:
        return None
    mode: Mode = "wall" if wall else "notes" if query.get(NOTES, "0") != "0" else "talk"
    every = min(max(_whole(query.get("every"), EVERY), SHORTEST), LONGEST)
    step = _whole(query.get(STEP), 1)
    # A wall shows what is newest: it is not told a snapshot.
    snap = "" if wall else query.get(SNAP, "")
    return Place(mode, step, every, snap, query.get("period", ""), query.get("area", ""))


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
