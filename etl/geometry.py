"""Polygons of a ledger as GeoJSON in WGS-84, whether they come as GeoJSON or as WKT."""

import json
import re
from math import isfinite
from typing import Any

import numpy as np
import pyarrow as pa

from etl.coders import Cells, Coder, Judgement
from etl.crs import to_wgs84

# How deep the positions of a kind lie in its coordinates.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
WKT = re.compile(
    r"^(?:SRID=\d+;)?\s*(MULTI)?POLYGON\s*Z?\s*(\(.*\))\s*$", re.IGNORECASE | re.DOTALL
)


def geometry_coder(column_name: str, column: int, frame: str) -> Coder:
    def judge(rows: list[Cells]) -> list[Judgement]:
        return [_verdict(cell, frame) for (cell,) in rows]

    outputs = {column_name: pa.string(), "geometry_bad": pa.bool_()}
    return Coder((column,), outputs, judge)


def _verdict(cell: str | None, frame: str) -> Judgement:
    if not cell or not cell.strip():
        return None, False
    try:
        geometry = _parsed(cell.strip())
        if geometry.get("type") == "Feature":
            geometry = geometry["geometry"]
        if not _sound(geometry):
            return None, True
        if frame in ("GCJ-02", "BD-09"):
            geometry["coordinates"] = _moved(geometry["coordinates"], frame)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None, True
    return json.dumps(geometry, ensure_ascii=False, separators=(",", ":")), False


def _sound(geometry: dict[str, Any]) -> bool:
    if geometry["type"] == "GeometryCollection":
        return all(_sound(part) for part in geometry["geometries"])
    return _positions(geometry["coordinates"], DEPTHS[geometry["type"]])


def _positions(value: Any, depth: int) -> bool:
    """Lists in lists down to pairs of numbers: a map and every later point rely on it."""
    if not isinstance(value, list):
        return False
    if depth:
        return all(_positions(part, depth - 1) for part in value)
    return len(value) >= 2 and all(type(n) in (int, float) and isfinite(n) for n in value[:2])


def _parsed(text: str) -> dict[str, Any]:
    found = WKT.match(text)
    if not found:
        return json.loads(text)
    as_lists = re.sub(r"([-\d.eE]+)\s+([-\d.eE]+)(?:\s+[-\d.eE]+)?", r"[\1,\2]", found[2])
    coordinates = json.loads(as_lists.replace("(", "[").replace(")", "]"))
    return {"type": "MultiPolygon" if found[1] else "Polygon", "coordinates": coordinates}


def _moved(coordinates: Any, frame: str) -> Any:
    if isinstance(coordinates[0], int | float):
        x, y = to_wgs84(np.array([coordinates[0]]), np.array([coordinates[1]]), frame)
        return [round(float(x[0]), 7), round(float(y[0]), 7)]
    return [_moved(part, frame) for part in coordinates]
