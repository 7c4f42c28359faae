"""12345 orders: which base, which clock, and what happens to the awkward ones."""

import pytest

DAY = "2024-09-{:02}"


def order(no, accepted="2024-09-02 09:00", **rest):
    return {"order_no": f"{no}", "accepted_at": accepted, "returned": False, "place": "C1"} | rest


def closed(no, at="2024-09-04 09:00", due="2024-09-09 18:00", **rest):
    return order(no, closed_at=at, due_at=due, **rest)


def test_one_month_read_on_three_dates_gives_three_closure_rates(street):
    street.write(
        hotline=[
            closed(1, at="2024-09-20 09:00"),
            closed(2, at="2024-10-05 09:00"),
            closed(3, at="2024-10-20 09:00"),
            order(4),
        ]
    )

    read = {
        day: street.total("hotline_closure_accepted", as_of=_date(day))
        for day in ("2024-09-30", "2024-10-08", "2024-10-24")
    }

    assert read == {"2024-09-30": (1, 4), "2024-10-08": (2, 4), "2024-10-24": (3, 4)}


def _date(text):
    from datetime import date

    return date.fromisoformat(text)


def test_what_happens_on_the_as_of_day_has_happened_and_the_day_after_has_not(street):
    street.write(hotline=[closed(1, at="2024-10-24 23:59"), closed(2, at="2024-10-25 00:00")])

    assert street.total("hotline_closure_accepted") == (1, 2)
    assert street.total("hotline_open", "2024-10") == (1, None)


def test_the_running_base_leaves_out_what_is_open_within_its_time_limit(street):
    street.write(
        hotline=[
            closed(1, accepted="2024-10-20 09:00", at="2024-10-22 09:00", due="2024-10-27 18:00"),
            order(2, accepted="2024-10-20 09:00", due_at="2024-10-27 18:00"),
            order(3, accepted="2024-10-02 09:00", due_at="2024-10-09 18:00"),
            order(4, accepted="2024-10-02 09:00"),
        ]
    )

    running = street.measure("hotline_closure_running", "2024-10")

    assert street.total("hotline_closure_accepted", "2024-10") == (1, 4)
    assert (running.total.numerator, running.total.denominator) == (1, 3)
    assert running.notes == ("未办结且没有时限 1 件,无法判断是否在期限内,留在分母",)


def test_the_due_base_counts_what_fell_due_not_what_was_accepted(street):
    street.write(
        hotline=[
            closed(1, accepted="2024-08-30 09:00", due="2024-09-06 18:00"),
            order(2, accepted="2024-09-01 09:00", due_at="2024-09-08 18:00"),
            closed(3, accepted="2024-09-28 09:00", at="2024-09-29 09:00", due="2024-10-05 18:00"),
        ]
    )

    assert street.total("hotline_closure_due") == (1, 2)
    assert street.total("hotline_on_time_due") == (1, 2)
    assert street.total("hotline_closure_accepted") == (1, 2)


def test_a_deadline_later_than_the_as_of_date_has_not_fallen_due(street):
    street.write(
        hotline=[
            closed(1, accepted="2024-10-20 09:00", at="2024-10-21 09:00", due="2024-10-28 18:00"),
            closed(2, accepted="2024-10-10 09:00", at="2024-10-11 09:00", due="2024-10-17 18:00"),
        ]
    )

    assert street.total("hotline_on_time_due", "2024-10") == (1, 1)


def test_closing_at_the_deadline_is_on_time_and_a_minute_later_is_not(street):
    street.write(
        hotline=[
            closed(1, at="2024-09-09 18:00"),
            closed(2, at="2024-09-09 18:01"),
            order(3, due_at="2024-09-09 18:00"),
        ]
    )

    assert street.total("hotline_on_time_due") == (1, 3)
    assert street.total("hotline_on_time_closed") == (1, 2)


def test_a_flag_stands_in_where_there_are_no_times_and_the_answer_says_so(street):
    street.write(
        hotline=[
            order(1, on_time=True),
            order(2, on_time=True),
            order(3, on_time=False),
            order(4),
            closed(5),
        ]
    )

    due = street.measure("hotline_on_time_due")

    assert (due.total.numerator, due.total.denominator) == (3, 4)
    assert due.notes == (
        "其中 3 件来源只有是否按期的标志,按标志计;没有办结时限的按受理时间归入期间",
    )
    assert street.total("hotline_on_time_closed") == (3, 4)
    assert street.total("hotline_closure_accepted") == (4, 5)


