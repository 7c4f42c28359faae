"""A user's map: which header of an unknown layout means which field, in the user's own words."""

from dataclasses import dataclass, field

from etl.catalog import Source


@dataclass(frozen=True)
class Columns:
    """Headers tried in order; of a path, its levels."""

    headers: tuple[str, ...]
    part: int | None = None  # of two numbers in one cell, the first or the second


@dataclass(frozen=True)
class DateAndTime:
    date: str
    time: str


@dataclass(frozen=True)
class Later:
    start: str  # a field, or a header
    amount: float
    unit: str


@dataclass(frozen=True)
class Verdict:
    """Words of a column that mean yes, and words that mean no."""

    header: str
    true: tuple[str, ...] | None
    false: tuple[str, ...] | None


@dataclass(frozen=True)
class Joined:
    headers: tuple[str, ...]
    separator: str


@dataclass(frozen=True)
class Constant:
    value: str


Reading = Columns | DateAndTime | Later | Verdict | Joined | Constant


@dataclass(frozen=True)
class Mapping:
    source: Source
    fields: dict[str, Reading] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    skip_rows: int | None = None
    date_order: str = "ymd"
    crs: str = "WGS-84"
    area_level: str | None = None
    utc_offset: float = 8.0  # hours added to times given in UTC, epoch numbers among them
    person_level: bool | None = None
    skip_rows_where: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header the map names, for finding the header row."""
        named = [h for reading in self.fields.values() for h in headers_of(reading)]
        return tuple(dict.fromkeys([*named, *self.skip_rows_where, *self.ignore]))


def headers_of(reading: Reading) -> tuple[str, ...]:
    match reading:
        case Columns(headers) | Joined(headers):
            return headers
        case DateAndTime(day, time):
            return (day, time)
        case Verdict(header):
            return (header,)
    return ()
