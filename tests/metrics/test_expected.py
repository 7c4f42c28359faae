"""The range for next month: it holds as often as it says, and knows the season and what is too little."""

from datetime import datetime

import numpy as np

from metrics.expected import _check, _foretell, outlook

NAMES = [(9 + n) % 12 + 1 for n in range(37)]  # October to October, three years on
WEIGHTS = np.full(37, 30.0)


def months_of(street, *, per_month=20, months=14, place="C1"):
    """Orders on the first days of each month up to September 2024."""
    rows = []
    for n in range(months):
        count = 2024 * 12 + 8 - n
        rows += [
            {"order_no": f"{n}-{i}", "accepted_at": datetime(count // 12, count % 12 + 1, 1 + i % 28, 9), "place": place, "category": "A"}
            for i in range(per_month)
        ]  # fmt: skip
    return street.write(hotline=rows)


def test_next_month_is_foretold_by_category_and_community(street):
    snapshot = months_of(street)
    found = outlook(snapshot, "category")

    assert (found.month.code, found.past) == ("2024-11", 14)
    (only,) = found.ranges
    assert only.low <= only.expected <= only.high and 15 < only.expected < 26
    assert only.year_ago == 20
    assert outlook(snapshot, "community").ranges[0].label == "吉麟社区"


def test_few_orders_a_short_past_and_an_empty_street_foretell_nothing(street):
    assert outlook(street.write(), "category").ranges == ()
    thin = outlook(months_of(street, per_month=0, months=1), "category")
    assert (thin.ranges, thin.check) == ((), None)
    short = outlook(months_of(street, per_month=9, months=3), "category")
    assert (short.ranges, short.past) == ((), 3)


def test_a_month_that_always_brings_more_is_expected_to():
    counts = np.array([[120.0 if name == 10 else 40.0 for name in NAMES[:-1]]])
    expected, low, high = _foretell(counts, WEIGHTS, NAMES)

    assert 90 < expected[0] < 150 and low[0] > 50 and high[0] < 220


def test_january_and_february_are_one_season():
    """The festival fell into January once and into February twice: neither month is foretold from itself."""
    names = [*NAMES[:-1], 2]
    counts = np.array([[{1: 20.0, 2: 60.0}.get(name, 40.0) for name in names[:-1]]])

    assert 30 < _foretell(counts, WEIGHTS, names)[0][0] < 50


def test_the_range_holds_in_four_months_of_five_and_misses_less_than_last_year():
    draw = np.random.default_rng(5)
    season = np.array([50 + 25 * (name in (6, 7, 8)) for name in NAMES[:-1]])
    counts = draw.poisson(season * draw.gamma(60, 1 / 60, (40, 36))).astype(float)
    found = _check(counts, WEIGHTS, NAMES)

    assert found is not None and found.months == 12
    assert 0.75 <= found.held <= 0.93
    assert (found.miss or 99) < (found.naive_miss or 0)
