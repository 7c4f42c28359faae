"""Where: the whole street, or one node of the one tree of areas. There is no “all but”."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.errors import BadScope, nearest
from metrics.records import LEVELS

if TYPE_CHECKING:
    from metrics.snapshot import Snapshot

LEVEL_NAMES = {"street": "街道", "region": "大党委", "community": "社区", "grid": "网格"}


@dataclass(frozen=True)
class Scope:
    level: str
    code: str | None

    @classmethod
    def street(cls) -> "Scope":
        return cls("street", None)

    @classmethod
    def parse(cls, text: str | None, snapshot: "Snapshot") -> "Scope":
        """A code or a name of the area ledger; nothing, or the street itself, is the whole street."""
        if not text or text in (snapshot.meta.get("street_code"), snapshot.meta.get("street_name")):
            return cls.street()
        if area := snapshot.area_by_code.get(text):
            return cls.street() if area.level == "street" else cls(area.level, area.code)
        named = [area for area in snapshot.areas() if area.name == text]
        if len(named) == 1:
            return cls.parse(named[0].code, snapshot)
        if named:
            codes = "、".join(area.code for area in named)
            raise BadScope(f"有 {len(named)} 个区域叫“{text}”,请改用代码:{codes}")
        known = [word for area in snapshot.areas() for word in (area.code, area.name)]
        raise BadScope(f"区域台账里没有“{text}”{nearest(text, known)}")

    @property
    def narrower(self) -> tuple[str, ...]:
        """The levels below, largest first."""
        return LEVELS[LEVELS.index(self.level) + 1 :]

    def label(self, snapshot: "Snapshot") -> str:
        if self.code is None:
            return snapshot.meta.get("street_name") or "全街道"
        area = snapshot.area_by_code.get(self.code)
        return area.name if area else self.code

    def path(self, snapshot: "Snapshot") -> list["Scope"]:
        """From the street down to here: a breadcrumb."""
        if self.code is None:
            return [self]
        area = snapshot.area_by_code.get(self.code)
        codes = (area.region, area.community, area.grid) if area else (self.code,)
        above = [
            Scope(level, code)
            for level, code in zip(LEVELS[1:], codes, strict=False)
            if code and LEVELS.index(level) < LEVELS.index(self.level)
        ]
        return [Scope.street(), *above, self]