def test_a_late_flag_on_an_order_with_a_deadline_does_not_say_it_was_closed(street):
    street.write(hotline=[order(1, due_at="2024-09-09 18:00", on_time=False), closed(2)])

    assert street.total("hotline_closure_accepted") == (1, 2)
    assert street.total("hotline_on_time_due") == (1, 2)
    assert street.total("hotline_overdue", "2024-10") == (1, None)


def test_times_win_over_a_flag_that_contradicts_them(street):
    street.write(hotline=[closed(1, at="2024-09-20 09:00", on_time=True)])

    assert street.total("hotline_on_time_due") == (0, 1)


def test_returned_invalid_and_unassessed_orders_leave_the_base_and_are_said_to(street):
    street.write(
        hotline=[
            closed(1),
            closed(2, returned=True),
            closed(3, valid=False),
            closed(4, in_scope=False),
        ]
    )

    rate = street.measure("hotline_closure_accepted")

    assert (rate.total.numerator, rate.total.denominator) == (1, 1)
    assert rate.notes == (
        "另有退回 1 件未计入,见退单率",
        "另有无效 1 件未计入",
        "另有不纳入考核 1 件未计入",
    )
    assert street.total("hotline_volume") == (2, None)
    assert street.total("hotline_return") == (1, 3)


def test_satisfaction_has_two_definitions_and_says_how_many_rated(street):
    words = [
        "very_satisfied",
        "satisfied",
        "fair",
        "fair",
        "dissatisfied",
        "unrated",
        None,
        "看情况",
    ]
    street.write(hotline=[closed(i, satisfaction=word) for i, word in enumerate(words)])

    explicit = street.measure("hotline_satisfied_explicit")

    assert (explicit.total.numerator, explicit.total.denominator) == (2, 5)
    assert street.total("hotline_satisfied_complement") == (4, 5)
    assert street.total("hotline_dissatisfied_rated") == (1, 5)
    assert street.total("hotline_dissatisfied_accepted") == (1, 8)
    assert street.total("hotline_rated") == (5, 8)
    assert explicit.notes == ("已办结但未评价 3 件,不在分母内;评价率另见",)


def test_a_rating_given_after_the_as_of_date_has_not_been_given(street):
    street.write(
        hotline=[
            closed(1, satisfaction="satisfied", visited_at="2024-10-20 10:00"),
            closed(2, satisfaction="satisfied", visited_at="2024-10-25 10:00"),
        ]
    )

    assert street.total("hotline_satisfied_explicit") == (1, 1)
    assert street.total("hotline_rated") == (1, 2)


def test_resolved_is_a_share_of_closed_orders_whose_result_is_known(street):
    street.write(
        hotline=[
            closed(1, result="resolved"),
            closed(2, result="partial"),
            closed(3, result="explained"),
            closed(4),
            order(5, result="resolved"),
        ]
    )

    resolved = street.measure("hotline_resolved")

    assert (resolved.total.numerator, resolved.total.denominator) == (1, 3)
    assert resolved.notes == ("已办结但未登记处理结果 1 件,未计入分母",)


def test_repeats_are_a_share_of_orders_whose_caller_is_known(street):
    street.write(
        hotline=[order(1, is_repeat=True), order(2, is_repeat=False), order(3, is_repeat=None)]
    )

    repeats = street.measure("hotline_repeat")

    assert (repeats.total.numerator, repeats.total.denominator) == (1, 2)
    assert "90天内" in repeats.base_label


def test_closing_flow_may_pass_one_hundred_percent_and_says_so(street):
    street.write(
        hotline=[closed(i, at="2024-09-10 09:00") for i in range(12)]
        + [closed(20 + i, accepted="2024-08-20 09:00", at="2024-09-05 09:00") for i in range(3)]
    )

    flow = street.measure("hotline_closure_flow")

    assert (flow.total.numerator, flow.total.denominator) == (15, 12)
    assert (flow.total.value, flow.total.low) == (1.25, None)
    assert "可超过100%" in flow.base_label


def test_overdue_and_nearly_due_orders_are_a_stock_at_the_as_of_date(street):
    street.write(
        hotline=[
            order(1, accepted="2024-05-02 09:00", due_at="2024-05-09 18:00"),
            order(2, accepted="2024-10-20 09:00", due_at="2024-10-25 18:00"),
            order(3, accepted="2024-10-20 09:00", due_at="2024-10-27 18:00"),
            closed(4, accepted="2024-10-20 09:00", at="2024-10-22 09:00", due="2024-10-25 18:00"),
        ]
    )

    assert street.total("hotline_open", "2024-10") == (3, None)
    assert street.total("hotline_overdue", "2024-10") == (1, None)
    assert street.total("hotline_due_48h", "2024-10") == (1, None)
    assert street.total("hotline_open", "2024-05") == (1, None)


