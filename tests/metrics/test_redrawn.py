"""A grid that was redrawn: what came before is refused or counted to today's grids, and nothing is lost."""

from datetime import date
from random import Random

import pytest
from redrawing import SPLIT, asked, orders, redrawn

from metrics import Period, Scope, measure
from metrics.lineage import broken, lineage, refusal
from metrics.redrawn import by_todays_grids, changes

NOW, AGO = "2024-09", "2023-09"


def test_a_grid_split_in_two_is_refused_then_counted_to_todays_grids_with_the_same_totals(street):
    rows = orders({"G1": 10, "G2": 4}, "2023-09-10") + orders(
        {"G1": 5, "G9": 6, "G2": 4}, "2024-09-10"
    )
    snapshot = redrawn(street, SPLIT, hotline=rows)
    one, other = asked(snapshot, NOW, AGO)

    told = changes(
        "hotline_volume",
        one,
        other,
        Scope.street(),
        converted=False,
        word="同比",
        snapshot=snapshot,
    )
    found = {row.grid: (row.now, row.before, row.difference, row.refused) for row in told.rows}
    assert found["G1"] == (5, 10, None, "网格在2024年3月15日划分过,同比须折算")
    assert found["G9"][2:] == (None, "网格在2024年3月15日划分过,同比须折算")
    assert found["G2"] == (4, 4, 0, None)
    assert told.refused == 2

    made = changes(
        "hotline_volume", one, other, Scope.street(), converted=True, word="同比", snapshot=snapshot
    )
    found = {row.grid: (row.now, row.before, row.difference, row.refused) for row in made.rows}
    assert found["G1"] == (5, 6, -1, None) and found["G9"] == (6, 4, 2, None)
    assert (told.total_now, told.total_before) == (made.total_now, made.total_before) == (15, 14)


def test_a_period_with_the_redrawing_inside_counts_each_side_by_its_own_day(street):
    rows = orders({"G1": 10}, "2024-03-14") + orders({"G1": 1, "G9": 2}, "2024-03-15")
    snapshot = redrawn(street, SPLIT, hotline=rows)

    made = by_todays_grids("hotline_volume", asked(snapshot, "2024-03")[0], snapshot=snapshot)

    assert {row.group[0]: row.value for row in made.rows if row.value} == {"G1": 7, "G9": 6}


def test_a_point_decides_where_it_can(street):
    """Ten orders of the old grid: three with a point in the new half, one with a point elsewhere."""
    rows = orders({"G1": 6}, "2023-09-10")
    rows += orders({"G1": 3}, "2023-09-11", located="G9") + orders(
        {"G1": 1}, "2023-09-12", located="G5"
    )
    snapshot = redrawn(street, SPLIT, hotline=rows)

    made = by_todays_grids("hotline_volume", asked(snapshot, AGO)[0], snapshot=snapshot)

    found = {row.group[0]: row.value for row in made.rows if row.value}
    assert found == {"G1": pytest.approx(7 * 0.6), "G9": pytest.approx(3 + 7 * 0.4)}


def test_a_merged_grid_and_a_chain_of_redrawings_reach_todays_grids(street):
    chain = [*SPLIT, ("G9", "G2", date(2024, 6, 1), 1.0)]
    snapshot = redrawn(street, chain, hotline=orders({"G1": 10, "G2": 1}, "2023-09-10"))
    found = lineage(snapshot)

    assert found.today("G1", date(2023, 9, 10)) == pytest.approx({"G1": 0.6, "G2": 0.4})
    assert found.today("G9", date(2024, 6, 1)) == {"G9": 1.0}
    assert found.today("G9", date(2024, 5, 31)) == {"G2": 1.0}


def test_shares_that_do_not_add_up_lose_nothing(street):
    wrong = [("G1", "G1", date(2024, 3, 15), 0.3), ("G1", "G9", date(2024, 3, 15), 0.2)]
    snapshot = redrawn(street, wrong, hotline=orders({"G1": 10}, "2023-09-10"))

    made = by_todays_grids("hotline_volume", asked(snapshot, AGO)[0], snapshot=snapshot)

    assert lineage(snapshot).told("G1", date(2024, 3, 15)) == 0.5
    assert {row.group[0]: row.value for row in made.rows if row.value} == {"G1": 6, "G9": 4}


def test_an_area_is_refused_only_where_the_redrawing_crosses_its_border(street):
    moved = [*SPLIT, ("G3", "G4", date(2024, 3, 15), 1.0)]  # from one community to another
    snapshot = redrawn(street, moved, hotline=orders({"G1": 1}, "2023-09-10"))
    one, other = asked(snapshot, NOW, AGO)

    def said(level, code):
        return refusal(snapshot, Scope(level, code), one, other, "环比") is not None

    assert [said("community", c) for c in ("C1", "C2", "C3")] == [False, True, True]
    assert said("grid", "G3") and said("grid", "G1") and not said("grid", "G5")
    assert not said("region", None) and refusal(snapshot, Scope.street(), one, other) is None
    later = asked(snapshot, "2024-09", "2024-08")
    assert broken(snapshot, Scope("grid", "G1"), *later) == ()


def test_a_rate_is_the_ratio_of_converted_sums(street):
    rows = orders({"G1": 4}, "2023-09-10", on_time=True) + orders(
        {"G1": 6}, "2023-09-10", on_time=False
    )
    snapshot = redrawn(street, SPLIT, hotline=rows)

    made = by_todays_grids("hotline_on_time_due", asked(snapshot, AGO)[0], snapshot=snapshot)

    [found] = [row for row in made.rows if row.group == ("G9",)]
    assert (found.numerator, found.denominator) == pytest.approx((1.6, 4))
    assert found.value == pytest.approx(0.4)


def test_totals_of_street_and_communities_never_change(street):
    """Any shares, points and days: the sums before and after are the same (forty invented streets)."""
    random = Random(7)
    grids = {"C1": ["G1", "G2", "G9"], "C2": ["G3"], "C3": ["G4", "G5"]}
    for _ in range(40):
        pieces = {}
        for inside in grids.values():
            for old in inside:
                day = date(2024, random.randrange(1, 9), random.randrange(1, 28))
                for new in random.sample(inside, random.randrange(1, len(inside) + 1)):
                    pieces[old, new, day] = random.choice((0.2, 0.5, 0.7, 1))
        rows = [
            row
            for inside in grids.values()
            for grid in inside
            for month in range(1, 10)
            for row in orders({grid: random.randrange(3)}, f"2024-{month:02d}-{random.randrange(1, 28):02d}",
                              located=random.choice((None, *inside)))
        ]  # fmt: skip
        snapshot = redrawn(street, [(*key, share) for key, share in pieces.items()], hotline=rows)
        period = Period.parse("2024-01-01..2024-09-30", snapshot.as_of)
        told = measure("hotline_volume", period, by=("community",), snapshot=snapshot)
        for code in (*grids, None):
            scope = Scope("community", code) if code else Scope.street()
            made = by_todays_grids("hotline_volume", period, scope, snapshot=snapshot)
            total = sum(row.numerator or 0 for row in told.rows if code in (None, row.group[0]))
            assert sum(row.numerator or 0 for row in made.rows) == pytest.approx(total)
