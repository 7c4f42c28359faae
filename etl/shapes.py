"""Which known polygon a point lies in, for a million points at a time.

Every edge is filed under the horizontal strips it crosses, so a point meets only the edges at its
own height: the even-odd rule then costs a few dozen comparisons a point, not every corner of the map.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

STRIPS = 4096


class Shapes:
    """Polygons of one level of areas, in WGS-84."""

    def __init__(self, polygons: Iterable[tuple[str, str]]):
        self.codes: list[str] = []
        edges: list[np.ndarray] = []
        for code, geometry in polygons:
            rings = list(_rings(json.loads(geometry)))
            if rings:
                for ring in rings:
                    owner = np.full(len(ring) - 1, len(self.codes), dtype=float)
                    edges.append(np.column_stack([ring[:-1], ring[1:], owner]))
                self.codes.append(code)
        self._file(np.concatenate(edges) if edges else np.empty((0, 5)))

    def __len__(self) -> int:
        return len(self.codes)

    def _file(self, edges: np.ndarray) -> None:
        edges = edges[edges[:, 1] != edges[:, 3]]
        low = np.minimum(edges[:, 1], edges[:, 3])
        high = np.maximum(edges[:, 1], edges[:, 3])
        self.bottom = low.min(initial=np.inf)
        self.height = (high.max(initial=-np.inf) - self.bottom) / STRIPS or 1.0
        first, last = self._strip(low), self._strip(high)
        counts = last - first + 1
        index = np.repeat(np.arange(len(edges)), counts)
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        strips = np.repeat(first, counts) + steps
        order = np.argsort(strips, kind="stable")
        self.edges = edges[index[order]]
        self.starts = np.searchsorted(strips[order], np.arange(STRIPS + 1))

    def _strip(self, latitude: np.ndarray) -> np.ndarray:
        place = np.floor((latitude - self.bottom) / self.height)
        return np.clip(place, 0, STRIPS - 1).astype(np.int64)

    def locate(self, longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        """The number of the polygon in `codes` that holds each point, or -1."""
        found = np.full(len(longitude), -1, dtype=np.int32)
        with np.errstate(invalid="ignore"):
            top = self.bottom + self.height * STRIPS
            usable = np.flatnonzero((latitude >= self.bottom) & (latitude <= top))
        if not len(self) or not len(usable):
            return found
        order = usable[np.argsort(self._strip(latitude[usable]), kind="stable")]
        strips = self._strip(latitude[order])
        bounds = np.flatnonzero(np.diff(strips, prepend=-1, append=STRIPS))
        for start, stop in pairwise(bounds):
            strip = strips[start]
            edges = self.edges[self.starts[strip] : self.starts[strip + 1]]
            points = order[start:stop]
            found[points] = self._inside(edges, longitude[points], latitude[points])
        return found

    def _inside(self, edges: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Even-odd rule: the owner of an odd number of edges to the right of the point."""
        x1, y1, x2, y2, owner = edges.T
        spans = (y1 > y[:, None]) != (y2 > y[:, None])
        crossing = x1 + (y[:, None] - y1) * (x2 - x1) / (y2 - y1)
        rows, hits = np.nonzero(spans & (crossing > x[:, None]))
        pairs, odd = np.unique(
            rows * len(self.codes) + owner[hits].astype(np.int64), return_counts=True
        )
        inside = pairs[odd % 2 == 1]
        found = np.full(len(x), -1, dtype=np.int32)
        # Where polygons overlap the first area by code order is taken: the last one written wins.
        found[inside[::-1] // len(self.codes)] = inside[::-1] % len(self.codes)
        return found


def _rings(geometry: dict[str, Any]) -> Iterator[np.ndarray]:
    parts = {"Polygon": [geometry.get("coordinates")], "MultiPolygon": geometry.get("coordinates")}
    for polygon in parts.get(geometry.get("type", ""), []) or []:
        for ring in polygon or []:
            corners = np.array([corner[:2] for corner in ring], dtype=float)
            if len(corners) >= 3:
                closed = np.array_equal(corners[0], corners[-1])
                yield corners if closed else np.vstack([corners, corners[:1]])
    if geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries", []):
            yield from _rings(part)
