"""Real polygons without a network: pydeck with no base map, Chinese labels, hatching for no value."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ui import geometry, palette
from ui.charts.base import Mark, accent

if TYPE_CHECKING:
    import pydeck

AREAS = "areas"  # the id of the layer that can be clicked
LABEL = 13  # pixels
CANVAS = (760, 560)  # the smallest canvas the map is fitted to


@dataclass(frozen=True)
class Shape:
    """A mark with its polygon. No fill means no value: hatched."""

    mark: Mark
    geometry: str  # GeoJSON, WGS-84
    fill: str | None


@dataclass(frozen=True)
class Spot:
    """Hotline points of one small square, as a weight: never a single place."""

    longitude: float
    latitude: float
    weight: float


def polygon_map(
    shapes: Sequence[Shape], *, chosen: str | None = None, spots: Sequence[Spot] = ()
) -> "pydeck.Deck":
    # Imported here: half a second that only this map needs.
    import pydeck

    parsed = [_parsed(shape.geometry) for shape in shapes]
    box = geometry.bounds(parsed) or (106.6, 26.4, 106.7, 26.5)
    centre = geometry.fit(box, *CANVAS)
    layers = [_areas(shapes, parsed, chosen), _hatching(shapes, parsed, box), *_density(spots)]
    layers.append(_labels(shapes, parsed, centre))
    return pydeck.Deck(
        layers=layers,
        initial_view_state=pydeck.ViewState(
            longitude=centre[0], latitude=centre[1], zoom=centre[2], min_zoom=centre[2] - 1
        ),
        # Only this keeps the map off the network: a map_style, even None, asks carto.com.
        map_provider=None,
        tooltip={
            "text": "{label}\n{text}\n{note}",
            "style": {"backgroundColor": palette.PAPER, "color": palette.INK}
            | {"border": f"1px solid {palette.LIMIT}", "fontFamily": palette.FONT}
            | {"fontSize": "13px"},
        },
    )


@cache
def _parsed(text: str) -> dict[str, Any]:
    return json.loads(text)


def _rgb(colour: str, alpha: int = 255) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)] + [alpha]


def _areas(
    shapes: Sequence[Shape], parsed: Sequence[dict[str, Any]], chosen: str | None
) -> "pydeck.Layer":
    import pydeck
    from pydeck.types import String

    features = [
        {
            "type": "Feature",
            "geometry": parts,
            "properties": {
                "key": shape.mark.key,
                "label": shape.mark.label,
                "text": shape.mark.text,
                "note": shape.mark.note,
                "fill": _rgb(shape.fill or palette.PAPER),
                "edge": _rgb(_edge(shape.mark, chosen)),
                "width": 3 if shape.mark.key == chosen or shape.mark.special else 1,
            },
        }
        for shape, parts in zip(shapes, parsed, strict=True)
    ]
    return pydeck.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id=AREAS,
        pickable=True,
        get_fill_color="properties.fill",
        get_line_color="properties.edge",
        get_line_width="properties.width",
        line_width_units=String("pixels"),
        line_width_min_pixels=1,
    )


def _edge(mark: Mark, chosen: str | None) -> str:
    if mark.key == chosen:
        return palette.INK
    return accent(mark) if mark.special else palette.LIMIT


def _hatching(
    shapes: Sequence[Shape], parsed: Sequence[dict[str, Any]], box: geometry.Bounds
) -> "pydeck.Layer":
    import pydeck

    spacing = max(box[2] - box[0], box[3] - box[1]) / 110
    strokes = [
        {"from": list(start), "to": list(end)}
        for shape, parts in zip(shapes, parsed, strict=True)
        if shape.fill is None
        for start, end in geometry.hatch(parts, spacing)
    ]
    return pydeck.Layer(
        "LineLayer",
        strokes,
        id="hatching",
        get_source_position="from",
        get_target_position="to",
        get_color=_rgb(palette.LIMIT),
        get_width=1,
    )


def _density(spots: Sequence[Spot]) -> list["pydeck.Layer"]:
    import pydeck

    if not spots:
        return []
    weights = [{"at": [spot.longitude, spot.latitude], "weight": spot.weight} for spot in spots]
    return [
        pydeck.Layer(
            "HeatmapLayer",
            weights,
            id="density",
            get_position="at",
            get_weight="weight",
            radius_pixels=28,
            opacity=0.55,
            color_range=[_rgb(colour) for colour in palette.HEAT],
        )
    ]


def _labels(
    shapes: Sequence[Shape],
    parsed: Sequence[dict[str, Any]],
    centre: tuple[float, float, float],
) -> "pydeck.Layer":
    import pydeck
    from pydeck.types import String

    kept = _apart(shapes, parsed, centre)
    names = [
        {
            "at": list(point),
            "name": text,
            # White on dark fills, dark on light ones.
            "ink": _rgb(palette.on(shape.fill or palette.PAPER)),
        }
        for shape, point, text in kept
    ]
    return pydeck.Layer(
        "TextLayer",
        names,
        id="names",
        get_position="at",
        get_text="name",
        get_size=LABEL,
        get_color="ink",
        # A list would be read as expressions and crash the layer; without a set Chinese is blank.
        character_set=String("".join(sorted(set("".join(text for _, _, text in kept))))),
        font_family=String(palette.FONT),
        font_weight=500,
    )


def _apart(
    shapes: Sequence[Shape],
    parsed: Sequence[dict[str, Any]],
    centre: tuple[float, float, float],
) -> list[tuple[Shape, geometry.Point, str]]:
    """Names that do not collide, larger areas first; the others are in the tooltip and the table."""
    ordered = sorted(
        zip(shapes, parsed, strict=True),
        key=lambda pair: (
            -abs(geometry.area(rings[0])) if (rings := geometry.largest(pair[1])) else 0
        ),
    )
    taken: list[tuple[float, float, float, float]] = []
    kept: list[tuple[Shape, geometry.Point, str]] = []
    for shape, parts in ordered:
        point = geometry.label_point(parts)
        if point is None:
            continue
        name = shape.mark.label if len(shape.mark.label) <= 16 else shape.mark.label[:15] + "…"
        x, y = geometry.pixels(point, centre)
        half = LABEL * sum(0.5 if ord(ch) > 255 else 0.33 for ch in name)
        place = (x - half, y - LABEL * 0.7, x + half, y + LABEL * 0.7)
        if any(_overlap(place, other) for other in taken):
            continue
        taken.append(place)
        kept.append((shape, point, name))
    return kept


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
