"""Coordinates of a batch of rows: read from one or two columns, brought to WGS-84, placed in an area."""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.crs import to_wgs84
from etl.shapes import Shapes

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
WIDE = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
OUTPUTS = {
    "longitude": pa.float64(),
    "latitude": pa.float64(),
    "point_bad": pa.bool_(),
    "point_swapped": pa.bool_(),
    "point_community": pa.string(),
    "point_grid": pa.string(),
}


@dataclass
class Points:
    """Which columns hold the coordinates, in which frame, and the polygons to place them in."""

    longitude: int
    latitude: int
    frame: str
    longitude_part: int | None = None
    latitude_part: int | None = None
    shapes: Shapes | None = None
    communities: tuple[str | None, ...] = ()  # of each polygon, where they are those of grids

    def code(self, batch: pa.RecordBatch) -> list[pa.Array]:
        x, y = self._read(batch)
        given = ~(np.isnan(x) & np.isnan(y)) & ~((x == 0) & (y == 0))
        swapped = (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
        x, y = np.where(swapped, y, x), np.where(swapped, x, y)
        with np.errstate(invalid="ignore"):
            good = given & (np.abs(x) <= 180) & (np.abs(y) <= 90)
        x, y = to_wgs84(np.where(good, x, np.nan), np.where(good, y, np.nan), self.frame)
        return [
            pa.array(x, mask=~good),
            pa.array(y, mask=~good),
            pa.array(given & ~good),
            pa.array(swapped & good),
            *self._areas(x, y),
        ]

    def _areas(self, x: np.ndarray, y: np.ndarray) -> tuple[pa.Array, pa.Array]:
        """The community and the grid around each point."""
        nothing = pa.nulls(len(x), pa.string())
        if self.shapes is None or not len(self.shapes):
            return nothing, nothing
        numbers = self.shapes.locate(x, y)
        found = pa.array(numbers, mask=numbers < 0)
        areas = pa.array(self.shapes.codes, pa.string()).take(found)
        if not self.communities:
            return areas, nothing
        return pa.array(self.communities, pa.string()).take(found), areas

    def _read(self, batch: pa.RecordBatch) -> tuple[np.ndarray, np.ndarray]:
        if self.longitude == self.latitude and not self.longitude_part:
            cells = batch.column(f"c{self.longitude}").to_pylist()
            pairs = np.array([_pair(cell) for cell in cells], dtype=float).reshape(-1, 2)
            return pairs[:, 0], pairs[:, 1]
        return (
            _numbers(batch.column(f"c{self.longitude}"), self.longitude_part),
            _numbers(batch.column(f"c{self.latitude}"), self.latitude_part),
        )


def _numbers(column: pa.Array, part: int | None) -> np.ndarray:
    try:
        if part is None:
            return pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        pass  # some cell is not a plain number: look at each
    return np.array([_number(cell, part or 1) for cell in column.to_pylist()], dtype=float)


def _number(cell: str | None, part: int) -> float:
    found = NUMBER.findall(cell.translate(WIDE)) if cell else []
    if part > len(found):
        return np.inf if cell and cell.strip(" \t'-/") and not _says_nothing(cell) else np.nan
    return float(found[part - 1])


def _says_nothing(cell: str) -> bool:
    return cell.strip().lower() in ("无", "null", "none", "nan", "n/a", "na", "不详", "未知")


def _pair(cell: str | None) -> tuple[float, float]:
    """Longitude and latitude out of one cell, in whichever order it has them.

    GeoJSON and WKT say longitude first, “(34.07, -118.26)” latitude first; a number beyond 90
    can only be a longitude, and Chinese exports (经纬度) mean what they say.
    """
    found = [float(n) for n in NUMBER.findall(cell.translate(WIDE))] if cell else []
    if len(found) < 2:
        return (np.inf, np.inf) if found else (np.nan, np.nan)
    first, second = found[:2]
    if abs(first) <= 90 < abs(second):
        return second, first
    if abs(first) > 90:
        return first, second
    bracketed = (cell or "").strip().startswith("(")
    return (second, first) if bracketed else (first, second)