@pytest.mark.parametrize(
    ("metric", "lacking"),
    [
        ("hotline_closure_accepted", "来源没有办结时间"),
        ("hotline_on_time_due", "来源没有办结时限和办结时间,也没有是否按期"),
        ("hotline_satisfied_explicit", "来源没有满意度评价"),
        ("hotline_repeat", "来源没有来电人"),
        ("hotline_resolved", "来源没有处理结果"),
        ("hotline_open", "来源没有办结时间"),
    ],
)
def test_what_no_source_reports_is_not_zero(street, metric, lacking):
    street.write(hotline=[order(1), order(2)])

    row = street.measure(metric).total

    assert (row.numerator, row.value, row.hidden) == (None, None, False)
    assert row.reason == f"未上报:{lacking}"


def test_nothing_happened_nothing_reported_and_no_base_are_three_answers(street):
    street.write(
        hotline=[
            order(1, "2024-03-05"),
            order(2, "2024-09-05", due_at="2024-09-09", closed_at="2024-09-06"),
        ]
    )

    by_month = street.shares("hotline_volume", "month", "2024")
    rate = street.measure("hotline_closure_accepted", "2024-05").total

    assert by_month["2024-03"] == (1, None)
    assert by_month["2024-05"] == (0, None)
    assert "2024-01" not in by_month, "before the source begins"
    assert street.measure("hotline_volume", "2023").total.reason == "未上报"
    assert (rate.denominator, rate.value, rate.reason) == (0, None, "没有可计入分母的记录")


def test_per_thousand_uses_the_residents_of_the_area_it_is_for(street):
    street.write(
        hotline=[order(i) for i in range(10)] + [order(20 + i, place="G3") for i in range(6)]
    )

    by_community = street.measure("hotline_per_1000", by=("community",)).rows

    assert [(row.label, row.value) for row in by_community] == [
        ("吉麟社区", 2.0), ("养牛社区", 2.0), ("朝阳社区", 0.0),
    ]  # fmt: skip
    assert street.total("hotline_per_1000") == (16, 40_000)
    assert street.total("hotline_per_1000", where={"community": "C2"}) == (6, 3000)
    assert street.measure("hotline_per_1000", by=("grid",)).rows[0].reason == "未上报:没有常住人口"


def test_a_quarter_of_an_hour_and_a_weekday_are_dimensions_too(street):
    street.write(hotline=[order(1, "2024-09-02 09:15"), order(2, "2024-09-08 21:00")])

    assert street.shares("hotline_volume", "hour") == {"9": (1, None), "21": (1, None)}
    rows = street.measure("hotline_volume", by=("weekday",)).rows
    assert [row.label for row in rows] == ["周一", "周日"]


def test_lianping_keeps_open_orders_in_the_base_and_fengcheng_takes_those_in_time_out(street):
    street.write(
        as_of="2025-05-31",
        hotline=[{"accepted_at": "2025-05-05", "due_at": "2025-05-20", "closed_at": "2025-05-15"}] * 3456
        + [{"accepted_at": "2025-05-28", "due_at": "2025-06-10"}] * 200,
    )  # fmt: skip

    assert street.total("hotline_closure_running", "2025-05") == (3456, 3456)
    assert street.total("hotline_closure_accepted", "2025-05") == (3456, 3656)


def test_open_orders_are_cut_by_how_long_they_have_waited_and_by_their_deadline(street):
    """Read on 30 September: waited 30, 20, 8 and 7 days."""
    rows = [
        ("2024-08-31 09:00", "2024-09-10"),
        ("2024-09-10 09:00", None),
        ("2024-09-22 09:00", "2024-10-02"),
        ("2024-09-23 09:00", "2024-10-09"),
    ]
    street.write(
        hotline=[
            closed("done"),
            *(order(i, accepted=began, due_at=due) for i, (began, due) in enumerate(rows)),
        ]
    )

    found = street.measure("hotline_open", by=("age", "due_state"))

    assert {row.group: row.value for row in found.rows if row.value} == {
        ("3", "1"): 1,
        ("3", "4"): 1,
        ("2", "2"): 1,
        ("1", "3"): 1,
    }
    assert street.shares("hotline_open", "age")["3"] == (2, None)
