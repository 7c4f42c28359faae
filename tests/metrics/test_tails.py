"""The steps to a quantile end where the inverted tail does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from metrics.tails import Binomial, Poisson

TAILS = st.sampled_from([0.00135, 0.001, 0.025, 0.5])


@given(
    n=st.lists(st.integers(1, 100_000), min_size=1, max_size=20),
    p=st.floats(1e-9, 1, exclude_min=True),
    tail=TAILS,
)
def test_a_binomial_quantile_is_that_of_the_inverted_tail(n, p, tail):
    law = Binomial(np.array(n, dtype=float), p)

    assert law.quantile(tail).tolist() == binom.ppf(tail, n, p).tolist()
    assert law.upper_quantile(tail).tolist() == binom.isf(tail, n, p).tolist()


@given(mean=st.lists(st.floats(1e-3, 50_000), min_size=1, max_size=20), tail=TAILS)
def test_a_poisson_quantile_is_that_of_the_inverted_tail(mean, tail):
    law = Poisson(np.array(mean))

    assert law.quantile(tail).tolist() == poisson.ppf(tail, mean).tolist()
    assert law.upper_quantile(tail).tolist() == poisson.isf(tail, mean).tolist()


@pytest.mark.parametrize("p", [1e-12, 1 - 1e-12, 1.0])
def test_a_share_of_nearly_none_or_all_has_quantiles(p):
    n = np.array([1.0, 7.0, 1e5])

    assert Binomial(n, p).quantile(0.001).tolist() == binom.ppf(0.001, n, p).tolist()
    assert Binomial(n, p).upper_quantile(0.001).tolist() == binom.isf(0.001, n, p).tolist()
