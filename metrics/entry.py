"""What the library holds: a card, and the table whose rows it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from metrics.records import LEVELS

WORD = r"'[^']*'|\w+"  # a quoted value is one word, so no term is looked for inside it
TIME_DIMENSIONS = ("day", "week", "month", "quarter", "half", "year")
RATES = ("share", "ratio", "mean", "per_thousand")
Unit = Literal["count", "share", "ratio", "mean", "per_thousand"]
Tier = Literal["T0", "T1", "T2"]
When = Literal["flow", "stock", "window"]
Direction = Literal["higher", "lower", "none"]
Interval = Literal["wilson", "exact", "none"]
Basis = Literal["B1", "B2", "B3", "B4", "B5", "B6", "B7"]  # the time bases in use
# Natural days, working days, a deadline taken as the source gives it, or no length of time at all.
Clock = Literal["natural", "working", "given", "none"]


@dataclass(frozen=True)
class Moment:
    """The date that places a row in a period, and where it stands when the first choice is empty."""

    column: str
    otherwise: str | None = None
    when: str | None = None  # true of the rows that take the second choice


@dataclass(frozen=True)
class Remark:
    """Rows that a reader should know about, counted in the same scan as the metric."""

    name: str
    sql: str
    text: str


@dataclass(frozen=True, eq=False)
class Table:
    name: str
    label: str
    relation: str  # what stands after FROM; {within} in it takes the filters below
    within: Mapping[str, str]  # filters that apply inside the relation: dimension -> column
    source: str  # whose freshness says which days were reported
    dimensions: Mapping[str, str]  # dimension -> column or expression
    complete: tuple[str, ...]  # dimensions whose every code is shown, found or not
    terms: Mapping[str, str]
    dates: Mapping[str, Moment]
    remarks: Mapping[str, Remark]
    exclusions: Mapping[str, str]  # a term, true of rows left out -> what a reader calls them
    tiers: Mapping[str, Tier]  # by the values of `tiers_by`
    tiers_by: str | None
    text: Mapping[str, Any] = field(repr=False)  # the file, as it was read


@dataclass(frozen=True)
class Card:
    id: str
    version: int
    label: str
    meaning: str  # one sentence, the tooltip
    table: Table
    numerator: str
    denominator: str | None  # None for a count; "total" or a column of areas for a derived base
    numerator_label: str
    denominator_label: str | None
    base: str
    basis: Basis | None
    clock: Clock
    when: When
    date: str | None  # a name in the table's dates
    place: str | None  # for stock and window: which rows take part
    excludes: str  # in words
    exclusions: tuple[str, ...]  # those of the table's that this definition leaves out
    unit: Unit
    word: str  # the counted thing: 件, 人, 场
    direction: Direction
    interval: Interval
    target: float | None
    minimum_n: int
    tier: Tier
    finest: str  # the smallest area it may be shown for
    apart: Mapping[str, tuple[str, ...]]  # what may be shown below `finest`: dimension -> codes
    cross: tuple[str, ...]  # T1, T2: the dimensions besides place and time
    requires: str | None  # true of a row that could carry the answer
    lacks: str  # what a source without any such row does not report
    then: str | None  # the metric that becomes the headline when this one is at its ceiling
    remarks: tuple[str, ...]
    why: str  # what a leader looks at it for
    also: tuple[str, ...]  # what else people call it, for those who search
    effective: date
    until: date | None  # its last day, of a version that another has followed
    change: str  # what this version does differently from the one before, and why
    owner: str
    checker: str  # a role or an office, never a person
    review: date
    let_in: tuple[str, ...] = ()  # exclusions switched off, to see what they change

    @property
    def is_rate(self) -> bool:
        return self.unit in RATES

    @property
    def monthly(self) -> bool:
        """Whether its rows are months: no shorter stretch of time can be told apart."""
        return self.when == "flow" and self.date == "month"

    @property
    def dimensions(self) -> tuple[str, ...]:
        time = TIME_DIMENSIONS if self.when == "flow" else ()
        if self.tier != "T0" or self.monthly:
            time = tuple(name for name in time if name not in ("day", "week"))
        return (*self._columns, *time)

    @property
    def filters(self) -> tuple[str, ...]:
        return (*self._columns, *self.table.within)

    @property
    def _columns(self) -> tuple[str, ...]:
        """Where people are counted, the cuts that were declared and no other cross of them."""
        columns = tuple(self.table.dimensions)
        if self.tier == "T0":
            return columns
        return tuple(name for name in columns if name in (*LEVELS, *self.cross))

    @cached_property
    def sql(self) -> str:
        """Everything of it that becomes SQL, but the condition on its date."""
        table = self.table
        said = [table.relation, self.numerator, self.denominator or "", self.place or ""]
        said += [table.remarks[name].sql for name in self.remarks]
        words = set(re.findall(WORD, " ".join(said)))
        return " ".join([*said, *(sql for name, sql in table.terms.items() if name in words)])

    @cached_property
    def moments(self) -> frozenset[str]:
        """The moments of a period that its SQL reads: start, end, cut, soon, last."""
        return frozenset(re.findall(r"\$(start|end|cut|soon|last)\b", self.sql))

    @cached_property
    def key(self) -> str:
        """metric@version, as it stands at every number; + what was let back in, for a trial."""
        return "+".join([f"{self.id}@{self.version}", *self.let_in])

    def is_due(self, today: date) -> bool:
        """Whether its review is overdue. `today` is the snapshot's as-of date: a clock is data."""
        return self.review < today


def spell_out(sql: str, terms: Mapping[str, str]) -> str:
    """A term may use the ones above it; each is written out, so SQL sees columns only."""
    return re.sub(WORD, lambda word: f"({terms[word[0]]})" if word[0] in terms else word[0], sql)
