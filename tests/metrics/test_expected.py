"""The range for next month: it holds as often as it says, and knows the season and what is too little."""

import sys
from datetime import datetime

import numpy as np
import pytest

from metrics import current_snapshot
from metrics.expected import outlook
from metrics.hindsight import check, ranges

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


def foretold(counts, names=NAMES):
    found = ranges(counts, WEIGHTS, names)
    return found.expected[0], found.low[0], found.high[0]


def test_a_month_that_always_brings_more_is_expected_to():
    counts = np.array([[120.0 if name == 10 else 40.0 for name in NAMES[:-1]]])
    expected, low, high = foretold(counts)

    assert 90 < expected < 150 and low > 50 and high < 220


def test_january_and_february_are_one_season():
    """The festival fell into January once and into February twice: neither month is foretold from itself."""
    names = [*NAMES[:-1], 2]
    counts = np.array([[{1: 20.0, 2: 60.0}.get(name, 40.0) for name in names[:-1]]])

    assert 30 < foretold(counts, names)[0] < 50


WORLDS = {
    "chance alone": lambda draw, shape: 1,
    "months vary by half": lambda draw, shape: draw.gamma(4, 1 / 4, shape),
    "months vary by half, lognormal": lambda draw, shape: draw.lognormal(-0.1116, 0.4724, shape),
    "bursts in one month of 25": lambda draw, shape: np.where(draw.random(shape) < 0.04, 4, 1),
}


@pytest.mark.parametrize("world", WORLDS)
def test_the_range_holds_as_often_as_it_says(world):
    """Small and large series, 12 months of 20 series in ten streets each: a standard error of about 1%."""
    draw = np.random.default_rng(5)
    found = []
    for _ in range(10):
        mean = np.repeat(draw.lognormal(2.5, 1, (20, 1)), 24, axis=1)
        counts = draw.poisson(mean * WORLDS[world](draw, mean.shape)).astype(float)
        if one := check(counts, WEIGHTS[:25], NAMES[:24]):
            found.append(one)
    assert len(found) == 10
    held, due = (np.mean([getattr(each, name) for each in found]) for name in ("held", "due"))

    assert 0.8 <= due <= 0.84, "whole numbers hold a little more than 80%"
    assert abs(held - due) < 0.03, f"{held:.3f} held, {due:.3f} due"
    assert sum(each.miss or 99 for each in found) < sum(each.naive_miss or 0 for each in found)


@pytest.mark.parametrize("by", ["category", "community"])
def test_the_range_holds_on_the_sample_as_often_as_it_says(sample, by):
    """21 categories and 9 communities over 12 months: a standard error of 2.4% and 3.8%."""
    found = outlook(current_snapshot(sample), by).check
    assert found is not None and found.naive_held is not None
    sys.stdout.write(
        f"{by}: {found.held:.1%} held, {found.due:.1%} due; last year's month {found.naive_held:.1%}\n"
    )
    assert found.months == 12
    assert abs(found.held - found.due) < 0.06
    assert found.naive_held < found.held
    assert (found.miss or 99) < (found.naive_miss or 0)
