"""JSON records and GeoJSON features as one table: nested objects become columns joined by "/"."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from etl.errors import Unreadable
from etl.read import json_stream
from etl.read.blocks import blocks, characters
from etl.read.clerk import Clerk
from etl.read.encoding import Encoding, detect
from etl.read.names import clean, unique
from etl.read.records import UNREADABLE_BYTES, decode_lines
from etl.read.table import ReadOptions, Table

_MOST_COLUMNS = 16_384
# fields of CKAN and ArcGIS, meta/view/columns of Socrata.
_DESCRIPTION = re.compile(r"(^|/)(fields|columns)$|^meta/")
_SURROGATE = re.compile("[\ud800-\udfff]")

Cells = dict[str, str | None]


@dataclass(frozen=True)
class _Layout:
    encoding: Encoding
    by_line: bool
    path: str  # of the array that holds the records
    columns: dict[str, int]
    records: int


class _Broken(Exception):
    """The argument is the reason, in Chinese."""


def read_json(path: Path, options: ReadOptions) -> list[Table]:
    """The file is read twice: any record may bring a column that no record before it had."""
    encoding = detect(path, options.encoding)
    layout, geographic, warnings = _survey(path, encoding)
    return [
        Table(
            file=path,
            sheet=None,
            encoding="geojson" if geographic else "json",
            encoding_note=f"{encoding.name},{encoding.note}",
            headers=unique([clean(name) for name in layout.columns]),
            header_rows=(0, 0),
            titles=(),
            first_row=1,
            source=partial(_stream, layout),
            warnings=warnings,
        )
    ]


def _survey(path: Path, encoding: Encoding) -> tuple[_Layout, bool, list[str]]:
    by_line = _is_by_line(path, encoding)
    columns: dict[str, dict[str, int]] = {}
    found: Counter[str] = Counter()
    features: set[str] = set()
    for where, value in _records(path, encoding, by_line=by_line):
        found[where] += 1
        known = columns.setdefault(where, {})
        if _is_feature(value):
            features.add(where)
        try:
            for name in _cells(value):
                known.setdefault(name, len(known))
        except _Broken:
            continue  # counted when it is read as a row
        if len(known) > _MOST_COLUMNS:
            raise Unreadable(f"记录里的键超过 {_MOST_COLUMNS} 个,不像一张表。")
    best = max(found, key=lambda where: (not _describes(where), found[where]), default="")
    if not columns.get(best):
        raise Unreadable(
            "JSON 里没有记录数组。"
            '需要形如 [{…}, {…}]、{"data": [{…}]} 或 GeoJSON FeatureCollection 的内容。'
        )
    warnings = [
        f"另有一组记录“{where}”({found[where]} 条)没有读取。"
        for where in found
        if where != best and not _describes(where)
    ]
    layout = _Layout(encoding, by_line, best, columns[best], found[best])
    return layout, best in features, warnings


def _describes(where: str) -> bool:
    """Whether an array tells of the columns, as open-data portals do beside their records."""
    return bool(_DESCRIPTION.search(where))


def _records(path: Path, encoding: Encoding, *, by_line: bool) -> Iterator[tuple[str, Any]]:
    """Elements, with rows that are arrays laid under the names the document gives, or its first row."""
    named: list[str] = []
    headers: dict[str, list[str]] = {}
    for where, value in _elements(path, encoding, by_line=by_line):
        if _describes(where) and isinstance(value, tuple):
            named.append(str(dict(value).get("name") or f"column {len(named) + 1}"))
        if where not in headers:
            first_row = value if isinstance(value, list) else []
            headers[where] = (named or _names(first_row)) if first_row else []
            if first_row and not named:
                continue
        if isinstance(value, list):
            value = _laid(value, headers[where])
        yield where, value


def _names(row: list[Any]) -> list[str]:
    """A first row of words is a header; one of numbers is not."""
    return row if all(type(cell) is str for cell in row) else []


def _laid(values: list[Any], header: list[str]) -> Any:
    if not header:
        return _Broken("不是一条记录(应为 {…})")
    if len(values) != len(header):
        return _Broken(f"表头有 {len(header)} 列,本行有 {len(values)} 格")
    return tuple(zip(header, values, strict=True))


def _stream(layout: _Layout, table: Table) -> Iterator[pa.RecordBatch]:
    clerk = Clerk(table, notes=False)
    number = 0
    for where, value in _records(table.file, layout.encoding, by_line=layout.by_line):
        if where != layout.path:
            continue
        number += 1
        try:
            row: list[str | None] = [None] * len(layout.columns)
            for name, cell in _cells(value).items():
                row[layout.columns[name]] = cell
            clerk.lay(number, row)
        except _Broken as broken:
            clerk.refuse(number, str(broken))
        if clerk.full():
            table.progress = number / layout.records
            yield from clerk.batches()
    yield from clerk.close()


def _elements(path: Path, encoding: Encoding, *, by_line: bool) -> Iterator[tuple[str, Any]]:
    if by_line:
        for block in blocks(path, encoding):
            for line in decode_lines(block):
                yield "", _parsed(line)
        return
    yield from json_stream.Walk(characters(path, encoding)).records()


def _parsed(line: str | None) -> Any:
    """A line of JSON Lines; one that is wrong becomes the reason why, and is refused as a row."""
    if line is None:
        return _Broken(UNREADABLE_BYTES)
    if not line.strip():
        return ()
    try:
        return json_stream.decode(line)
    except ValueError:
        return _Broken("本行不是完整的 JSON")


def _is_by_line(path: Path, encoding: Encoding) -> bool:
    """JSON Lines: most lines are objects by themselves. One bad line must not hide that."""
    head = decode_lines(next(blocks(path, encoding), b""))[:50]
    lines = [line for line in head if line is None or line.strip()]
    whole = sum(isinstance(_parsed(line), tuple) for line in lines)
    return len(lines) > 1 and whole * 2 >= len(lines)


def _is_feature(value: Any) -> bool:
    return isinstance(value, tuple) and ("type", "Feature") in value


def _cells(value: Any) -> Cells:
    """Column names and texts of one record."""
    if isinstance(value, _Broken):
        raise value
    if not isinstance(value, tuple):
        raise _Broken("不是一条记录(应为 {…})")
    cells: Cells = {}
    try:
        _flatten(_feature(value) if _is_feature(value) else value, "", cells)
    except RecursionError:
        raise _Broken("嵌套太深") from None
    if _SURROGATE.search("".join([*cells, *filter(None, cells.values())])):
        raise _Broken("含有不成对的代理字符,不是有效文字")
    return cells


def _feature(value: Any) -> tuple[tuple[str, Any], ...]:
    """Properties as columns, the geometry as text, and the id unless a property has that name."""
    parts = dict(value)
    properties = parts.get("properties") or ()
    geometry = parts.get("geometry")
    if not isinstance(properties, tuple):
        raise _Broken("properties 不是对象(应为 {…})")
    named = {name for name, _ in properties}
    own = [("id", parts["id"])] if "id" in parts and "id" not in named else []
    return (*own, *properties, ("geometry", json_stream.encode(geometry) if geometry else None))


def _flatten(pairs: Any, prefix: str, cells: Cells) -> None:
    for key, value in pairs:
        name = f"{prefix}{key}"
        if isinstance(value, tuple):
            _flatten(value, f"{name}/", cells)
            continue
        repeat = 1
        while name in cells:
            repeat += 1
            name = f"{prefix}{key}#{repeat}"
        cells[name] = _text(value)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value or None
    if value is None or value == []:
        return None
    return json_stream.encode(value)
