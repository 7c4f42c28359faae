"""The catalogue of sources: what fields a kind of file has, and how an office may word them.

One TOML file in etl/sources is one source. Adding a file adds a source.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

FieldType = Literal[
    "key",  # an identifier: text, never a number, guarded against phone and ID numbers
    "text",  # a short label of few distinct values (a unit, a channel)
    "choice",  # one of `values`
    "path",  # a category path, joined by " › "
    "area",  # a name or code of the area ledger
    "place",  # an address: masked
    "prose",  # free text: masked
    "caller",  # a person: becomes a keyed pseudonym
    "reply",  # an answer in prose: becomes a keyed fingerprint, to count copies
    "flag",  # yes or no
    "integer",
    "number",
    "date",
    "month",  # the first day of a calendar month
    "time",  # a date with time of day, local
    "longitude",
    "latitude",
    "geometry",  # GeoJSON text
]

SQL_TYPES: dict[str, str] = {
    "flag": "BOOLEAN",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "date": "DATE",
    "month": "DATE",
    "time": "TIMESTAMP",
    "longitude": "DOUBLE",
    "latitude": "DOUBLE",
}


@dataclass(frozen=True)
class Choice:
    """One allowed value of a field: the code that is stored, and the words that mean it."""

    code: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    name: str
    type: FieldType
    label: str
    column: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    values: tuple[Choice, ...] = ()
    level: str | None = None  # of an area field: community or grid
    spread: bool = False  # its values may stand in the header, one group of columns each
    join: tuple[str, ...] = ()  # a key without a header: these fields make it up
    levels: tuple[tuple[str, ...], ...] = ()  # of a path: the headers of each level
    opposites: tuple[str, ...] = ()  # of a flag: headers that ask the reverse question
    future: bool = False  # may lie after today
    from_title: bool = False  # without a column, the sheet, title or file name may tell
    default: str | None = None  # without a column and without such a title

    @property
    def sql_type(self) -> str:
        return SQL_TYPES.get(self.type, "VARCHAR")


@dataclass(frozen=True)
class Rule:
    """A boolean SQL expression over the typed columns that is true of a wrong row."""

    name: str
    when: str
    reason: str  # Chinese, shown to the reader
    action: Literal["reject", "flag"]


@dataclass(frozen=True)
class Source:
    name: str
    label: str
    table: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]  # fields
    order: tuple[str, ...]  # columns, latest last: which of two records of a key is the newer
    event: str | None  # the column that dates a row, for freshness
    rhythm_days: int | None  # how often the office exports it
    rules: tuple[Rule, ...] = ()
    merge: bool = False  # records of a key complete each other (a ledger and its polygons)
    hints: tuple[str, ...] = ()  # words in a file, sheet or title name that speak for this source
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)  # headers of a list of persons
    unknown_area: Literal["flag", "reject"] = "flag"
    raw: dict[str, Any] = field(default_factory=dict, compare=False)

    def field_named(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its table, in catalogue order."""
        return tuple(f.column for f in self.fields)


def read_source(path: Path) -> Source:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Source(
        name=path.stem,
        label=table["label"],
        table=table.get("table", path.stem),
        fields=tuple(_field(name, spec) for name, spec in table["fields"].items()),
        key=tuple(table["key"]),
        order=tuple(table.get("order", ())),
        event=table.get("event"),
        rhythm_days=table.get("rhythm_days"),
        rules=tuple(Rule(name, **spec) for name, spec in table.get("rules", {}).items()),
        merge=table.get("merge", False),
        hints=tuple(table.get("hints", ())),
        people={role: tuple(words) for role, words in table.get("people", {}).items()},
        unknown_area=table.get("unknown_area", "flag"),
        raw=table,
    )


def _field(name: str, spec: dict[str, Any]) -> Field:
    values = tuple(
        Choice(code, words["label"], tuple(words.get("synonyms", ())))
        for code, words in spec.get("values", {}).items()
    )
    return Field(
        name=name,
        type=spec["type"],
        label=spec["label"],
        column=spec.get("column", name),
        synonyms=tuple(spec.get("synonyms", ())),
        required=spec.get("required", False),
        values=values,
        level=spec.get("level"),
        spread=spec.get("spread", False),
        join=tuple(spec.get("join", ())),
        levels=tuple(tuple(words) for words in spec.get("levels", ())),
        opposites=tuple(spec.get("opposites", ())),
        future=spec.get("future", False),
        from_title=spec.get("from_title", False),
        default=spec.get("default"),
    )


@cache
def sources() -> dict[str, Source]:
    """Every source by name, in file order."""
    folder = Path(__file__).with_name("sources")
    return {path.stem: read_source(path) for path in sorted(folder.glob("*.toml"))}
