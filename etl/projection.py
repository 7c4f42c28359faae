"""The one statement that types, masks, checks and numbers a file's rows, written for its columns.

Nothing unmasked is materialised: masking is part of the same projection that fills the table.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from etl import mask
from etl.catalog import Field
from etl.mapping import DateAndTime, Joined, Later
from etl.match import Matched
from etl.stream import Stream

OLDEST = date(1990, 1, 1)
FARTHEST = date(2100, 1, 1)
INTERVALS = {"minutes": "to_minutes", "hours": "to_hours", "days": "to_days", "weeks": "to_weeks"}
HIDDEN = ("caller", "reply", "geometry")
BETWEEN = "\ue001\ue001"  # two, so that a match which takes in one leaves the next its edge
MOMENTS = ("time", "date", "month")
FIGURES = ("integer", "number")


@dataclass
class Projection:
    stream: Stream
    tomorrow: date
    constants: dict[str, Any] = field(default_factory=dict)  # parameters of the statement

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.stream.source.fields

    def sql(self) -> str:
        """SELECT row_no, columns, record_key, content, flags, reasons, cells."""
        columns = ", ".join(f'"{f.column}"' for f in self.fields)
        judged = (
            f"SELECT *, {self._listed(self._flags())} AS flags, "
            f"{self._listed(self._reasons())} AS reasons FROM ({self._derived()})"
        )
        return (
            f"SELECT row_no, {columns}, {self._record_key()} AS record_key, "
            f"hash({columns}) AS content, flags, reasons, "
            f"CASE WHEN len(reasons) > 0 THEN {self._cells()} END AS cells "
            f"FROM ({self._with_masked(judged)})"
        )

    def _derived(self) -> str:
        """Typed columns, and those that follow from other columns."""
        typed = self._typed()
        later = [
            f'{self._later(m.reading)} AS "{f.column}"'
            for f, m in self._matched()
            if isinstance(m.reading, Later)
        ]
        if later:
            typed = f"SELECT * REPLACE ({', '.join(later)}) FROM ({typed})"
        joined = [f for f in self.fields if f.type == "key" and f.join and not self._filled(f)]
        for what in joined:
            parts = ", ".join(f'"{c}"' for c in self._join_columns(what))
            made = f"substr(md5(concat_ws('|', {parts})), 1, 16)"
            typed = f'SELECT * REPLACE ({made} AS "{what.column}") FROM ({typed})'
        return typed

    def _join_columns(self, what: Field) -> list[str]:
        found = [self.stream.source.field_named(name) for name in what.join]
        return [f.column for f in found if f]

    def _filled(self, what: Field) -> bool:
        return what.name in self.stream.fields or what.column in self.stream.outputs

    def _matched(self) -> list[tuple[Field, Matched]]:
        found = self.stream.fields
        return [(f, found[f.name]) for f in self.fields if f.name in found]

    def _typed(self) -> str:
        raw = ", ".join(
            f"{self._raw(m)} AS raw_{f.name}" for f, m in self._matched() if self._raw(m)
        )
        source = "SELECT * FROM file_rows"
        if raw:
            source = f"SELECT *, {raw} FROM file_rows"
        masked = [f"raw_{f.name}" for f, m in self._matched() if f.type in ("prose", "place")]
        masked = [name for name in masked if name[4:] in self.stream.raw]
        source = mask.layered(source, masked)
        kept = [f"raw_{name}" for name in self.stream.raw]
        kept += [f"c{c}" for c in self.stream.used]
        kept += [name for name in self.stream.outputs if name not in self.stream.source.columns]
        typed = [f'{self._value(f)} AS "{f.column}"' for f in self.fields]
        return f"SELECT row_no, {', '.join([*kept, *typed])} FROM ({source})"

    def _raw(self, found: Matched) -> str | None:
        """The text that a field is read from."""
        if found.field.name not in self.stream.raw:
            return None
        cells = [f"c{c}" for c in found.columns]
        if isinstance(found.reading, Joined):
            joined = ", ".join(f"keyed({cell})" for cell in cells)
            return f"concat_ws({self._bound(found.reading.separator)}, {joined})"
        if isinstance(found.reading, DateAndTime):
            return f"concat_ws(' ', {', '.join(cells)})"
        return f"coalesce({', '.join(cells)})" if len(cells) > 1 else cells[0]

    def _value(self, what: Field) -> str:
        """A column of the source, typed; NULL where nothing fills it or its text is no such value."""
        if what.column in self.stream.constants:
            return self._constant(what)
        if what.column in self.stream.outputs:
            return f'"{what.column}"'
        if what.name not in self.stream.raw:
            placed = self._from_point(what)
            return placed or f"NULL::{what.sql_type}"
        raw = f"raw_{what.name}"
        match what.type:
            case "key":
                return f"keyed({raw})"
            case "time" | "date" | "month":
                return self._moment(what, raw)
            case "integer":
                return f"CASE WHEN figure({raw}) % 1 = 0 AND abs(figure({raw})) < 2e9 THEN figure({raw}) END::INTEGER"
            case "number":
                return f"figure({raw})"
            case "caller":
                return f"pseudonym({raw})"
            case "reply":
                return f"fingerprint({raw})"
        return f"bare({raw})"

    def _from_point(self, what: Field) -> str | None:
        """Without any column of areas, a point tells where its row belongs."""
        placed = any(f.type == "area" and f.level and self._filled(f) for f in self.fields)
        if self.stream.points and what.type == "area" and what.level and not placed:
            return f"point_{what.level}" if what.level in ("community", "grid") else None
        return None

    def _moment(self, what: Field, raw: str) -> str:
        found = self.stream.fields[what.name]
        value = f"moment({raw})"
        if isinstance(found.reading, DateAndTime):
            day, clock = (f"c{c}" for c in found.columns)
            value = f"at_clock({day}, {clock})"
        if what.type == "month":
            value = f"date_trunc('month', {value})"
        return value if what.type == "time" else f"({value})::DATE"

    def _constant(self, what: Field) -> str:
        bound = self._bound(self.stream.constants[what.column])
        if what.type in MOMENTS:
            moment = f"moment({bound}::VARCHAR)"
            if what.type == "month":
                moment = f"date_trunc('month', {moment})"
            return f"({moment})::{what.sql_type}"
        if what.type in FIGURES:
            return f"figure({bound}::VARCHAR)::{what.sql_type}"
        return f"{bound}::{what.sql_type}"

    def _bound(self, value: Any) -> str:
        name = f"p{len(self.constants)}"
        for known, there in self.constants.items():
            if there == value and type(there) is type(value):
                name = known
        self.constants[name] = value
        return f"${name}"

    def _later(self, reading: Any) -> str:
        start = self.stream.source.field_named(reading.start)
        assert start, "recognition has checked the field a duration starts from"
        column = f'"{start.column}"'
        if reading.unit != "working days":
            if reading.amount % 1 and reading.unit in ("days", "weeks"):
                hours = reading.amount * {"days": 24, "weeks": 168}[reading.unit]
                return f"{column} + to_minutes({round(hours * 60)})"
            if reading.amount % 1:
                minutes = reading.amount * {"hours": 60, "minutes": 1}[reading.unit]
                return f"{column} + to_seconds({round(minutes * 60)})"
            return f"{column} + {INTERVALS[reading.unit]}({int(reading.amount)})"
        number = f"getvariable('workday_no')[date_diff('day', getvariable('first_day'), {column}::DATE) + 1]"
        day = f"getvariable('workdays')[{number} + {int(reading.amount)}]"
        return f"{day} + ({column} - date_trunc('day', {column}))"

    def _record_key(self) -> str:
        source = self.stream.source
        fields = [f for name in source.key if (f := source.field_named(name))]
        if len(fields) == 1:
            return f'"{fields[0].column}"::VARCHAR'
        parts = ", ".join(f"coalesce(\"{f.column}\"::VARCHAR, '')" for f in fields)
        return f"concat_ws(chr(31), {parts})"

    def _flags(self) -> list[tuple[str, str]]:
        """(name, condition) of everything that is possible but odd."""
        outputs = self.stream.outputs
        found = [
            (f"unmapped_{f.name}", f'"{f.column}_unmapped"')
            for f in self.fields
            if f"{f.column}_unmapped" in outputs
        ]
        if "area_unknown" in outputs and self.stream.source.unknown_area == "flag":
            found += [("unknown_area", "area_unknown"), ("grid_outside_community", "area_conflict")]
        if self.stream.points:
            found += [("bad_point", "point_bad"), ("swapped_point", "point_swapped")]
            found += [("point_outside_area", outside) for outside in self._outside()]
        rules = self.stream.source.rules
        return found + [(r.name, f"({r.when})") for r in rules if r.action == "flag"]

    def _outside(self) -> list[str]:
        areas = [f for f in self.fields if f.type == "area" and f.level and self._filled(f)]
        return [
            f"(list_contains(getvariable('shape_codes'), \"{f.column}\") "
            f'AND longitude IS NOT NULL AND point_{f.level} IS DISTINCT FROM "{f.column}")'
            for f in areas[-1:]
        ]

    def _reasons(self) -> list[tuple[str, str]]:
        """(Chinese reason, condition) of everything that keeps a row out."""
        found: list[tuple[str, str]] = []
        outputs = self.stream.outputs
        if "left_out" in outputs:
            found.append(("映射要求略去的行", "left_out"))
        for what in self.fields:
            found += self._reasons_of(what)
        if "geometry_bad" in outputs:
            found.append(("边界不是可识别的 GeoJSON 或 WKT", "geometry_bad"))
        if "area_unknown" in outputs and self.stream.source.unknown_area == "reject":
            found.append(("区域不在台账中", "area_unknown"))
            found.append(("网格不属于所填社区", "area_conflict"))
        return found + [
            (r.reason, f"({r.when})") for r in self.stream.source.rules if r.action == "reject"
        ]

    def _reasons_of(self, what: Field) -> list[tuple[str, str]]:
        column, raw, label = f'"{what.column}"', f"raw_{what.name}", what.label
        found: list[tuple[str, str]] = []
        wrong = f"({column} IS NULL AND {raw} IS NOT NULL AND NOT is_empty_word({raw}))"
        read = what.name in self.stream.raw
        if what.required:
            missing = f"({column} IS NULL AND ({raw} IS NULL OR is_empty_word({raw})))"
            found.append((f"缺少{label}", missing if read else f"({column} IS NULL)"))
        if what.type == "key" and read:
            found.append((f"{label}疑似手机号或身份证号", f"is_person({column})"))
        if what.type in MOMENTS and read:
            found.append((f"{label}无法识别为日期", wrong))
        if what.type in MOMENTS:
            last = FARTHEST if what.future else self.tomorrow
            found.append((f"{label}早于{OLDEST.year}年", f"({column} < DATE '{OLDEST}')"))
            too_late = f"{label}晚于{FARTHEST.year}年" if what.future else f"{label}在未来"
            found.append((too_late, f"({column} >= DATE '{last + timedelta(1)}')"))
        if what.type in FIGURES and read:
            reason = "整数" if what.type == "integer" else "数字"
            found.append((f"{label}不是{reason}", wrong))
        if what.type == "integer":
            found.append((f"{label}为负数", f"({column} < 0)"))
        return found

    def _listed(self, named: list[tuple[str, str]]) -> str:
        """The names whose condition holds; for nearly every row there are none."""
        if not named:
            return "[]::VARCHAR[]"
        cases = ", ".join(
            f"CASE WHEN {when} THEN {self._bound(name)}::VARCHAR END" for name, when in named
        )
        some = " OR ".join(when for _, when in named)
        return (
            f"CASE WHEN {some} THEN list_filter([{cases}], lambda found: found IS NOT NULL) "
            "ELSE []::VARCHAR[] END"
        )

    def _with_masked(self, judged: str) -> str:
        """The visible cells of refused rows, masked, as a list.

        They go through masking as one text: a lambda over a list would compile every pattern anew
        for each vector that holds a refused row.
        """
        cells = [f"c{c}" for c in self._visible()]
        if not cells:
            return f"SELECT *, NULL::VARCHAR[] AS masked FROM ({judged})"
        text = f" || '{BETWEEN}' || ".join(f"coalesce({cell}, '')" for cell in cells)
        query = f"SELECT *, CASE WHEN len(reasons) > 0 THEN {text} END AS refused FROM ({judged})"
        query = mask.layered(query, ["refused"])
        # A mask that reached over the border of two cells took the border with it.
        apart = f"list_transform([{', '.join(cells)}], lambda cell: mask_text(cell))"
        return (
            f"SELECT *, CASE WHEN len(parts) <> {len(cells)} THEN {apart} ELSE parts END AS masked "
            f"FROM (SELECT *, string_split(refused, '{BETWEEN}') AS parts FROM ({query}))"
        )

    def _visible(self) -> list[int]:
        """Columns that may stand among the rejects: recognised ones, never a person's."""
        kept = {c: m.field.type for m in self.stream.fields.values() for c in m.columns}
        count = len(self.stream.table.headers)
        return [c for c in sorted(kept) if c < count and kept[c] not in HIDDEN]

    def _cells(self) -> str:
        """A refused row in the layout of its file."""
        kept = {c: m.field for m in self.stream.fields.values() for c in m.columns}
        found = {c: self._cell(c, i, kept[c]) for i, c in enumerate(self._visible(), 1)}
        cells = [found.get(c, "NULL") for c in range(len(self.stream.table.headers))]
        return f"[{', '.join(cells)}]::VARCHAR[]"

    def _cell(self, column: int, place: int, what: Field) -> str:
        """Masking takes keys and coordinates for telephone numbers: they pass where they are none."""
        cell, masked = f"c{column}", f"nullif(masked[{place}], '')"
        if what.type in ("key", "area"):
            plain_code = f"regexp_full_match({cell}, '[\\t'']?[0-9A-Za-z_-]{{1,32}}')"
            return f"CASE WHEN {plain_code} AND NOT is_person({cell}) THEN {cell} ELSE {masked} END"
        if what.type in ("longitude", "latitude"):
            point = f"regexp_full_match({cell}, '-?[0-9]{{1,3}}\\.[0-9]+')"
            return f"CASE WHEN {point} THEN {cell} ELSE {masked} END"
        return masked
