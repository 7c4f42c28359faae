"""Which area a word in a file means: by code, by name, by a name without its suffix."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from etl.coders import Cells, Coder, Judgement, Mask, tidy
from etl.words import plain

SUFFIX = re.compile(
    r"(社区居民委员会|社区居委会|居民委员会|村民委员会|社区|居委会|村委会|居委|街道办事处|街道办|街道|新村|村|网格|nc|neighborhoodcouncil)$"
)
CODE = re.compile(r"[0-9A-Za-z_-]{1,24}$")
PERSON = re.compile(
    r"^(86)?1[3-9]\d{9}$|^[1-8]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dXx]$"
)


@dataclass
class AreaBook:
    """The known areas, as staging resolves words against them."""

    loaded: bool
    codes: dict[str, tuple[str, str | None, str | None]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    short: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection, loaded: bool) -> "AreaBook":
        book = cls(loaded)
        rows = con.execute("SELECT name_key, code, level, community FROM known_areas").fetchall()
        for name, code, level, community in rows:
            book.codes[code] = (code, level, community)
            book.keys[plain(code)].add(code)
            book.keys[plain(name)].add(code)
            book.short[_short(name)].add(code)
        return book

    def find(self, word: str | None, level: str | None, within: str | None = None) -> str | None:
        """The one area of this level that the word can mean; inside a community, where one is given."""
        if not word:
            return None
        for keys, key in ((self.keys, plain(word)), (self.short, _short(word))):
            found = {code for code in keys.get(key, ()) if self._is(code, level)}
            inside = {code for code in found if within and self.codes[code][2] == within}
            if len(inside or found) == 1:
                return next(iter(inside or found))
        return None

    def knows(self, level: str | None) -> bool:
        """Whether a word of this level can be called unknown: some area of the level is loaded."""
        return self.loaded and (level is None or any(a[1] == level for a in self.codes.values()))

    def _is(self, code: str, level: str | None) -> bool:
        return level is None or self.codes[code][1] in (level, None)

    def community_of(self, code: str | None) -> str | None:
        return self.codes[code][2] if code in self.codes else None


def _short(name: str) -> str:
    word = plain(name)
    return SUFFIX.sub("", word) or word


def area_coder(
    book: AreaBook, columns: dict[str, int], levels: dict[str, str | None], values: dict, mask: Mask
) -> Coder:
    """Community and grid together: a grid's name is only unique inside its community."""
    names = tuple(columns)

    def judge(rows: list[Cells]) -> list[Judgement]:
        words = [
            [_said(cell, values.get(name, {})) for name, cell in zip(names, cells, strict=True)]
            for cells in rows
        ]
        flat = iter(_shown([word for row in words for word in row], mask))
        return [place([next(flat) for _ in row], row) for row in words]

    def place(shown: list[str | None], words: list[str | None]) -> Judgement:
        found: dict[str, str | None] = {}
        for name, word in zip(names, words, strict=True):
            within = found.get("community")
            found[name] = book.find(word, levels[name], within)
        unknown = any(
            word and not found[name] and book.knows(levels[name])
            for name, word in zip(names, words, strict=True)
        )
        kept = [found[name] or text for name, text in zip(names, shown, strict=True)]
        outer, inner = found.get("community"), book.community_of(found.get("grid"))
        if "grid" in columns and "community" not in columns:
            kept.append(inner)
        strange = next(
            (t for n, t, w in zip(names, shown, words, strict=True) if w and not found[n]), None
        )
        return (*kept, unknown, bool(outer and inner and outer != inner), strange)

    outputs = {name: pa.string() for name in names}
    if "grid" in columns and "community" not in columns:
        outputs["community"] = pa.string()
    outputs |= {"area_unknown": pa.bool_(), "area_conflict": pa.bool_()}
    flag = len(outputs) - 2
    return Coder(tuple(columns.values()), outputs, judge, ("area", flag, len(outputs)))


def _shown(words: list[str | None], mask: Mask) -> list[str | None]:
    """Masked, but for codes of areas, which are long numbers of nobody."""
    codes = [
        word if word and CODE.match(word) and not PERSON.search(word) else None for word in words
    ]
    masked = mask(["" if code else word or "" for word, code in zip(words, codes, strict=True)])
    return [code or text or None for code, text in zip(codes, masked, strict=True)]


def _said(cell: str | None, values: dict[str, str | None]) -> str | None:
    return values[plain(cell or "")] if plain(cell or "") in values else tidy(cell)
