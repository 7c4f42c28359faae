"""Key groups: whole months, whole quarters, small cells, and what has no register to compare with."""

import pytest

from metrics import BadCut

Q3 = ("2024-07-01", "2024-08-01", "2024-09-01")


def people(group="floating", place="C1", months=Q3, expected=100, known=90, **rest):
    return [
        {"month": month, "place": place, "key_group": group, "expected": expected, "known": known} | rest
        for month in months
    ]  # fmt: skip


def test_a_group_is_published_by_month_rounded_to_five(street):
    street.write(coverage=people(expected=98, known=83, fresh=61, visited=42, visits=70, helped=7))

    assert street.total("coverage_known", where={"group": "floating"}) == (85, 100)
    assert street.total("coverage_fresh", where={"group": "floating"}) == (60, 85)
    assert street.total("coverage_visited", where={"group": "floating"}) == (40, 85)
    assert street.total("coverage_helped", where={"group": "floating"}) == (5, 85)


def test_several_months_add_up_person_months(street):
    street.write(coverage=people())

    known = street.measure("coverage_known", "2024-Q3", where={"group": "floating"})

    assert (known.total.numerator, known.total.denominator) == (270, 300)
    assert "跨月的分子分母为各月之和(人月)" in known.notes


def test_sensitive_groups_are_published_by_quarter_only(street):
    street.write(coverage=people("disabled") + people("floating"))

    month = street.measure("coverage_known", by=("group",))
    quarter = street.measure("coverage_known", "2024-Q3", by=("group",))

    assert month.row("floating").numerator == 90
    assert month.row("disabled").hidden
    assert "整季" in month.row("disabled").reason
    assert quarter.row("disabled").numerator == 270
    assert street.measure("coverage_known").total.hidden, "the sum over groups would give them away"
    assert street.total("coverage_known", "2024-Q3") == (540, 600)


def test_an_open_month_is_not_published(street):
    street.write(coverage=people(months=(*Q3, "2024-10-01")))

    running = street.measure("coverage_known", "2024-10", where={"group": "floating"})
    year = street.measure("coverage_known", "2024", where={"group": "floating"})

    assert running.total.hidden
    assert (year.total.numerator, year.total.denominator) == (270, 300)
    assert "统计至2024年9月30日,其后的时段未满整月或整季,不公布" in year.notes


@pytest.mark.parametrize(
    "code", ["2024-09-02..2024-09-30", "2024-W36", "2024-09-03", "2024-08-15..2024-10-10"]
)
def test_there_are_no_free_ranges_of_days(street, code):
    street.write(coverage=people())

    row = street.measure("coverage_known", code, where={"group": "floating"}).total

    assert (row.hidden, row.numerator, row.denominator, row.value) == (True, None, None, None)
    assert "整月" in row.reason


def test_people_are_never_shown_for_a_grid(street):
    street.write(coverage=people(place="G1"))

    assert (
        street.measure(
            "coverage_known", "2024-Q3", where={"group": "floating", "community": "C1"}
        ).total.numerator
        == 270
    )
    with pytest.raises(BadCut, match="网格"):
        street.measure("coverage_known", "2024-Q3", by=("grid",))


def test_a_small_cell_takes_its_smallest_neighbour_with_it(street):
    street.write(
        coverage=people(place="C1", expected=6, known=6)
        + people(place="C2", expected=40, known=38)
        + people(place="C3", expected=90, known=80)
    )
    small = street.measure(
        "coverage_known", "2024-Q3", by=("community",), where={"group": "floating"}
    )
    assert not small.row("C1").hidden, "six is above the threshold of T1"

    street.write(
        coverage=people("focus", place="C1", expected=6, known=6)
        + people("focus", place="C2", expected=40, known=33)
        + people("focus", place="C3", expected=90, known=80)
    )
    rows = street.measure("coverage_known", "2024-Q3", by=("community",), where={"group": "focus"})

    assert rows.row("C1").reason == "人数少于10或多为小数,已隐藏"
    assert rows.row("C2").reason == "为防止由合计推算相邻的小数,一并隐藏"
    assert not rows.row("C3").hidden


def test_everyone_and_no_one_are_disclosures_in_a_sensitive_group(street):
    street.write(
        coverage=people("disabled", expected=40, known=40)
        + people("disabled", place="C3", expected=40, known=25)
        + people("floating", expected=40, known=40)
    )

    rows = street.measure("coverage_known", "2024-Q3", by=("group",), where={"community": "C1"})

    assert rows.row("disabled").reason == "比例为0%或100%,已隐藏"
    assert rows.row("floating").value == 1


def test_sensitive_groups_need_a_named_role(street):
    street.write(coverage=people("disabled") + people("floating"))

    def known(role):
        return street.measure("coverage_known", "2024-Q3", by=("group",), role=role)

    assert known("analyst").row("disabled").numerator == 270
    assert "具名" in known("meeting").row("disabled").reason
    assert known("meeting").row("floating").numerator == 270
    assert street.measure("coverage_known", "2024-Q3", role="meeting").total.hidden


def test_a_group_without_a_register_has_no_rate_and_does_not_spoil_the_others(street):
    street.write(coverage=people("unemployed", expected=None, known=50) + people("floating"))

    rows = street.measure("coverage_known", "2024-Q3", by=("group",))

    assert rows.row("unemployed").reason == "未上报:没有应掌握数(口径未公布)"
    assert rows.row("disabled").reason == "未上报"
    assert street.total("coverage_known", "2024-Q3") == (270, 300)
    assert street.total("coverage_known", where={"group": "floating"}) == (90, 100)


def test_a_month_nobody_reported_is_not_a_zero(street):
    street.write(coverage=people(months=("2024-07-01", "2024-09-01")))

    rows = street.measure("coverage_known", "2024-Q3", by=("month",), where={"group": "floating"})

    assert [(r.label, r.numerator, r.reason) for r in rows.rows] == [
        ("2024年7月", 90, None), ("2024年8月", None, "未上报"), ("2024年9月", 90, None),
    ]  # fmt: skip


def test_where_most_communities_are_small_the_street_is_still_shown(street):
    street.write(
        coverage=[
            r for c in ("C1", "C2", "C3") for r in people("focus", place=c, known=27, helped=7)
        ]
    )

    def helped(**options):
        return street.measure("coverage_helped", "2024-Q3", where={"group": "focus"}, **options)

    assert (helped().total.numerator, helped().total.denominator) == (60, 225)
    assert all(row.hidden for row in helped(by=("community",)).rows)


def test_thresholds_come_from_the_installation(street):
    street.write(meta={"threshold_t1": "30"}, coverage=people(expected=24, known=22))

    assert street.measure("coverage_known", where={"group": "floating"}).total.hidden
