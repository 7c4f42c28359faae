"""The sample through the whole product: loaded by the real loader, read back through measure()."""

import re
from collections import Counter

import pytest

from metrics import Period, current_snapshot, measure

WHOLE = "2023-01-01..2024-10-24"


@pytest.fixture(scope="module")
def report(sample_report):
    return sample_report


@pytest.fixture(scope="module")
def snapshot(sample):
    return current_snapshot(sample)


def counts(snapshot, metric, by=(), **where):
    window = Period.parse(WHOLE, snapshot.as_of)
    rows = measure(metric, window, by=by, where=where, snapshot=snapshot).rows
    return {row.group[0] if row.group else None: (row.numerator, row.denominator) for row in rows}


def total(snapshot, metric, **where):
    return counts(snapshot, metric, **where)[None]


def reasons(report, file):
    return sum((Counter(f.reject_reasons) for f in report.files if f.file == file), Counter())


def test_every_sheet_is_recognised_without_a_map_and_its_rows_are_accounted_for(report):
    assert report.errors == []
    assert Counter(f.source for f in report.files) == {
        "activities": 17,
        "cases": 5,
        "hotline": 2,
        "tallies": 3,
        "areas": 2,
        "coverage": 1,
        "indicators": 1,
        "events": 1,
        "lineage": 1,
    }
    assert all(f.accounting.balanced for f in report.files)


def test_spoiled_rows_are_refused_and_nothing_else_is(report):
    refused = {f.file: 0 for f in report.files}
    for f in report.files:
        refused[f.file] += f.accounting.rejected

    assert refused == {
        "areas.xlsx": 0,
        "hotline_20241008.csv": 10,
        "hotline_20241024.csv": 0,
        "cases.xlsx": 5,
        "activities.xlsx": 3,
        "coverage.xlsx": 6,  # one row of the sheet, six groups
        "tallies.xlsx": 0,
        "indicators.csv": 0,
        "events.csv": 0,
        "lineage.csv": 0,
    }
    assert len(reasons(report, "hotline_20241008.csv")) >= 8
    assert len(reasons(report, "cases.xlsx")) >= 5


def test_the_second_export_updates_orders_of_the_first(report):
    later = next(f for f in report.files if f.file == "hotline_20241024.csv")

    assert later.accounting.updated > 80
    assert later.accounting.loaded > 250
    assert later.accounting.duplicate == later.accounting.unchanged == 0


def test_unmapped_names_stay_in_sight(report):
    names = {value for f in report.files for field, value, _ in f.unmapped if field == "category"}

    assert names == {"创文创卫", "疫情防控", "数字城管转办", "智慧灯杆"}


def test_only_the_total_that_is_wrong_is_said_to_differ(report):
    differing = [
        (f.sheet, sentence)
        for f in report.files
        for sentence in f.reconciliation
        if "相差" in sentence
    ]

    assert [sheet for sheet, _ in differing] == ["坝坝会"]
    assert "+90" in differing[0][1]


def test_the_articles_exact_figures_come_back_through_measure(snapshot):
    kinds = counts(snapshot, "case_count", by=("category",), kind="dispute")

    assert total(snapshot, "case_count", kind="dispute")[0] == 365
    assert kinds["婚姻家庭"][0] == 109
    assert sum(n for name, (n, _) in kinds.items() if name != "婚姻家庭") == 256
    assert total(snapshot, "case_mediation_success", kind="dispute") == (365, 365)
    assert total(snapshot, "case_open", kind="dispute")[0] == 0
    assert total(snapshot, "grid_staffing") == (110, 110)
    assert total(snapshot, "grid_party_group") == (74, 110)
    assert total(snapshot, "team_problems_solved")[0] == 53
    sessions = counts(snapshot, "activity_sessions", by=("system",))
    assert {name: sessions[name][0] for name in ("干部夜校", "就业培训", "企业沙龙")} == {
        "干部夜校": 9,
        "就业培训": 4,
        "企业沙龙": 2,
    }


def test_what_the_article_only_bounds_is_not_below_its_bound(snapshot):
    attendances = counts(snapshot, "activity_attendances", by=("system",))
    sessions = counts(snapshot, "activity_sessions", by=("system",))

    assert 800 <= attendances["干部夜校"][0] < 900
    assert 400 <= attendances["就业培训"][0] < 500
    assert 500 <= attendances["老龄活动"][0] < 600
    assert 190 <= sessions["社区活动"][0] < 200
    assert not attendances.get("社区体检", (None,))[0]


def test_monthly_activities_are_not_held_everywhere(snapshot):
    held, due = total(snapshot, "activity_monthly_compliance")
    own, of = total(snapshot, "activity_monthly_compliance", system="社区活动")

    assert (held, due) == (191, 198)
    assert own / of < 0.95


def test_one_community_stands_out_from_the_others(snapshot):
    shares = {
        code: met / due
        for code, (met, due) in counts(snapshot, "hotline_on_time_due", by=("community",)).items()
        if code
    }

    assert min(shares, key=lambda code: shares[code]) == "520111007003"
    assert sorted(shares.values())[1] - shares["520111007003"] > 0.1


def test_no_phone_or_name_of_the_sample_survives(snapshot):
    texts = [
        text
        for table in ("hotline", "cases")
        for (text,) in snapshot.cursor()
        .execute(f"SELECT text FROM {table} WHERE text IS NOT NULL")
        .fetchall()
    ]

    assert texts
    left = [t for t in texts if re.search(r"1540\d|\d{7}|example\.com|wx_demo|与[^因]{2,3}因", t)]
    assert left == []
