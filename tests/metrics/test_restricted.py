"""The mean wait up to a horizon, by hand and by simulation."""

import numpy as np
import pytest

from metrics.restricted import difference, restricted_mean
from metrics.risk import End


def test_four_orders_worked_by_hand():
    """Closed on days 1, 2 and 4, one last seen open on day 3. S = 3/4 from 1, 1/2 from 2, 0 from 4.
    Area to day 4: 1·1 + 3/4·1 + 1/2·2 = 2.75. Variance: day 1 has (3/4 + 1)²·1/(4·3), day 2 1²·1/(3·2)."""
    found = restricted_mean([End(1, "closed", 1), End(2, "closed", 1), End(3, "open", 1), End(4, "closed", 1)], 4)  # fmt: skip

    assert found.days == pytest.approx(2.75)
    assert found.error**2 == pytest.approx(1.75**2 / 12 + 1 / 6)


def test_without_open_ones_it_is_the_plain_mean_of_waits_cut_at_the_horizon():
    found = restricted_mean([End(10, "closed", 3), End(20, "closed", 1), End(50, "closed", 1)], 30)

    assert found.days == pytest.approx((3 * 10 + 20 + 30) / 5)
    # … and its error that of a mean: the spread of the values over √n.
    assert found.error == pytest.approx(np.std([10, 10, 10, 20, 30]) / np.sqrt(5))


def apart(one, other):
    found = difference(one, other)
    assert found is not None
    return found


def sample(random, mean, n):
    waits, followed = random.exponential(mean, n), random.uniform(20, 60, n)
    ends = [
        End(float(min(wait, seen)), "closed" if wait <= seen else "open", 1)
        for wait, seen in zip(waits, followed, strict=True)
    ]
    return [*ends, End(60.0, "open", 1)]


def true_mean(mean, horizon=30):
    return mean * (1 - np.exp(-horizon / mean))


def test_the_interval_of_a_difference_covers_the_truth_about_95_times_in_100():
    """Of 500 pairs of samples of 120, 95% ± 3 standard errors of √(0.95·0.05/500): 461 to 489."""
    random, covered = np.random.default_rng(11), 0
    truth = true_mean(12) - true_mean(15)
    for _ in range(500):
        found = apart(sample(random, 12, 120), sample(random, 15, 120))
        covered += found.low <= truth <= found.high

    assert 461 <= covered <= 489


def test_equal_groups_are_rarely_told_apart():
    """At 95%, 5% ± 3 standard errors of √(0.05·0.95/500) of 500 pairs: 11 to 39."""
    random = np.random.default_rng(12)

    flagged = sum(
        apart(sample(random, 12, 120), sample(random, 12, 120)).distinct for _ in range(500)
    )

    assert 11 <= flagged <= 39


def test_the_horizon_is_what_both_groups_were_followed_for():
    short = [End(4, "closed", 20), End(12, "open", 5)]
    full = [End(3, "closed", 20), End(40, "closed", 5)]

    assert apart(short, full).horizon == 12
    assert apart(full, full).horizon == 30


@pytest.mark.parametrize(
    "other", [[End(3, "closed", 9)], [End(3, "closed", 20), End(6, "open", 5)], []]
)
def test_too_few_or_too_short_is_no_answer(other):
    assert difference([End(3, "closed", 20), End(40, "closed", 5)], other) is None
