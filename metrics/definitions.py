"""The 口径卡: what every metric means, read from metrics/cards/*.toml. One entry there is one metric.

A file describes one table: the words its definitions use ([terms]), what may be said about excluded
rows ([remarks]), how it may be cut ([dimensions]), and the cards. An earlier version of a card stands
under it as [cards.<id>.earlier.<n>] and holds only what was different then.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from metrics.errors import UnknownMetric, nearest
from metrics.records import LEVELS

FOLDER = Path(__file__).with_name("cards")
WORD = r"'[^']*'|\w+"  # a quoted value is one word, so no term is looked for inside it
TIME_DIMENSIONS = ("day", "week", "month", "quarter", "half", "year")
Unit = Literal["count", "share", "ratio", "mean", "per_thousand"]
Tier = Literal["T0", "T1", "T2"]


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
    tiers: Mapping[str, Tier]  # by the values of `tiers_by`
    tiers_by: str | None


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
    basis: str | None  # B1 … B7 of the time bases in use
    when: Literal["flow", "stock", "window"]
    date: str | None  # a name in the table's dates
    place: str | None  # for stock and window: which rows take part
    excludes: str
    unit: Unit
    word: str  # the counted thing: 件, 人, 场
    direction: Literal["higher", "lower", "none"]
    interval: Literal["wilson", "exact", "none"]
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
    owner: str
    review: date

    @property
    def is_rate(self) -> bool:
        return self.unit in ("share", "ratio", "mean", "per_thousand")

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

    @property
    def key(self) -> str:
        return f"{self.id}@{self.version}"


def cards() -> dict[str, Card]:
    """The newest version of every card, by id, in file order."""
    return {name: versions[max(versions)] for name, versions in _library().items()}


def card(metric: str, version: int | None = None) -> Card:
    library = _library()
    if metric not in library:
        raise UnknownMetric(
            f"没有指标“{metric}”{nearest(metric, library)} 全部指标见 python -m metrics list。"
        )
    versions = library[metric]
    if version is None:
        return versions[max(versions)]
    if version not in versions:
        known = "、".join(map(str, sorted(versions)))
        raise UnknownMetric(f"指标“{metric}”没有第 {version} 版,现有版本:{known}")
    return versions[version]


def versions(metric: str) -> dict[int, Card]:
    card(metric)
    return dict(sorted(_library()[metric].items()))


@cache
def _library() -> dict[str, dict[int, Card]]:
    library: dict[str, dict[int, Card]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for metric, found in read(path).items():
            if metric in library:
                raise ValueError(f"{path.name}: metric {metric} is defined twice")
            library[metric] = found
    return library


def read(path: Path) -> dict[str, dict[int, Card]]:
    """The cards of one file, by id and version."""
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    table = _table(path.stem, text)
    defaults = text.get("defaults", {})
    found: dict[str, dict[int, Card]] = {}
    for metric, entry in text.get("cards", {}).items():
        earlier = entry.pop("earlier", {})
        newest = defaults | entry
        found[metric] = {newest["version"]: _card(metric, table, newest)}
        for number, difference in earlier.items():
            spec = newest | difference | {"version": int(number)}
            found[metric][int(number)] = _card(metric, table, spec)
    return found


def _table(name: str, text: dict[str, Any]) -> Table:
    terms: dict[str, str] = {}
    for term, sql in text.get("terms", {}).items():
        terms[term] = spell_out(sql, terms)
    return Table(
        name=name,
        label=text["label"],
        relation=f"({text['relation']})" if "relation" in text else text.get("table", name),
        within=text.get("within", {}),
        source=text.get("source", name),
        dimensions={n: spell_out(sql, terms) for n, sql in text.get("dimensions", {}).items()},
        complete=tuple(text.get("complete", ())),
        terms=terms,
        dates={key: Moment(**_as_moment(spec)) for key, spec in text.get("dates", {}).items()},
        remarks={key: Remark(key, **spec) for key, spec in text.get("remarks", {}).items()},
        tiers=text.get("tiers", {}),
        tiers_by=text.get("tiers_by"),
    )


def _as_moment(spec: str | dict[str, str]) -> dict[str, str]:
    return {"column": spec} if isinstance(spec, str) else spec


def spell_out(sql: str, terms: Mapping[str, str]) -> str:
    """A term may use the ones above it; each is written out, so SQL sees columns only."""
    return re.sub(WORD, lambda word: f"({terms[word[0]]})" if word[0] in terms else word[0], sql)


OPTIONAL: dict[str, Any] = {
    "denominator": None,
    "denominator_label": None,
    "basis": None,
    "when": "flow",
    "date": None,
    "place": None,
    "excludes": "",
    "interval": "wilson",
    "target": None,
    "tier": "T0",
    "finest": "grid",
    "apart": {},
    "cross": (),
    "requires": None,
    "lacks": "",
    "then": None,
    "remarks": (),
    "base": "",
    "why": "",
    "also": (),
}


def _card(metric: str, table: Table, spec: dict[str, Any]) -> Card:
    values: dict[str, Any] = OPTIONAL | spec | {"id": metric, "table": table}
    if unknown := values.keys() - {f.name for f in fields(Card)}:
        raise ValueError(f"card {metric}: unknown words {sorted(unknown)}")
    for name in ("remarks", "cross", "also"):
        values[name] = tuple(values[name])
    values["apart"] = {name: tuple(codes) for name, codes in values["apart"].items()}
    return Card(**values)
