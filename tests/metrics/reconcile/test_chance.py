"""How strong the evidence is: known rules are found, unrelated numbers are not taken for one.

The seeds are fixed. A claim promises fewer than 0.05 chance fits expected, so of unrelated columns at
most one in twenty may be claimed; the bands below add three binomial standard deviations to that.
"""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.reconcile.evidence import CLAIM, weigh
from metrics.reconcile.rates import explain
from metrics.reconcile.sheet import build

TABLES = 300


def made(counts, rates, digits):
    """A sheet of counts, one column each, and one column of rates in percent."""
    headers = ["单位", *(f"数{n}" for n in range(counts.shape[1])), "某率"]
    rows = [
        [f"单位{n}", *map(str, counts[n]), f"{rates[n]:.{digits}f}%"] for n in range(len(counts))
    ]
    return build(headers, rows)


RULES = {
    "数0÷数1": lambda x: x[:, 0] / x[:, 1],
    "1−数2÷数1": lambda x: 1 - x[:, 2] / x[:, 1],
    "(数3−数4)÷数4": lambda x: x[:, 3] / x[:, 4] - 1,
    "数0÷数0各行之和": lambda x: x[:, 0] / x[:, 0].sum(),
    "数0÷(数0+数2)": lambda x: x[:, 0] / (x[:, 0] + x[:, 2]),
    "(数0+数2)÷数1": lambda x: (x[:, 0] + x[:, 2]) / x[:, 1],
    "数2÷(数1−数0)": lambda x: x[:, 2] / (x[:, 1] - x[:, 0]),
}


def equal(one, other):
    """The same rule in other words: (a−b)÷b and a÷b−1, (x+y)÷z and (y+x)÷z give the same numbers."""
    return np.allclose(one, other, atol=1e-12)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), rows=st.integers(5, 14))
def test_a_table_made_by_a_known_rule_is_explained_by_it(rule, seed, rows):
    draw = np.random.default_rng(seed)
    whole = draw.integers(400, 4000, rows)
    part = (whole * draw.uniform(0.2, 0.6, rows)).astype(int)
    other = ((whole - part) * draw.uniform(0.2, 0.9, rows)).astype(int)
    now, before = draw.integers(300, 3000, rows), draw.integers(300, 3000, rows)
    counts = np.column_stack([part, whole, other, now, before])
    rates = RULES[rule](counts)

    (account,) = explain(made(counts, rates * 100, 2))

    assert account.fits, rule
    assert account.best is not None
    assert account.best.matched.all()
    assert account.best.mode == "half"
    sheet = made(counts, rates * 100, 2)
    assert any(equal(fit.definition.value(sheet), rates) for fit in account.fits)
    assert account.best.evidence.claims


@pytest.mark.parametrize(("rows", "digits"), [(3, 0), (4, 0), (6, 0), (3, 1), (5, 1), (4, 2)])
def test_unrelated_numbers_are_claimed_no_more_often_than_is_said(rows, digits):
    draw = np.random.default_rng(7 * rows + digits)
    claimed = 0
    for _ in range(TABLES):
        counts = draw.integers(5, 900, (rows, 6))
        (account,) = explain(made(counts, draw.uniform(3, 97, rows), digits))
        claimed += any(fit.evidence.claims for fit in (*account.fits, *account.near))

    assert claimed <= TABLES * CLAIM + 3 * sqrt(TABLES * CLAIM * (1 - CLAIM))


def test_rates_close_to_each_other_prove_less_than_rates_far_apart():
    every = np.ones(5, bool)
    near = weigh(np.array([98.0, 99.0, 98.0, 97.0, 99.0]), 1, 12, 100, 0, every)
    apart = weigh(np.array([9.0, 41.0, 73.0, 55.0, 28.0]), 1, 12, 100, 0, every)

    assert not near.claims
    assert apart.claims
    assert near.chance > 1000 * apart.chance


@pytest.mark.parametrize("rows", [1, 2])
def test_one_or_two_rows_of_whole_percents_never_name_a_definition(rows):
    counts = np.array([[13, 29], [48, 61]])[:rows]
    rates = counts[:, 0] / counts[:, 1] * 100

    (account,) = explain(made(counts, rates, 0))

    assert account.best is not None
    assert account.best.definition.words == "数0÷数1"
    assert not account.best.evidence.claims
    assert "证据不足" in account.best.evidence.words


def test_rows_of_a_hundred_percent_tell_nothing_of_the_base():
    found = weigh(np.array([100.0, 100.0, 100.0, 0.0]), 0.01, 6, 100, 2, np.ones(4, bool))

    assert (found.telling, found.claims) == (0, False)
    assert "看不出分母" in found.words
