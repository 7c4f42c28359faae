"""What measure() hands back: rows of numbers, and everything a reader needs to trust them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from metrics.definitions import Card
from metrics.period import Period
from metrics.scope import Scope

if TYPE_CHECKING:
    import pandas as pd

NOT_REPORTED = "未上报"
NO_BASE = "没有可计入分母的记录"


class Row(NamedTuple):
    """One group. `hidden` is withheld on purpose; a value of None that is not hidden is unknown.
    A named tuple, because a page makes hundreds, and a frozen dataclass takes three times as long."""

    group: tuple[str | None, ...]
    labels: tuple[str, ...]
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None = None
    high: float | None = None
    hidden: bool = False
    reason: str | None = None

    @property
    def label(self) -> str:
        return " · ".join(self.labels)


@dataclass(frozen=True)
class Measurement:
    card: Card
    period: Period
    scope: Scope
    by: tuple[str, ...]
    as_of: date
    snapshot: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    target: float | None = None

    @property
    def base_label(self) -> str:
        """What must stand beside every value: base, time basis and as-of date."""
        as_of = f"截至{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"
        return f"{self.card.base} · {as_of}" if self.card.base else as_of

    @property
    def total(self) -> Row:
        """The one row of a measurement that was not grouped."""
        if self.by:
            raise ValueError(f"{self.card.id} was measured by {self.by}: it has rows, not a total")
        return self.rows[0]

    def row(self, *group: str | None) -> Row | None:
        return self._by_group.get(group)

    @cached_property
    def _by_group(self) -> Mapping[tuple[str | None, ...], Row]:
        return {row.group: row for row in self.rows}

    def size(self, row: Row) -> float | None:
        """What a row stands on: the base of a rate, else the things counted."""
        return row.denominator if self.card.is_rate else row.numerator

    def enough(self, row: Row) -> bool:
        """Whether the base is large enough to be judged at all (a colour, a comparison)."""
        base = self.size(row)
        return base is not None and base >= self.card.minimum_n

    def frame(self) -> "pd.DataFrame":
        import pandas as pd

        numbers = ("numerator", "denominator", "value", "low", "high", "hidden", "reason")
        columns = [*self.by, *(f"{name}_label" for name in self.by), *numbers]
        data = [
            (*row.group, *row.labels, *(getattr(row, name) for name in numbers))
            for row in self.rows
        ]
        return pd.DataFrame(data, columns=pd.Index(columns))
