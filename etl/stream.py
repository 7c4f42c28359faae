"""The rows of a table on their way into one SQL statement: text columns, coded labels, points.

What each field of the source is read from is decided here, once per file; the statement itself is
written in etl/projection.py.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.areas import AreaBook, area_coder
from etl.catalog import Field, Source
from etl.coders import (
    PATH,
    Cells,
    Coder,
    Judgement,
    Mask,
    Standard,
    choice_coder,
    flag_coder,
    path_coder,
    skip_coder,
    text_coder,
    tidy,
    verdict_coder,
)
from etl.errors import BadMap
from etl.geometry import geometry_coder
from etl.headers import Headers
from etl.mapping import Columns, Constant, Joined, Verdict
from etl.mapping import Mapping as UserMap
from etl.match import Matched, Recognition
from etl.person import COUNTS, Months, Roll, counted
from etl.points import OUTPUTS, Points
from etl.read import Table
from etl.shapes import Shapes
from etl.wide import lengthened

CATEGORIES = Path(__file__).parent.parent / "data" / "reference" / "categories.toml"


@dataclass(frozen=True)
class Surroundings:
    """What the rows are judged against besides the file itself."""

    today: date
    areas: AreaBook
    shapes: Shapes | None
    mask: Mask


@dataclass
class Stream:
    """Batches for the statement, and what came to light while they ran past."""

    table: Table
    recognition: Recognition
    around: Surroundings
    fields: dict[str, Matched] = field(default_factory=dict)  # as the statement meets them
    coders: list[Coder] = field(default_factory=list)
    points: Points | None = None
    constants: dict[str, Any] = field(default_factory=dict)  # column -> value
    raw: dict[str, tuple[int, ...]] = field(default_factory=dict)  # field -> columns read in SQL
    warnings: list[str] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return self.recognition.source

    @property
    def mapping(self) -> UserMap | None:
        return self.recognition.mapping

    @property
    def used(self) -> tuple[int, ...]:
        """Columns of the file that reach the statement as text: they may stand among the rejects."""
        return tuple(sorted({c for m in self.fields.values() for c in m.columns}))

    @property
    def outputs(self) -> dict[str, pa.DataType]:
        coded = {name: kind for coder in self.coders for name, kind in coder.outputs.items()}
        return coded | (OUTPUTS if self.points else {})

    def reader(self) -> pa.RecordBatchReader:
        text = [("row_no", pa.int64()), *((f"c{c}", pa.string()) for c in self.used)]
        schema = pa.schema([*text, *self.outputs.items()])
        return pa.RecordBatchReader.from_batches(schema, self._coded(schema))

    def _coded(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        for batch in self._rows():
            arrays = [batch.column("row_no"), *(batch.column(f"c{c}") for c in self.used)]
            for coder in self.coders:
                arrays += coder.code(batch)
            if self.points:
                arrays += self.points.code(batch)
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _rows(self) -> Iterator[pa.RecordBatch]:
        batches = self.table.batches()
        if self.recognition.spread:
            group, *measures = self.extra_columns()
            return lengthened(batches, self.recognition.spread, dict(measures), group[1])
        if self.recognition.people:
            return self._counted(batches)
        return batches

    def extra_columns(self) -> list[tuple[str, int]]:
        """Columns beyond the file's own: the group, then every count."""
        names = ["group", *(f.name for f in self.source.fields if f.type == "integer")]
        return [(name, len(self.table.headers) + i) for i, name in enumerate(names)]

    def _counted(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        months = Months(
            self.mapping.date_order if self.mapping else "ymd",
            self.mapping.utc_offset if self.mapping else 8.0,
        )
        rows, persons, homeless = counted(batches, self._roll(), self.around.today, months)
        self.warnings.append(
            f"识别为个人名册:{persons}人已在内存中汇总为{len(rows)}条人数统计,姓名、证件号等未保存。"
        )
        if homeless:
            self.warnings.append(f"{homeless}人没有人员类别,未计入。")
        count = len(self.table.headers)
        columns = list(zip(*rows, strict=True)) if rows else [()] * (4 + len(COUNTS))
        arrays = {"row_no": pa.array(range(1, len(rows) + 1), pa.int64())}
        arrays |= {f"c{i}": pa.nulls(len(rows), pa.string()) for i in range(count)}
        arrays |= {f"c{count + i}": pa.array(c, pa.string()) for i, c in enumerate(columns)}
        yield pa.RecordBatch.from_pydict(arrays)

    def _roll(self) -> Roll:
        def column(name: str) -> int | None:
            matched = self.recognition.matched(name)
            return matched.columns[0] if matched and matched.columns else None

        people, month = self.recognition.people, self.recognition.matched("month")
        group = column("group")
        if group is None:
            raise BadMap("个人名册需要一列人员类别(group),表头中没有找到。")
        told = month.reading.value if month and isinstance(month.reading, Constant) else None
        return Roll(
            identity=people.get("marks"),
            month=column("month") if column("month") is not None else people.get("month"),
            community=column("community"),
            grid=column("grid"),
            group=group,
            visited=people.get("visited"),
            visits=people.get("visits"),
            helped=people.get("helped"),
            told_month=told,
        )


@cache
def standard_categories() -> dict[str, Standard]:
    table = tomllib.loads(CATEGORIES.read_text(encoding="utf-8"))
    return {name: Standard.of(categories) for name, categories in table.items()}


def open_stream(table: Table, recognition: Recognition, around: Surroundings) -> Stream:
    stream = Stream(table, recognition, around)
    stream.fields = _fields(stream)
    for name, found in stream.fields.items():
        if isinstance(found.reading, Constant):
            stream.constants[found.field.column] = _constant(
                found.reading.value, found.field, stream
            )
        elif found.columns and found.field.type not in ("area", "longitude", "latitude"):
            _read(stream, name, found)
    _read_areas(stream)
    _read_points(stream)
    _read_codes_from_names(stream)
    _leave_out(stream)
    return stream


def _fields(stream: Stream) -> dict[str, Matched]:
    """A long sheet's fields as recognised; of a wide one or a list of persons, as they come out."""
    recognition, first = stream.recognition, len(stream.table.headers)
    if recognition.people:
        names = [(name, first + i) for i, name in enumerate(("month", "community", "grid", "group", *COUNTS))]  # fmt: skip
        return {name: _at(recognition.source, name, column) for name, column in names}
    fields = {m.field.name: m for m in recognition.columns}
    if recognition.spread:
        fields |= {name: _at(recognition.source, name, c) for name, c in stream.extra_columns()}
    return fields


def _at(source: Source, name: str, column: int) -> Matched:
    wanted = source.field_named(name)
    if wanted is None:
        raise BadMap(f"数据源 {source.name} 没有字段 {name}。")
    return Matched(wanted, (), "名称", (column,), Columns(()))


def _read(stream: Stream, name: str, found: Matched) -> None:
    """A field from its columns: labels by a coder, the rest as text for the statement."""
    values = stream.mapping.values.get(name, {}) if stream.mapping else {}
    what, columns, mask = found.field, found.columns, stream.around.mask
    reading = found.reading
    if isinstance(reading, Verdict):
        coder = verdict_coder(what, columns[0], reading.true, reading.false, mask)
    elif what.type == "choice":
        coder = choice_coder(what, columns[0], values, mask)
    elif what.type == "flag":
        coder = flag_coder(what, columns[0], values, found.opposite, mask)
    elif what.type == "path":
        standard = standard_categories().get(stream.source.name, Standard({}, {}))
        coder = path_coder(what, columns, values, standard, mask)
    elif what.type == "text":
        separator = reading.separator if isinstance(reading, Joined) else None
        coder = text_coder(what, columns, values, mask, separator)
    elif what.type == "geometry":
        frame = stream.mapping.crs if stream.mapping else "WGS-84"
        coder = geometry_coder(what.column, columns[0], frame)
    else:
        stream.raw[name] = columns
        return
    stream.coders.append(coder)


def _read_areas(stream: Stream) -> None:
    """Community and grid are judged together, any other area field by itself."""
    areas = [m for m in stream.fields.values() if m.field.type == "area" and m.columns]
    placed = {m.field.column: m for m in areas if m.field.level}
    groups = [placed] if placed else []
    groups += [{m.field.column: m} for m in areas if not m.field.level]
    for group in groups:
        book = stream.around.areas
        if stream.source.merge:  # a ledger may name parents that it only brings itself
            book = replace(book, loaded=False)
        values = stream.mapping.values if stream.mapping else {}
        stream.coders.append(
            area_coder(
                book,
                {name: m.columns[0] for name, m in group.items()},
                {name: m.field.level for name, m in group.items()},
                {name: values.get(m.field.name, {}) for name, m in group.items()},
                stream.around.mask,
            )
        )


def _read_points(stream: Stream) -> None:
    x, y = stream.fields.get("longitude"), stream.fields.get("latitude")
    if not (x and y and x.columns and y.columns):
        return
    shapes, book = stream.around.shapes, stream.around.areas
    if stream.source.merge:
        shapes = None
    grids = [book.codes[code][1] == "grid" if code in book.codes else False for code in (shapes.codes if shapes else [])]  # fmt: skip
    communities = tuple(book.community_of(code) for code in shapes.codes) if shapes and any(grids) else ()  # fmt: skip
    stream.points = Points(
        x.columns[0],
        y.columns[0],
        stream.mapping.crs if stream.mapping else "WGS-84",
        x.reading.part if isinstance(x.reading, Columns) else None,
        y.reading.part if isinstance(y.reading, Columns) else None,
        shapes,
        communities,
    )


def _read_codes_from_names(stream: Stream) -> None:
    """A table of areas without codes (population by name) finds the codes of known names."""
    name, level = stream.fields.get("name"), stream.constants.get("level")
    if stream.source.name != "areas" or "code" in stream.fields or not name or not name.columns:
        return
    book, mask = stream.around.areas, stream.around.mask

    def judge(rows: list[Cells]) -> list[Judgement]:
        words = [tidy(cells[0]) for cells in rows]
        shown = mask([word or "" for word in words])
        found = [book.find(word, level) for word in words]
        # The name that the ledger has stays: this file only writes it another way.
        return [
            (code or text or None, None if code else text or None)
            for code, text in zip(found, shown, strict=True)
        ]

    stream.coders = [coder for coder in stream.coders if "name" not in coder.outputs]
    outputs = {"code": pa.string(), "name": pa.string()}
    stream.coders.append(Coder(name.columns, outputs, judge))


def _leave_out(stream: Stream) -> None:
    if not stream.mapping or not stream.mapping.skip_rows_where:
        return
    headers, where = Headers(stream.table.headers), stream.mapping.skip_rows_where
    columns = [headers.find(word) for word in where]
    if None not in columns:
        stream.coders.append(
            skip_coder(tuple(c for c in columns if c is not None), tuple(where.values()))
        )


def _constant(value: str, what: Field, stream: Stream) -> Any:
    """A value that a map or a title gives every row, as its type asks."""
    if value == "":
        return None
    if what.type == "flag":
        return value == "true"
    if what.type == "path":
        standard = standard_categories().get(stream.source.name, Standard({}, {}))
        return PATH.join(standard.path([p.strip() for p in value.split("›")])[0])
    if what.type == "area":
        return stream.around.areas.find(value, what.level) or value
    return value
