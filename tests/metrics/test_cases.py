"""Disputes, hazards and tasks: five result states, closing with and without a time, and who may see what."""

DISPUTE = {"kind": "dispute", "reported_at": "2024-09-02 09:00", "place": "C1"}


def case(no, **rest):
    return {"case_no": str(no)} | DISPUTE | rest


def test_success_is_not_the_same_as_resolution(street):
    results = ["success", "success", "partial", "failure", "transferred", "ongoing", None]
    street.write(cases=[case(i, result=result) for i, result in enumerate(results)])

    success = street.measure("case_mediation_success")

    assert (success.total.numerator, success.total.denominator) == (2, 7)
    assert street.total("case_resolution") == (3, 7)
    assert success.notes == ("正在调解 3 件,计为未成功",)


def test_a_success_dated_after_the_as_of_day_is_not_yet_one(street):
    street.write(
        cases=[
            case(1, result="success", closed_at="2024-10-20"),
            case(2, result="success", closed_at="2024-10-26"),
        ]
    )

    assert street.total("case_mediation_success") == (1, 2)
    assert street.total("case_closure_accepted") == (1, 2)


def test_hazards_are_not_mediated(street):
    street.write(cases=[case(1, result="success"), case(2, kind="hazard", result="success")])

    assert street.total("case_mediation_success") == (1, 1)
    assert street.total("case_count") == (2, None)


def test_a_ledger_without_closing_times_is_closed_by_its_results_and_says_so(street):
    results = ["success", "partial", "transferred", "failure", "ongoing", None]
    street.write(cases=[case(i, result=result) for i, result in enumerate(results)])

    closure = street.measure("case_closure_accepted")

    assert (closure.total.numerator, closure.total.denominator) == (3, 6)
    assert closure.notes == ("其中 3 件没有办结时间,按登记的结果算已办结",)


def test_a_case_counts_when_it_was_accepted_or_failing_that_reported(street):
    street.write(
        cases=[
            case(1, reported_at="2024-08-30", accepted_at="2024-09-01"),
            case(2, reported_at="2024-09-30", accepted_at="2024-10-01"),
            case(3, reported_at="2024-09-15"),
        ]
    )

    assert street.total("case_count") == (2, None)


def test_shares_by_type_are_counted_over_all_types(street):
    categories = ["婚恋家庭"] * 109 + ["其他"] * 256
    street.write(
        cases=[
            case(i, category=c, result="success", closed_at="2024-09-20")
            for i, c in enumerate(categories)
        ]
    )

    assert street.shares("case_share_by_type", "category") == {
        "其他": (256, 365),
        "婚恋家庭": (109, 365),
    }
    total = street.measure("case_mediation_success").total
    assert (total.numerator, total.denominator, total.high) == (365, 365, 1.0)
    assert 0.98 < total.low < 0.995, "365 of 365 still leaves a bound"


def test_overdue_open_and_nearly_due(street):
    street.write(
        cases=[
            case(1, due_at="2024-09-10 18:00"),
            case(2, due_at="2024-10-26 12:00"),
            case(3, due_at="2024-11-26 12:00"),
            case(4, due_at="2024-09-10 18:00", closed_at="2024-09-30"),
        ]
    )

    assert street.total("case_open", "2024-10") == (3, None)
    assert street.total("case_overdue", "2024-10") == (1, None)
    assert street.total("case_due_48h", "2024-10") == (1, None)
    assert street.total("case_closure_running", "2024-09") == (1, 2)


def test_no_grid_shows_a_dispute(street):
    street.write(cases=[case(1, place="G1"), case(2, place="G1", kind="task")])

    assert street.shares("case_count", "community")["C1"] == (2, None)
    by_grid = street.measure("case_count", by=("grid",)).rows
    assert all(row.hidden and row.numerator is None for row in by_grid)
    assert (
        by_grid[0].reason
        == "描述个人,只在社区及以上公布;只看安全隐患、派遣任务、企业诉求时可以到网格"
    )
    assert street.shares("case_count", "grid", where={"kind": "task"})["G1"] == (1, None)
    assert street.measure("case_count", where={"kind": "dispute", "grid": "G1"}).total.hidden
    assert street.measure("case_count", where={"grid": "G1"}).total.hidden


def test_a_filter_may_be_written_in_words(street):
    street.write(cases=[case(1), case(2, kind="task", place="C2")])

    assert street.total("case_count", where={"kind": "派遣任务"}) == (1, None)
    assert street.total("case_count", where={"community": "养牛社区"}) == (1, None)
