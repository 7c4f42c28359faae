"""Rungs of evidence: what each asks about, what it leaves out, and which rate stands large."""

from datetime import date

import pytest

from metrics import Period, cards, current_snapshot, measure_many
from metrics.ladder import ASKING, DAYS, LADDERS, asked, at_ceiling, chain, headline, rungs

ORDER = {
    "place": "C1",
    "returned": False,
    "accepted_at": "2024-08-01 09:00",
    "closed_at": "2024-08-05 09:00",
    "due_at": "2024-08-10 18:00",
    "is_repeat": False,
}


def orders(*several):
    """Each is (how many, what is different)."""
    made = [more for count, more in several for _ in range(count)]
    return [{"order_no": str(n)} | ORDER | more for n, more in enumerate(made)]


def measured(street, metrics, period="2024-08", **options):
    as_of = options.get("as_of") or street.snapshot.as_of
    return measure_many(metrics, Period.parse(period, as_of), snapshot=street.snapshot, **options)


def ladder(street, days=30, ledger="hotline", **options):
    return rungs(ledger, days, measured(street, asked(ledger, days), **options))


def stands(street, metric, **options):
    found = headline(metric, measured(street, chain(metric), **options))
    return found.shown.card.id, [each.card.id for each in found.passed]


@pytest.mark.parametrize("metric", ASKING)
def test_a_rate_that_leaves_some_out_is_the_second_rung_of_its_ladder(metric, street):
    said = [("dispute", True)] * 9 + [("dispute", None)] * 6 + [("hazard", False)] * 2
    case = {"place": "C1", "reported_at": "2024-08-02", "closed_at": "2024-08-20"}
    street.write(
        hotline=orders((9, {"satisfaction": "satisfied"}), (6, {})),
        cases=[
            {"case_no": str(n), "kind": k, "confirmed": c} | case for n, (k, c) in enumerate(said)
        ],
    )
    ledger, only = ASKING[metric]

    rung = ladder(street, ledger=ledger, where=only)[1]
    row = street.measure(metric, "2024-08").total

    assert (rung.yes, rung.found.total.denominator) == (row.numerator, row.denominator)
    assert rung.left_out == 6


@pytest.mark.parametrize("metric", cards())
def test_every_chain_ends_and_names_cards_of_its_own_ledger(metric):
    names = chain(metric)

    assert {cards()[name].table.name for name in names} == {cards()[metric].table.name}


def test_each_rung_asks_about_what_was_closed_and_says_whom_it_leaves_out(street):
    called = {"visited_at": "2024-08-08", "result": "resolved"}
    street.write(
        hotline=orders(
            (10, called | {"satisfaction": "satisfied"}),
            (3, called | {"satisfaction": "dissatisfied", "repeated_in": 4}),
            (2, called | {"satisfaction": "satisfied", "result": "unresolved", "repeated_in": 40}),
            (5, called | {"satisfaction": "unrated", "is_repeat": None}),
            (4, {}),
            (2, {"closed_at": "2024-10-20 09:00"}),
            (4, {"closed_at": None}),
        )
    )

    closed, confirmed, quiet = ladder(street)

    assert (closed.base, closed.yes, closed.no, closed.left) == (30, 26, 4, ())
    assert (confirmed.base, confirmed.yes, confirmed.no) == (26, 10, 5)
    assert [(left.lacking, left.count) for left in confirmed.left] == [("未回访到", 11)]
    assert (confirmed.low, confirmed.high) == (10 / 26, 21 / 26)
    assert (quiet.base, quiet.yes, quiet.no) == (26, 16, 3)
    assert [(left.lacking, left.count) for left in quiet.left] == [
        ("未满观察期", 2),
        ("无从追踪", 5),
    ]
    assert (quiet.low, quiet.high) == (16 / 26, 23 / 26)


def test_parts_and_left_outs_make_the_base_of_every_rung(street):
    street.write(
        hotline=orders(
            (9, {"satisfaction": "fair", "visited_at": "2024-08-09", "repeated_in": 31}),
            (4, {"on_time": True, "closed_at": None, "due_at": None}),
            (7, {"closed_at": "2024-09-25 00:00", "is_repeat": None}),
            (6, {"valid": False}),
        )
    )

    for days in DAYS:
        for rung in ladder(street, days):
            assert rung.yes + rung.no + rung.left_out == rung.base


@pytest.mark.parametrize(("days", "expected"), [(30, (1, 2)), (60, (0, 2)), (90, (0, 1))])
def test_an_order_counts_on_a_rung_only_after_as_many_days(street, days, expected):
    """Read at the end of 24 October: one closed 90 days before, one 60, one 29."""
    street.write(
        hotline=orders(
            (1, {"accepted_at": "2024-07-01", "closed_at": "2024-07-27 00:00", "repeated_in": 30}),
            (1, {"accepted_at": "2024-07-01", "closed_at": "2024-08-26 00:00", "repeated_in": 31}),
            (1, {"accepted_at": "2024-07-01", "closed_at": "2024-09-26 00:00"}),
        )
    )

    found = measured(street, [f"hotline_not_repeated_{days}"], "2024-07")
    row = found[f"hotline_not_repeated_{days}"].total

    assert (row.numerator, row.denominator) == expected
    waiting = measured(street, [f"hotline_unfollowed_{days}"], "2024-07")
    assert waiting[f"hotline_unfollowed_{days}"].total.value == 3 - expected[1]


