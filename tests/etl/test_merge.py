import itertools

import pytest
from archives import new_archive
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.merge import Outcome

ORDER = {"order_no": "G1", "accepted_at": "2024-03-01 09:00"}
CLOSED = ORDER | {"closed_at": "2024-03-04 10:00"}
RATED = CLOSED | {"visited_at": "2024-03-06 10:00", "satisfaction": "satisfied"}


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "data") as archive:
        yield archive


def test_a_new_key_is_loaded_and_the_same_record_again_is_unchanged(archive):
    assert archive.keep("hotline", ORDER) == Outcome(1, 0, 0, 0)
    assert archive.keep("hotline", ORDER) == Outcome(0, 0, 1, 0)


def test_a_later_export_updates_earlier_orders_and_an_older_one_does_not(archive):
    archive.keep("hotline", CLOSED)

    assert archive.keep("hotline", RATED) == Outcome(0, 1, 0, 0)
    assert archive.keep("hotline", ORDER) == Outcome(0, 0, 1, 0)
    assert archive.latest("hotline", "satisfaction") == [("satisfied",)]


def test_a_key_repeated_in_one_file_counts_once_and_its_newest_row_stands(archive):
    assert archive.keep("hotline", CLOSED, ORDER, CLOSED) == Outcome(1, 0, 0, 2)
    assert archive.latest("hotline", "order_no, closed_at IS NOT NULL") == [("G1", True)]


def test_where_no_time_tells_a_settled_case_is_newer_than_an_ongoing_one(archive):
    case = {"case_no": "A1", "reported_at": "2024-01-01", "kind": "dispute"}
    archive.keep("cases", case | {"result": "success"})

    assert archive.keep("cases", case | {"result": "ongoing"}) == Outcome(0, 0, 1, 0)
    assert archive.latest("cases", "result") == [("success",)]


def test_a_value_that_was_empty_and_is_now_filled_is_an_update(archive):
    archive.keep("hotline", ORDER)

    assert archive.keep("hotline", ORDER | {"on_time": True}) == Outcome(0, 1, 0, 0)
    assert archive.keep("hotline", ORDER) == Outcome(0, 0, 1, 0)


def test_any_order_of_exports_ends_in_the_same_state(tmp_path):
    exports = [
        [ORDER, {"order_no": "G2", "accepted_at": "2024-03-02"}],
        [
            CLOSED | {"unit": "住建局"},
            {"order_no": "G2", "accepted_at": "2024-03-02", "unit": "甲"},
        ],
        [
            CLOSED | {"unit": "城管局"},
            {"order_no": "G2", "accepted_at": "2024-03-02", "unit": "乙"},
        ],
    ]
    states = []
    for number, arrangement in enumerate(itertools.permutations(exports)):
        with new_archive(tmp_path / str(number)) as archive:
            for rows in arrangement:
                archive.keep("hotline", *rows)
            states.append(archive.latest("hotline", "order_no, closed_at, unit"))

    assert all(state == states[0] for state in states)


def test_of_a_ledger_the_file_loaded_last_stands(archive):
    month = {"month": "2024-09-01", "community": "A", "grid": "A01", "key_group": "disabled"}
    archive.keep("coverage", month | {"known": 9, "visited": 9})

    assert archive.keep("coverage", month | {"known": 4}) == Outcome(0, 1, 0, 0)
    assert archive.latest("coverage", "known, visited") == [(4, None)]


def test_ledger_and_population_of_an_area_complete_each_other(archive):
    archive.keep("areas", {"code": "A", "name": "清溪社区", "level": "community"})

    assert archive.keep("areas", {"code": "A", "residents": 900}) == Outcome(0, 1, 0, 0)
    assert archive.keep("areas", {"code": "A", "residents": 900}) == Outcome(0, 0, 1, 0)
    archive.publish()
    assert archive.rows("SELECT name, residents FROM areas") == [("清溪社区", 900)]


def test_the_other_half_of_an_area_in_the_same_file_is_a_duplicate_that_still_counts(archive):
    outcome = archive.keep(
        "areas", {"code": "A", "name": "清溪社区"}, {"code": "A", "residents": 900}
    )

    archive.publish()
    assert outcome == Outcome(1, 0, 0, 1)
    assert archive.rows("SELECT name, residents FROM areas") == [("清溪社区", 900)]


rows = st.builds(
    lambda key, closed, unit: {
        "order_no": key,
        "accepted_at": "2024-01-01",
        "closed_at": closed,
        "unit": unit,
    },
    st.sampled_from(["G1", "G2", "G3", "G4"]),
    st.sampled_from([None, "2024-01-02", "2024-01-03"]),
    st.sampled_from([None, "甲", "乙"]),
)


@settings(
    max_examples=12,
    deadline=None,
)
@given(st.lists(st.lists(rows, max_size=8), min_size=1, max_size=4))
def test_the_equation_holds_and_one_record_of_a_key_leads(tmp_path_factory, files):
    with new_archive(tmp_path_factory.mktemp("a")) as archive:
        for file in files:
            outcome = archive.keep("hotline", *file)
            assert sum(vars(outcome).values()) == len(file)
        leads = archive.latest("hotline", "order_no")

        assert leads == sorted({(row["order_no"],) for file in files for row in file})
