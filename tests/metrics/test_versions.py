"""Two versions of one metric over one period, and what a definition leaves out let back in."""

from datetime import date

import pytest

from metrics import BadCut, Period, cards, measure
from metrics.definitions import card, in_force, versions
from metrics.whatif import joined

SATISFIED = "hotline_satisfied_explicit"


def rated(number, satisfaction, **rest):
    row = {"order_no": f"D{number}", "accepted_at": "2024-09-03", "closed_at": "2024-09-05"}
    return row | {"satisfaction": satisfaction} | rest


def test_two_versions_of_a_card_are_computed_over_the_same_period(street):
    """基本满意 counted as satisfied until June 2024."""
    ratings = ["satisfied", "very_satisfied", "fair", "fair", "dissatisfied", "unrated"]
    street.write(hotline=[rated(number, code) for number, code in enumerate(ratings)])

    old = street.measure(SATISFIED, version=1)
    new = street.measure(SATISFIED, version=2)

    assert (old.total.numerator, old.total.denominator) == (4, 5)
    assert (new.total.numerator, new.total.denominator) == (2, 5)
    assert [each.card.key for each in (old, new)] == [f"{SATISFIED}@1", f"{SATISFIED}@2"]
    assert street.measure(SATISFIED).total == new.total


def test_one_version_is_cut_by_month_without_the_other(street):
    street.write(hotline=[
        rated(1, "fair", accepted_at="2024-05-03", closed_at="2024-05-05"),
        rated(2, "fair"),
        rated(3, "satisfied"),
    ])  # fmt: skip

    by_month = {
        version: [
            (row.group[0], row.numerator)
            for row in street.measure(SATISFIED, "2024", by="month", version=version).rows
            if row.denominator
        ]
        for version in (1, 2)
    }

    assert by_month == {1: [("2024-05", 1), ("2024-09", 2)], 2: [("2024-05", 0), ("2024-09", 1)]}


def test_disputes_still_open_came_into_the_base_of_resolution_with_its_second_version(street):
    def dispute(number, result, closed=None):
        return {"case_no": f"A{number}", "kind": "dispute", "accepted_at": "2024-09-03", "result": result, "closed_at": closed}  # fmt: skip

    street.write(cases=[
        dispute(1, "success", "2024-09-10"), dispute(2, "partial", "2024-09-10"),
        dispute(3, "failed", "2024-09-10"), dispute(4, "ongoing"),
    ])  # fmt: skip

    assert street.total("case_resolution", version=1) == (2, 3)
    assert street.total("case_resolution", version=2) == (2, 4)


@pytest.mark.parametrize(
    ("day", "version"),
    [("2024-06-30", 1), ("2024-07-01", 2), ("2026-01-01", 2), ("2020-01-01", 1)],
)
def test_the_version_in_force_on_a_day(day, version):
    """Before the first version nothing else was defined, so that it serves."""
    assert in_force(SATISFIED, date.fromisoformat(day)).version == version


def test_an_earlier_version_ends_on_the_day_before_the_next_begins():
    old, new = versions(SATISFIED).values()

    assert (old.effective, old.until) == (date(2023, 1, 1), date(2024, 6, 30))
    assert (new.effective, new.until) == (date(2024, 7, 1), None)
    assert "基本满意" in new.change and not old.change


# Of six orders one is invalid, one returned, one outside assessment; five are closed on time.
ORDERS = [
    {"order_no": f"D{number}", "accepted_at": "2024-09-03", "due_at": "2024-09-10", "closed_at": closed} | rest
    for number, (closed, rest) in enumerate([
        ("2024-09-05", {}),
        ("2024-09-05", {}),
        ("2024-09-15", {}),
        ("2024-09-05", {"in_scope": False}),
        ("2024-09-05", {"returned": True}),
        ("2024-09-05", {"valid": False}),
    ])
]  # fmt: skip


@pytest.mark.parametrize(
    ("without", "share"),
    [
        ((), (2, 3)),
        (("outside",), (3, 4)),
        (("不纳入考核的工单",), (3, 4)),
        (("sent_back",), (3, 4)),
        (("outside", "sent_back"), (4, 5)),
        (("outside", "sent_back", "invalid"), (5, 6)),
    ],
)
def test_an_exclusion_is_let_back_in_alone_or_with_others(without, share, street):
    street.write(hotline=ORDERS)

    assert street.total("hotline_on_time_due", without=without) == share


def test_a_trial_leaves_the_official_number_as_it_was(street):
    street.write(hotline=ORDERS)
    before = street.measure("hotline_on_time_due", "2024-09").total

    tried = street.measure("hotline_on_time_due", without=["outside"])

    assert tried.card.key == "hotline_on_time_due@1+outside"
    assert street.measure("hotline_on_time_due").total == before
    assert joined(street.measure("hotline_on_time_due"), tried) == 1


def test_a_trial_does_not_tell_as_left_out_what_it_counts(street):
    street.write(hotline=ORDERS)

    official = street.measure("hotline_on_time_due").notes
    tried = street.measure("hotline_on_time_due", without=["outside"]).notes

    assert "另有不纳入考核 1 件未计入" in official
    assert not any("不纳入考核" in note for note in tried)
    assert "另有退回 1 件未计入,见退单率" in tried


def test_a_card_says_what_its_own_sql_leaves_out():
    assert card("hotline_volume").excludes == "无效工单、退回工单"
    assert card("hotline_return").excludes == "无效工单"
    assert card("hotline_on_time_due").exclusions == ("invalid", "sent_back", "outside")


def test_an_exclusion_that_a_card_does_not_have_is_refused_with_those_it_has(street):
    street.write(hotline=ORDERS)

    with pytest.raises(BadCut, match=r"没有剔除项“outside”.*它的剔除项:无效工单、退回工单"):
        street.measure("hotline_volume", without=["outside"])
    with pytest.raises(BadCut, match="是否要用“sent_back”"):
        street.measure("hotline_volume", without=["send_back"])


def test_counts_of_people_have_no_trial(street):
    """The difference of two published counts would tell a hidden one."""
    snapshot = street.write(coverage=[{"month": "2024-09-01", "key_group": "floating", "known": 9}])

    with pytest.raises(BadCut, match="会露出已隐藏的小数"):
        measure(
            "coverage_visited", Period.parse("2024-Q3", snapshot.as_of),
            without=["known"], snapshot=snapshot,
        )  # fmt: skip


@pytest.mark.parametrize("metric", cards())
def test_every_card_says_why_it_is_looked_at_and_who_checks_it(metric):
    chosen = cards()[metric]

    assert chosen.why
    assert chosen.checker
    assert chosen.until is None
    assert all(term in chosen.table.terms for term in chosen.exclusions)
    if chosen.version > 1:
        assert chosen.change


def test_a_review_is_due_from_the_day_after_it():
    chosen = card("hotline_volume")

    assert not chosen.is_due(date(2025, 10, 24))
    assert chosen.is_due(date(2025, 10, 25))
