"""Where a row lies: names and codes of areas, polygons, coordinates in any frame."""

import json

import numpy as np
import pytest
from stored import stored

from etl.crs import to_wgs84

AREAS = 'source = "areas"\n[fields]\ncode = "ID"\nname = "NAME"\n[read]\narea_level = "community"\n'
ORDERS = (
    'source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = "WHEN"\ncommunity = "PLACE"\n'
)
POINT = 'longitude = { from = "PT", part = 1 }\nlatitude = { from = "PT", part = 2 }\n'


def square(code, name, west, south):
    ring = [
        [west, south],
        [west + 1, south],
        [west + 1, south + 1],
        [west, south + 1],
        [west, south],
    ]
    return {
        "type": "Feature",
        "properties": {"ID": code, "NAME": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def two_wards(office):
    features = [square("W1", "吉麟社区", 106, 26), square("W2", "清溪社区", 107, 26)]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    office.load(office.write("wards.geojson", text), mapping=AREAS)
    return office


def orders(office, rows, mapping=ORDERS, header=("ID", "WHEN", "PLACE", "PT")):
    table = [[str(i), "2024-09-03", *row] for i, row in enumerate(rows)]
    report = office.load(office.table("a.csv", header, table), mapping=mapping)
    return report.files[0]


def test_before_a_ledger_words_serve_as_they_come(office):
    report = orders(office, [("吉麟社区", ""), ("Nowhere", "")])

    assert report.flags == {}
    assert office.shares("hotline_volume", "2024-09", "community") == {
        "吉麟社区": (1, None),
        "Nowhere": (1, None),
    }


def test_with_a_ledger_words_are_found_by_code_by_name_and_without_their_suffix(two_wards):
    report = orders(
        two_wards, [("W1", ""), ("吉麟社区", ""), ("吉 麟", ""), ("吉麟居委会", ""), ("清溪村", "")]
    )

    places = [
        p for (p,) in stored(two_wards, "SELECT community FROM raw_hotline ORDER BY order_no")
    ]
    assert places == ["W1"] * 4 + ["W2"]
    assert report.flags == {}


def test_a_word_the_ledger_does_not_know_is_kept_flagged_and_listed(two_wards):
    report = orders(
        two_wards, [("上水社区", ""), ("JL", "")], ORDERS + '[values.community]\nJL = "吉麟社区"\n'
    )

    assert report.flags == {"unknown_area": 1}
    assert report.unmapped == [("area", "上水社区", 1)]
    assert two_wards.measure("hotline_volume", "2024-09").total.numerator == 2


def test_counts_of_an_unknown_area_are_refused(two_wards):
    report = two_wards.load(
        two_wards.table(
            "重点.csv",
            ["月份", "社区", "人员类别", "应掌握数"],
            [["2024-09", "吉麟社区", "流动人口", "5"], ["202409", "上水社区", "流动人口", "5"]],
        )
    ).files[0]

    assert report.reject_reasons == {"区域不在台账中": 1}
    assert report.accounting.loaded == 1


def test_a_point_outside_the_area_its_row_names_is_flagged(two_wards):
    report = orders(
        two_wards,
        [("吉麟社区", "POINT (106.5 26.5)"), ("清溪社区", "POINT (106.5 26.5)"), ("吉麟社区", "POINT (90 10)"),
         ("吉麟社区", ""), ("吉麟社区", "0,0")],
        ORDERS + POINT,
    )  # fmt: skip

    assert report.flags == {"point_outside_area": 2}


def test_without_a_column_of_areas_the_point_tells(two_wards):
    orders(
        two_wards,
        [("POINT (107.5 26.5)",), ("POINT (120 30)",)],
        'source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = "WHEN"\n' + POINT,
        ("ID", "WHEN", "PT"),
    )

    assert stored(two_wards, "SELECT community FROM raw_hotline ORDER BY order_no") == [
        ("W2",),
        (None,),
    ]


@pytest.mark.parametrize(
    ("cell", "x", "y", "flag"),
    [
        ("(26.5, 106.5)", 106.5, 26.5, None),
        ("106.5,26.5", 106.5, 26.5, None),
        ("106.5 26.5", 106.5, 26.5, None),
        ('{"type": "Point", "coordinates": [106.5, 26.5]}', 106.5, 26.5, None),
        ("(40.7, -73.9)", -73.9, 40.7, None),
        ("POINT (-122.3 47.6)", -122.3, 47.6, None),
        ("1008832,185124", None, None, "bad_point"),
        ("106.5", None, None, "bad_point"),
        ("无", None, None, None),
        ("", None, None, None),
        ("0,0", None, None, None),
    ],
)
def test_one_column_of_coordinates_fills_both_in_whichever_order(office, cell, x, y, flag):
    fields = 'longitude = "PT"\nlatitude = "PT"\n'

    report = orders(office, [("甲", cell)], ORDERS + fields)

    assert stored(office, "SELECT longitude, latitude FROM raw_hotline") == [(x, y)]
    assert report.flags == ({flag: 1} if flag else {})


def test_swapped_columns_are_turned_round_and_flagged(office):
    report = orders(
        office,
        [("甲", "26.5", "106.5")],
        ORDERS + 'longitude = "X"\nlatitude = "Y"\n',
        ("ID", "WHEN", "PLACE", "X", "Y"),
    )

    assert stored(office, "SELECT longitude, latitude FROM raw_hotline") == [(106.5, 26.5)]
    assert report.flags == {"swapped_point": 1}


# WGS-84, GCJ-02 and BD-09 of one point in Beijing, as the published conversions have them.
PAIRS = [
    ("GCJ-02", (116.41024449916938, 39.91640428150164), (116.404, 39.915), 1e-7),
    ("BD-09", (116.41036949371029, 39.92133699351021), (116.39775550083061, 39.91359571849836), 2e-5),
    ("CGCS2000", (116.404, 39.915), (116.404, 39.915), 1e-12),
    ("WGS-84", (116.404, 39.915), (116.404, 39.915), 1e-12),
    ("GCJ-02", (-73.9, 40.7), (-73.9, 40.7), 1e-12),  # abroad nothing is shifted
]  # fmt: skip


@pytest.mark.parametrize(("frame", "given", "wanted", "near"), PAIRS)
def test_known_points_come_out_where_they_are(frame, given, wanted, near):
    x, y = to_wgs84(np.array([given[0]]), np.array([given[1]]), frame)

    assert (x[0], y[0]) == (pytest.approx(wanted[0], abs=near), pytest.approx(wanted[1], abs=near))


def test_the_frame_of_a_file_is_declared_and_its_points_stored_as_wgs84(office):
    orders(
        office,
        [("甲", "116.41024449916938,39.91640428150164")],
        ORDERS + 'longitude = "PT"\nlatitude = "PT"\n[read]\ncrs = "高德"\n',
    )

    ((x, y),) = stored(office, "SELECT longitude, latitude FROM raw_hotline")
    assert (x, y) == (pytest.approx(116.404, abs=1e-6), pytest.approx(39.915, abs=1e-6))


def test_polygons_may_come_as_wkt_and_in_another_frame(office):
    wkt = "MULTIPOLYGON (((116.41 39.91, 116.42 39.91, 116.42 39.92, 116.41 39.91)))"
    office.load(
        office.table("a.csv", ["ID", "NAME", "the_geom"], [["A", "甲", wkt], ["B", "乙", "POLYGON broken"]]),
        mapping=AREAS + 'crs = "GCJ-02"\n',
    )  # fmt: skip

    ((code, geometry),) = stored(office, "SELECT code, geometry FROM raw_areas")
    corner = json.loads(geometry)["coordinates"][0][0][0]
    assert code == "A"
    assert corner == [pytest.approx(116.4037, abs=1e-3), pytest.approx(39.9086, abs=1e-3)]


def test_population_by_name_keeps_the_name_the_ledger_has(two_wards):
    report = two_wards.load(
        two_wards.table("人口.csv", ["社区", "常住人口"], [["吉麟", "1,200"], ["上水社区", "900"]]),
        mapping='source = "areas"\n[read]\narea_level = "community"\n',
    ).files[0]

    assert (report.accounting.updated, report.accounting.loaded) == (1, 1)
    rows = stored(
        two_wards, "SELECT code, name FROM raw_areas WHERE residents IS NOT NULL ORDER BY residents"
    )
    assert rows == [("上水社区", "上水社区"), ("W1", None)]


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [{"点": None}, "-97.99"]},
        {"type": "Polygon", "coordinates": [[["甲", 1], [2, 3], [4, 5]]]},
        {"type": "Polygon", "coordinates": [[[106], [107], [106]]]},
        {"type": "MultiPolygon", "coordinates": [[[106, 26], [107, 26], [107, 27]]]},
        {"type": "Polygon", "coordinates": [[[float("nan"), 26], [107, 26], [107, 27]]]},
        {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": 7}]},
        {"type": "Polygon"},
    ],
)
def test_a_boundary_of_anything_but_numbers_is_refused_and_hinders_no_later_point(office, geometry):
    wrong = {"type": "Feature", "properties": {"ID": "W9", "NAME": "坏"}, "geometry": geometry}
    features = [square("W1", "吉麟社区", 106, 26), wrong]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)

    areas = office.load(office.write("wards.geojson", text), mapping=AREAS).files[0]
    report = orders(office, [("吉麟社区", "106.5 26.5")], ORDERS + POINT)

    assert areas.reject_reasons == {"边界不是可识别的 GeoJSON 或 WKT": 1}
    assert report.accounting.loaded == 1
