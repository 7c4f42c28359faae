"""Every card is worked out on its five rows by the scan that works out the real numbers."""

from pathlib import Path

import pytest

from metrics import Snapshot, cards, current_snapshot
from metrics.example import example

# (what each row adds to the numerator, to the denominator; the value), counted by hand from the rows.
BY_HAND = {
    "hotline_on_time_due": ([1, 0, 0, 0, 0], [1, 1, 0, 0, 1], 1 / 3),
    "hotline_closure_running": ([1, 1, 0, 0, 0], [1, 1, 0, 0, 1], 2 / 3),
    "hotline_confirmation": ([1, 0, 0, 0, 0], [1, 1, 0, 0, 0], 1 / 2),
    "hotline_not_repeated_30": ([1, 0, 0, 0, 0], [1, 1, 0, 0, 0], 1 / 2),
    "hotline_return": ([0, 0, 0, 1, 0], [1, 1, 1, 1, 1], 1 / 5),
    "case_on_time_due": ([1, 0, 0, 0, 0], [1, 1, 0, 1, 0], 1 / 3),
    "case_mediation_success": ([1, 0, 0, 0, 0], [1, 1, 1, 0, 0], 1 / 3),
    "case_resolution": ([1, 1, 0, 0, 0], [1, 1, 1, 0, 0], 2 / 3),
    "case_confirmation": ([1, 0, 0, 0, 0], [1, 1, 0, 0, 0], 1 / 2),
    "activity_monthly_compliance": ([1, 1, 0, 1, 1], [1, 1, 1, 1, 1], 4 / 5),
    "coverage_known": ([78, 60, None, 93, None], [80, 60, None, 90, None], 231 / 230),
    "grid_staffing": ([0, 1, 1, 0, 0], [0, 1, 1, 1, 0], 2 / 3),
    "diary_handled": ([29, 20, 21, None, 0], [30, 20, 25, None, 0], 70 / 75),
}


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


@pytest.mark.parametrize("metric", cards())
def test_what_the_five_rows_add_makes_the_whole(metric, street):
    made = example(cards()[metric], street)

    assert len(made.lines) == 5
    assert made.total.numerator == sum(line.numerator or 0 for line in made.lines)
    if any(line.denominator for line in made.lines):
        assert made.total.denominator == sum(line.denominator or 0 for line in made.lines)
    assert len(made.lines[0].cells) > 1


@pytest.mark.parametrize("metric", BY_HAND)
def test_an_example_says_what_a_reader_counts(metric, street):
    numerators, denominators, value = BY_HAND[metric]

    made = example(cards()[metric], street)

    assert [line.numerator for line in made.lines] == numerators
    assert [line.denominator for line in made.lines] == denominators
    assert made.total.value == pytest.approx(value)


def test_nothing_of_an_example_reaches_the_real_numbers(street):
    before = street.query("SELECT count(*) FROM hotline")

    example(cards()["hotline_volume"], street)

    assert street.query("SELECT count(*) FROM hotline") == before
    assert street.query("SELECT count(*) FROM hotline WHERE order_no = '例1'") == [(0,)]
