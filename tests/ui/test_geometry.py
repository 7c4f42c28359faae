import pytest

from ui import geometry

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
HORSESHOE = {
    "type": "Polygon",
    "coordinates": [[[0, 0], [9, 0], [9, 1], [1, 1], [1, 8], [9, 8], [9, 9], [0, 9], [0, 0]]],
}
FRAME = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]],
        [[1, 1], [8, 1], [8, 8], [1, 8], [1, 1]],
    ],
}


def inside(geometry_, point):
    rings = geometry.largest(geometry_)
    return any(west <= point[0] <= east for west, east in geometry._inside(rings, point[1]))


@pytest.mark.parametrize("shape", [SQUARE, HORSESHOE, FRAME])
def test_a_label_stands_inside_its_area_even_where_the_centroid_does_not(shape):
    assert inside(shape, geometry.label_point(shape))


def test_hatching_stays_inside_and_leaves_holes_empty():
    strokes = geometry.hatch(FRAME, 0.3)

    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in strokes]
    assert len(strokes) > 20
    assert all(inside(FRAME, middle) for middle in middles)


def test_fit_shows_the_whole_box():
    box = geometry.bounds([{"type": "Polygon", "coordinates": [[[106.6, 26.4], [106.7, 26.45]]]}])

    assert box
    centre = geometry.fit(box, 760, 560)

    for corner in ((106.6, 26.4), (106.7, 26.45)):
        x, y = geometry.pixels(corner, centre)
        assert abs(x) <= 380
        assert abs(y) <= 280


def test_a_point_has_no_area_and_no_label():
    assert geometry.label_point({"type": "Point", "coordinates": [1, 2]}) is None
    assert geometry.bounds([{"type": "Point", "coordinates": [1, 2]}]) is None