def test_what_came_back_later_is_not_known_at_an_earlier_date(street):
    street.write(hotline=orders((1, {"repeated_in": 20}), (1, {})))

    early, late = (
        street.measure("hotline_not_repeated_30", "2024-08", as_of=date.fromisoformat(day)).total
        for day in ("2024-09-03", "2024-09-04")
    )

    assert (early.numerator, early.denominator, early.value) == (0, 0, None)
    assert (late.numerator, late.denominator) == (1, 2)


def test_a_ledger_without_callers_does_not_report_returns(street):
    street.write(hotline=orders((20, {"is_repeat": None})))

    quiet = ladder(street)[2]

    assert quiet.found.total.reason == "未上报:来源没有来电人或办结时间"
    assert (quiet.yes, quiet.no, quiet.left, quiet.low) == (None, None, (), None)


def test_a_rate_at_its_ceiling_hands_over_to_the_first_that_still_tells(street):
    satisfied = {"visited_at": "2024-08-08", "satisfaction": "satisfied"}
    street.write(hotline=orders((80, satisfied), (20, satisfied | {"repeated_in": 9})))

    assert stands(street, "hotline_on_time_due") == (
        "hotline_not_repeated_30",
        ["hotline_on_time_due", "hotline_confirmation"],
    )


def test_a_rate_below_its_ceiling_stands_itself(street):
    street.write(hotline=orders((98, {}), (2, {"closed_at": None})))

    assert stands(street, "hotline_on_time_due") == ("hotline_on_time_due", [])


def test_a_rung_nobody_reports_is_passed_over_and_the_last_that_answers_stays(street):
    street.write(hotline=orders((100, {"is_repeat": None})))

    assert stands(street, "hotline_on_time_due") == ("hotline_on_time_due", [])
    assert at_ceiling(street.measure("hotline_on_time_due", "2024-08"))


def test_ninety_nine_in_a_hundred_is_the_ceiling_only_where_more_is_better(street):
    street.write(hotline=orders((99, {"returned": True}), (1, {})))

    assert street.measure("hotline_return", "2024-08").total.value == 0.99
    assert not at_ceiling(street.measure("hotline_return", "2024-08"))


def test_disputes_that_all_succeed_hand_over_to_what_the_parties_say(street):
    case = {"kind": "dispute", "place": "C1", "reported_at": "2024-08-02", "closed_at": "2024-08-20", "result": "success"}  # fmt: skip
    said = [True] * 13 + [False] * 2 + [None] * 5
    street.write(
        cases=[
            {"case_no": str(n), "confirmed": yes, "visited_at": None if yes is None else "2024-09-01", "traced": n < 12, "returned_in": 9 if n == 3 else 45 if n == 4 else None} | case
            for n, yes in enumerate(said)
        ]
    )  # fmt: skip

    closed, confirmed, quiet = ladder(street, ledger="cases")

    assert stands(street, "case_resolution") == ("case_dispute_confirmation", ["case_resolution"])
    assert closed.at_ceiling
    assert (confirmed.base, confirmed.yes, confirmed.no, confirmed.left_out) == (20, 13, 2, 5)
    assert (quiet.base, quiet.yes, quiet.no, quiet.left_out) == (20, 11, 1, 8)
    assert (quiet.low, quiet.high) == (11 / 20, 19 / 20)


@pytest.mark.parametrize("metric", ["case_mediation_success", "case_resolution"])
def test_the_365_of_the_article_hand_over_to_what_the_parties_say(metric, sample):
    street = current_snapshot(sample)
    period = Period.parse("2023-01-01..2024-10-24", street.as_of)

    found = headline(metric, measure_many(chain(metric), period, snapshot=street))
    [passed] = found.passed

    assert (passed.total.numerator, passed.total.denominator) == (365, 365)
    assert found.shown.card.id == "case_dispute_confirmation"
    assert 0.85 < (found.shown.total.value or 0) < 0.99


def test_every_rung_of_the_sample_adds_up(sample):
    street = current_snapshot(sample)
    for ledger in LADDERS:
        for days in DAYS:
            for code in ("2024", "2024-09", "2024-10"):
                period = Period.parse(code, street.as_of)
                found = measure_many(asked(ledger, days), period, snapshot=street)
                for rung in rungs(ledger, days, found):
                    assert (rung.yes or 0) + (rung.no or 0) + rung.left_out == rung.base
