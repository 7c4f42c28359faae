"""The steps to a quantile end at the least count that reaches it. The tails are scipy's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from metrics.tails import Binomial, Poisson

TAILS = st.sampled_from([0.00135, 0.001, 0.025, 0.5])
NEARLY = 1e-9  # a tail that is met exactly is met on either side of a rounding


def least(law, known, tail):
    """`known` is the same law of scipy."""
    low, high = law.quantile(tail), law.upper_quantile(tail)
    below, above = tail * (1 - NEARLY), tail * (1 + NEARLY)
    assert (known.cdf(low) >= below).all() and (known.cdf(low - 1) < above).all()
    assert (known.sf(high) <= above).all() and (known.sf(high - 1) > below).all()


@given(
    n=st.lists(st.integers(1, 100_000), min_size=1, max_size=20),
    p=st.floats(1e-9, 1, exclude_min=True),
    tail=TAILS,
)
def test_a_binomial_quantile_is_the_least_count_that_reaches_its_tail(n, p, tail):
    least(Binomial(np.array(n, dtype=float), p), binom(n, p), tail)


@given(mean=st.lists(st.floats(1e-3, 50_000), min_size=1, max_size=20), tail=TAILS)
def test_a_poisson_quantile_is_the_least_count_that_reaches_its_tail(mean, tail):
    least(Poisson(np.array(mean)), poisson(mean), tail)


@pytest.mark.parametrize("p", [1e-12, 1 - 1e-12, 1.0])
def test_a_share_of_nearly_none_or_all_has_quantiles(p):
    n = np.array([1.0, 7.0, 1e5])

    assert Binomial(n, p).quantile(0.001).tolist() == binom.ppf(0.001, n, p).tolist()
    assert Binomial(n, p).upper_quantile(0.001).tolist() == binom.isf(0.001, n, p).tolist()
