"""The article's figures, read back from the sample through measure() and the indicators.

人民网 2024-10-24. Exact figures must be equal; "余" is a lower bound, "近" is approached from below.
"""

from pathlib import Path

import pytest

from metrics import Period, Snapshot, current_snapshot, measure

TWO_YEARS = "2023-01-01..2024-10-24"


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


def counted(street: Snapshot, metric: str, **where: str) -> float | None:
    period = Period.parse(TWO_YEARS, street.as_of)
    return measure(metric, period, where=where, snapshot=street).total.numerator


EXACT = [
    (9, "community_count", {}),
    (6, "community_count", {"kind": "village_converted"}),
    (3, "community_count", {"kind": "urban"}),
    (110, "grid_count", {}),
    (110, "grid_staffing", {}),
    (103, "grid_staff_full", {}),
    (7, "grid_staff_part", {}),
    (74, "grid_party_groups", {}),
    (836, "grid_party_members", {}),
    (589, "grid_household_groups", {}),
    (365, "case_count", {"kind": "dispute"}),
    (109, "case_count", {"kind": "dispute", "category": "婚姻家庭"}),
    (365, "case_closure_accepted", {"kind": "dispute"}),
    (365, "case_mediation_success", {"kind": "dispute"}),
    (0, "case_open", {"kind": "dispute"}),
    (9, "activity_sessions", {"system": "干部夜校"}),
    (4, "activity_sessions", {"system": "就业培训"}),
    (2, "activity_sessions", {"system": "企业沙龙"}),
    (53, "team_problems_solved", {}),
]
AT_LEAST = [
    (800, "activity_attendances", {"system": "干部夜校"}),
    (400, "activity_attendances", {"system": "就业培训"}),
    (500, "activity_attendances", {"system": "老龄活动"}),
    (190, "activity_sessions", {"system": "社区活动"}),
    (200, "activity_sessions", {"system": "坝坝会"}),
    (100, "activity_sessions", {"system": "共建联席会"}),
    (20, "activity_sessions", {"system": "老龄活动"}),
    (20, "activity_sessions", {"system": "社区体检"}),
]


@pytest.mark.parametrize(("figure", "metric", "where"), EXACT)
def test_an_exact_figure_is_measured_exactly(street, figure, metric, where):
    assert counted(street, metric, **where) == figure


@pytest.mark.parametrize(("figure", "metric", "where"), AT_LEAST)
def test_a_lower_bound_is_kept(street, figure, metric, where):
    assert figure <= counted(street, metric, **where) < figure * 1.25


def test_the_disputes_are_109_of_marriage_and_256_of_other_kinds(street):
    period = Period.parse(TWO_YEARS, street.as_of)

    rows = measure(
        "case_count", period, by=("category",), where={"kind": "dispute"}, snapshot=street
    ).rows

    counts = {row.labels[0]: row.numerator for row in rows}
    assert counts.pop("婚姻家庭") == 109
    assert sum(count or 0 for count in counts.values()) == 256


def test_the_three_communities_of_the_city_and_the_six_former_villages_have_their_real_names(
    street,
):
    names = {area.code: area.name for area in street.areas("community")}

    assert names == {
        "520111007001": "吉麟社区", "520111007002": "养牛社区", "520111007003": "石板井社区",
        "520111007004": "竹林社区", "520111007005": "上水社区", "520111007006": "董家堰社区",
        "520111007007": "中铁城社区", "520111007008": "溪北社区", "520111007009": "朝阳社区",
    }  # fmt: skip


def test_six_followed_elders_are_too_few_to_show(street):
    period = Period.parse("2023", street.as_of)
    whole = Period.parse(TWO_YEARS, street.as_of)

    for window in (period, whole):
        row = measure("team_elders_followed", window, snapshot=street).total
        assert row.numerator is None
        assert row.value is None


def test_what_has_no_number_in_the_article_has_none_here(street):
    figures = {figure.key: figure for figure in street.indicators()}

    assert len(figures) == 73
    assert {key for key, figure in figures.items() if figure.value is None} == {
        "health_check_attend",
        "resources_matched",
    }
    assert figures["fixed_investment"].qualifier == "about"
    assert figures["pop_resident"].qualifier == "at_least"
    assert counted(street, "activity_attendances", system="社区体检") is None


def test_every_indicator_equals_the_article(street):
    """Digits of the quoted words: 365件 is 365, 4万余 is 40000, 近1亿 is 100000000."""
    figures = {figure.key: figure.value for figure in street.indicators()}

    for key, value in {
        "cases_total": 365, "cases_family": 109, "cases_other": 256, "cases_resolved": 365, "grids": 110,
        "grid_staff_full": 103, "grid_staff_part": 7, "grid_party_groups": 74, "grid_party_group_members": 836,
        "huajie_lianhuzhang": 589, "wechat_l1": 9, "wechat_l2": 110, "wechat_l3": 589, "reserve_cadres": 18,
        "night_school_sessions": 9, "job_training_sessions": 4, "firm_problems_solved": 53, "salons": 2,
        "hard_elders_followed": 6, "info_known_rate": 100, "partner_firms": 5, "zhifu_roads": 6,
    }.items():  # fmt: skip
        assert figures[key] == value, key
