"""Plane geometry for drawing areas: bounds, a place for the label, hatching inside a polygon."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

Point = tuple[float, float]
Ring = Sequence[Point]
Bounds = tuple[float, float, float, float]  # west, south, east, north


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    """The rings of each part; what is not an area has none."""
    if geometry.get("type") == "Polygon":
        return [geometry["coordinates"]]
    if geometry.get("type") == "MultiPolygon":
        return list(geometry["coordinates"])
    return []


def bounds(geometries: Iterable[dict[str, Any]]) -> Bounds | None:
    points = [point for geometry in geometries for part in polygons(geometry) for point in part[0]]
    if not points:
        return None
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def area(ring: Ring) -> float:
    """Signed, in square degrees: enough to tell large from small."""
    return 0.5 * sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def largest(geometry: dict[str, Any]) -> list[Ring]:
    parts = polygons(geometry)
    return max(parts, key=lambda part: abs(area(part[0])), default=[])


def label_point(geometry: dict[str, Any]) -> Point | None:
    """Inside the largest part: the middle of the widest stretch on a few horizontal lines.

    A centroid can fall outside a bent polygon, and then the name labels the neighbour."""
    rings = largest(geometry)
    if not rings:
        return None
    south, north = min(p[1] for p in rings[0]), max(p[1] for p in rings[0])
    best: tuple[float, Point] | None = None
    for share in (0.5, 0.4, 0.6, 0.3, 0.7):
        level = south + (north - south) * share
        for west, east in _inside(rings, level):
            # The middle of the area reads best, so a line further out must be clearly wider.
            worth = (east - west) * (1 - abs(share - 0.5))
            if best is None or worth > best[0]:
                best = worth, ((west + east) / 2, level)
    return best[1] if best else None


def _inside(rings: Sequence[Ring], level: float) -> list[tuple[float, float]]:
    """The stretches of a horizontal line that lie inside (even-odd, so holes stay empty)."""
    cuts = sorted(
        a[0] + (level - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (a[1] > level) != (b[1] > level)
    )
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def hatch(geometry: dict[str, Any], spacing: float) -> list[tuple[Point, Point]]:
    """Diagonal strokes inside the polygon: turn it by 45°, cut it into lines, turn these back."""
    strokes: list[tuple[Point, Point]] = []
    for part in polygons(geometry):
        turned = [[_turn(point, 1) for point in ring] for ring in part]
        low, high = min(p[1] for p in turned[0]), max(p[1] for p in turned[0])
        first = math.ceil(low / spacing)
        for at in range(first, math.floor(high / spacing) + 1):
            level = at * spacing
            strokes += [
                (_turn((west, level), -1), _turn((east, level), -1))
                for west, east in _inside(turned, level)
            ]
    return strokes


def _turn(point: Point, way: int) -> Point:
    root = math.sqrt(0.5)
    return (root * (point[0] + way * point[1]), root * (point[1] - way * point[0]))


def fit(box: Bounds, width: int, height: int) -> tuple[float, float, float]:
    """Longitude, latitude and web-mercator zoom at which the box fills the canvas with a margin."""
    west, south, east, north = box
    across = max(east - west, 1e-6) / 360
    down = max(_mercator(north) - _mercator(south), 1e-9)
    zoom = min(math.log2(width / 512 / across), math.log2(height / 512 / down)) - 0.08
    middle = (_mercator(north) + _mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp((middle - 0.5) * 2 * math.pi)) - math.pi / 2)
    return (west + east) / 2, latitude, zoom


def _mercator(latitude: float) -> float:
    bent = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return 0.5 + bent / (2 * math.pi)


def pixels(point: Point, centre: tuple[float, float, float]) -> Point:
    """Where a point lies on the canvas, from its centre."""
    longitude, latitude, zoom = centre
    world = 512 * 2**zoom
    return (
        (point[0] - longitude) / 360 * world,
        -(_mercator(point[1]) - _mercator(latitude)) * world,
    )
