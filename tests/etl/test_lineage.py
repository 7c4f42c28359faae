"""The lineage of grids from a file and from the app: into the snapshot, and still there after a reload."""

import json
from datetime import date, datetime

import pytest

from etl.load import refresh
from metrics import Period, division, measure
from metrics.division import Line, Wrong
from metrics.lineage import lineage
from metrics.redrawn import by_todays_grids

SPLIT_DAY = date(2024, 4, 1)
LEDGER = [
    ("C1", "吉麟社区", "社区", "", ""),
    ("G1", "第1网格", "网格", "C1", ""),
    ("G2", "第2网格", "网格", "C1", ""),
    ("G9", "第9网格", "网格", "C1", "2024-04-01"),
]
HEADER = ("区域编码", "区域名称", "层级", "上级区域", "启用日期")


def ledger(office, name="areas.csv"):
    return office.table(name, HEADER, LEDGER)


def told(office, rows, name="沿革.csv"):
    return office.table(name, ("原网格", "现网格", "份额", "调整日期"), rows)


def orders(office, rows):
    header = ("工单编号", "受理时间", "所属网格", "经度", "纬度")
    return office.table("热线工单.csv", header, [(f"A{i}", *row) for i, row in enumerate(rows)])


def pieces(office):
    found = lineage(office.snapshot).pieces
    return [(p.old, p.new, p.day, pytest.approx(p.share), p.edited) for p in found]


@pytest.fixture
def at_home(office, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    return office


def test_names_and_percentages_become_codes_and_shares_whatever_comes_first(office):
    office.load(
        told(
            office,
            [("第1网格", "第1网格", "60%", "2024-04-01"), ("G1", "第9网格", "", "2024-04-01")],
        )
    )
    office.load(ledger(office))

    assert pieces(office) == [
        ("G1", "G1", SPLIT_DAY, 0.6, False),
        ("G1", "G9", SPLIT_DAY, 0.5, False),
    ]


def test_a_share_that_cannot_be_is_refused_with_its_reason(office):
    report = office.load(
        ledger(office),
        told(office, [("G1", "G9", "-0.4", "2024-04-01"), ("G1", "G2", "140", "2024-04-01")]),
    )

    [file] = [f for f in report.files if f.source == "lineage"]
    assert file.accounting.rejected == 2
    assert list(file.reject_reasons) == ["份额应大于0、不超过1(或100%)"]


def test_what_an_analyst_corrects_counts_from_the_next_snapshot_and_outlives_loads(at_home):
    at_home.load(
        ledger(at_home),
        told(at_home, [("G1", "G1", "0.6", "2024-04-01"), ("G1", "G9", "0.4", "2024-04-01")]),
    )
    wanted = [Line("G1", "G1", SPLIT_DAY, 0.7), Line("G1", "G2", SPLIT_DAY, 0.3)]

    assert division.keep(at_home.snapshot, wanted, datetime(2024, 10, 24, 9)) == 3
    assert division.lines(at_home.snapshot) == tuple(wanted)
    assert division.pending(at_home.snapshot) == 3
    assert [p[3] for p in pieces(at_home)] == [0.6, 0.4]  # a snapshot never changes

    assert refresh(place=at_home.place) and refresh(place=at_home.place) is None
    corrected = [("G1", "G1", SPLIT_DAY, 0.7, True), ("G1", "G2", SPLIT_DAY, 0.3, True)]
    assert pieces(at_home) == corrected and division.pending(at_home.snapshot) == 0

    at_home.load(
        told(
            at_home,
            [("G1", "G1", "0.6", "2024-04-01"), ("G1", "G9", "0.4", "2024-04-01")],
            "again 沿革.csv",
        )
    )
    at_home.load(orders(at_home, [("2024-05-01", "G1", "", "")]))
    assert pieces(at_home) == corrected


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ([Line("G1", "GX", SPLIT_DAY, 1)], "没有网格“GX”"),
        ([Line("G1", "G1", SPLIT_DAY, 0.6)], "第1网格在2024年4月1日的份额合计应为100%,现在是60.0%"),
        ([Line("G1", "G1", SPLIT_DAY, 0.5)] * 2, "都一样"),
        ([Line("G1", "G1", SPLIT_DAY, 1.2)], "不超过100%"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_add_up_is_not_kept(at_home, wanted, words):
    at_home.load(ledger(at_home))

    with pytest.raises(Wrong, match=words):
        division.keep(at_home.snapshot, wanted, datetime(2024, 10, 24, 9))
    assert division.lines(at_home.snapshot) == ()


def test_a_point_in_todays_polygon_decides_for_earlier_records(office):
    def square(code, west):
        ring = [[west, 26], [west + 1, 26], [west + 1, 27], [west, 27], [west, 26]]
        return {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    shapes = {"type": "FeatureCollection", "features": [square("G1", 106), square("G9", 107)]}
    office.load(
        ledger(office), office.write("boundary.geojson", json.dumps(shapes)),
        told(office, [("G1", "G1", "0.6", "2024-04-01"), ("G1", "G9", "0.4", "2024-04-01")]),
    )  # fmt: skip
    before = [("2024-03-05", "G1", "107.5", "26.5")] * 3 + [("2024-03-06", "G1", "", "")] * 5
    office.load(orders(office, [*before, ("2024-05-01", "G1", "107.5", "26.5")]))

    snapshot = office.snapshot
    march = Period.parse("2024-03", snapshot.as_of)
    made = by_todays_grids("hotline_volume", march, snapshot=snapshot)
    assert {row.group[0]: row.value for row in made.rows if row.value} == {"G1": 3, "G9": 5}
    told_then = measure("hotline_volume", march, by=("grid",), snapshot=snapshot)
    assert {row.group[0]: row.value for row in told_then.rows if row.value} == {"G1": 8}
    may = Period.parse("2024-05", snapshot.as_of)
    assert {
        r.group[0]: r.value
        for r in by_todays_grids("hotline_volume", may, snapshot=snapshot).rows
        if r.value
    } == {"G1": 1}
