"""The area ledger: staffing, party groups, 联户, and areas that come and go."""

GRID = {"level": "grid", "parent": "C1"}
TOP = [
    {"code": "S", "name": "街道", "level": "street"},
    {"code": "R1", "name": "大党委", "level": "region", "parent": "S"},
    {"code": "C1", "name": "社区", "level": "community", "parent": "R1", "kind": "urban"},
]


def grid(code, **rest):
    return {"code": code, "name": code} | GRID | rest


def test_full_and_part_time_staff_both_count(street):
    street.write(
        ledger=[
            *TOP,
            grid("G1", staff_full=1, staff_part=0),
            grid("G2", staff_full=0, staff_part=1),
            grid("G3", staff_full=0, staff_part=0),
            grid("G4"),
        ]
    )

    staffing = street.measure("grid_staffing")

    assert (staffing.total.numerator, staffing.total.denominator) == (2, 3)
    assert staffing.notes == ("1 个网格未上报网格员,未计入",)
    assert street.total("grid_staff_full") == (1, None)
    assert street.total("grid_count") == (4, None)


def test_two_party_groups_in_one_grid_cover_one_grid(street):
    street.write(
        ledger=[
            *TOP,
            grid("G1", party_groups=2, party_members=20),
            grid("G2", party_groups=0, party_members=0),
        ]
    )

    assert street.total("grid_party_group") == (1, 2)
    assert street.total("grid_party_groups") == (2, None)
    assert street.measure("grid_party_members", by=("grid",)).rows[0].hidden
    assert street.total("grid_party_members") == (20, None)


def test_household_groups_are_averaged_over_grids_that_report_both(street):
    street.write(
        ledger=[
            *TOP,
            grid("G1", households=400, household_groups=5),
            grid("G2", households=100),
            grid("G3", household_groups=7),
        ]
    )

    assert street.total("grid_household_group_size") == (400, 5)
    assert street.total("grid_household_groups") == (12, None)


def test_a_grid_counts_while_it_exists(street):
    street.write(
        ledger=[
            *TOP,
            grid("G1", staff_full=1, valid_to="2024-06-30"),
            grid("G2", staff_full=0, valid_from="2024-07-01"),
        ]
    )

    assert street.total("grid_staffing", "2024-06") == (1, 1)
    assert street.total("grid_staffing", "2024-07") == (0, 1)


def test_a_ledger_without_grids_does_not_say_that_there_are_none(street):
    street.write(ledger=TOP)

    assert street.measure("grid_count").total.reason == "未上报:区域台账没有网格"
    assert street.total("community_count") == (1, None)
    assert street.total("community_count", where={"kind": "urban"}) == (1, None)
