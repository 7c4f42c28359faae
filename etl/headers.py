"""The header of one table: which of its cells says which word, however it is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.catalog import Field
from etl.words import loose, plain

LABEL, SYNONYM, LOOSELY, LAST_LEVEL = 0, 10, 1000, 2000


@dataclass(frozen=True)
class Hit:
    rank: int  # less is surer
    column: int
    opposite: bool = False

    @property
    def by_name(self) -> bool:
        return self.rank < SYNONYM


class Headers:
    def __init__(self, names: Sequence[str]):
        self.names = tuple(names)
        self._forms: dict[str, tuple[int, int]] = {}
        for penalty, form in ((0, plain), (LOOSELY, loose), (LAST_LEVEL, _last_level)):
            for column, name in enumerate(self.names):
                if name:
                    self._forms.setdefault(form(name), (penalty, column))

    def find(self, word: str) -> int | None:
        """The column a map means by this header."""
        hit = self._forms.get(plain(word)) or self._forms.get(loose(word))
        return hit[1] if hit else None

    def hits(self, field: Field) -> list[Hit]:
        """Every column that could be this field, surest first."""
        words = [(LABEL, False, w) for w in (field.name, field.label)]
        words += [(SYNONYM + i, False, w) for i, w in enumerate(field.synonyms)]
        words += [(SYNONYM + i, True, w) for i, w in enumerate(field.opposites)]
        found = [self._hit(*word) for word in words]
        return sorted((h for h in found if h), key=lambda h: (h.rank, h.column))

    def levels(self, field: Field) -> tuple[int, ...]:
        """The columns of a category path, top level first."""
        columns = [self.first(words) for words in field.levels]
        return tuple(c for c in columns if c is not None)

    def first(self, words: Iterable[str]) -> int | None:
        hits = [hit for word in words if (hit := self._hit(0, False, word))]
        return hits[0].column if hits else None

    def _hit(self, rank: int, opposite: bool, word: str) -> Hit | None:
        exact, near = self._forms.get(plain(word)), self._forms.get(loose(word))
        found = min((f for f in (exact, near) if f), default=None)
        return Hit(rank + found[0], found[1], opposite) if found else None


def _last_level(name: str) -> str:
    return loose(name.rsplit("/", 1)[-1])
