"""Funnels against a published one, exact tails, over-dispersion and shrinkage by hand."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, norm

from metrics import Measurement, Period, Scope, card
from metrics.funnel import Z, funnel, over_dispersion
from metrics.result import Row
from metrics.shrinkage import rates, shares
from metrics.words import cautions

AS_OF = date(2024, 10, 24)
LOWER_IS_BETTER = card("hotline_return")  # a share of things that should not happen
PER_1000 = card("hotline_per_1000")


def drawn(*given) -> Any:
    return funnel(*given)


def measured(metric, units):
    scale = 1000 if metric.unit == "per_thousand" else 1
    rows = tuple(
        Row((name,), (name,), x, n, x / n * scale if n else None) for name, (x, n) in units.items()
    )
    events, base = (sum(pair[at] for pair in units.values()) for at in (0, 1))
    whole = Row((), (), events, base, events / base * scale)
    return Measurement(
        metric, Period.parse("2024-09", AS_OF), Scope.street(), ("unit",), AS_OF, "s", rows
    ), whole


# Deaths within 30 days of open heart operations on children under one year, April 1991 to March 1995,
# as published in the Bristol Royal Infirmary Inquiry and used by Marshall and Spiegelhalter (2007):
# deaths, operations. 397 of 3,319, 12.0%; Bristol 28.7%.
HOSPITALS = {
    "Bristol": (41, 143), "Leicester": (25, 187), "Leeds": (24, 323), "Oxford": (23, 122),
    "Guys": (25, 164), "Liverpool": (42, 405), "Southampton": (24, 239), "Great Ormond St": (53, 482),
    "Newcastle": (26, 195), "Harefield": (25, 177), "Birmingham": (58, 581), "Brompton": (31, 301),
}  # fmt: skip


def test_the_published_funnel_of_heart_surgery_names_bristol_and_nobody_else():
    found = drawn(*measured(LOWER_IS_BETTER, HOSPITALS))

    assert found.centre == pytest.approx(397 / 3319)
    assert found.special == {"Bristol"}
    assert found.statuses["Bristol"].kind == "worse"


@pytest.mark.parametrize("count", range(0, 41))
def test_a_unit_is_named_exactly_where_its_tail_is_below_one_in_a_thousand(count):
    """39 other units hold the value of all at 50%, so that only the exact tail decides."""
    units = {"x": (count, 40)} | {f"u{n}": (20 * 500, 40 * 500) for n in range(40)}
    made, whole = measured(LOWER_IS_BETTER, units)

    named = "x" in drawn(made, whole).special

    tail = min(binom.cdf(count, 40, whole.value), binom.sf(count - 1, 40, whole.value))
    assert named == (tail < norm.sf(Z))


def test_the_limits_can_be_drawn_for_any_size():
    found = drawn(*measured(LOWER_IS_BETTER, {"a": (9, 31), "b": (20, 47)}))

    assert np.isfinite([*found.curve.low, *found.curve.high]).all()


def test_units_of_none_or_few_are_not_judged_and_say_so():
    found = drawn(
        *measured(LOWER_IS_BETTER, {"a": (3, 9), "b": (20, 200), "c": (22, 210), "d": (0, 0)})
    )

    assert {code: each.kind for code, each in found.statuses.items()} == {
        "a": "few", "b": "ordinary", "c": "ordinary", "d": "few",
    }  # fmt: skip


def test_phi_is_the_mean_square_of_winsorised_scores():
    """Spiegelhalter 2005: scores beyond the tenth and ninetieth percentile are pulled in to them. What
    that takes from normal scores is given back, else limits would be too tight by a sixth: with q the
    90% point, 0.8 - 2 q·density(q) + 0.2 q² = 0.68."""
    q = norm.isf(0.1)
    assert 0.8 - 2 * q * norm.pdf(q) + 0.2 * q**2 == pytest.approx(0.68, abs=0.002)
    scores = np.array([-9, -3, -2.5, -2, -1, 0, 1, 2, 2.5, 3, 9.0])

    assert over_dispersion(scores) == pytest.approx((4 * 9 + 2 * 6.25 + 2 * 4 + 2 * 1) / 11 / 0.68)


def test_what_chance_explains_widens_nothing():
    assert over_dispersion(np.array([-1, 1, -1.2, 1.2, 0.5, -0.5])) == 1.0
    assert over_dispersion(np.array([-8, 8.0])) == 1.0


def test_one_far_outlier_among_nine_does_not_hide_behind_its_own_spread():
    units = {"x": (60, 300)} | {f"u{n}": (15, 300) for n in range(8)}

    found = drawn(*measured(LOWER_IS_BETTER, units))

    assert found.phi < 2.1  # with the outlier itself in the mean square it would be 7
    assert found.special == {"x"}


def test_many_comparisons_say_how_many_are_expected_to_mislead():
    units = {f"g{n}": (4, 400) for n in range(110)}

    assert cautions(drawn(*measured(PER_1000, units)), "网格") == [
        "110个网格一起比,即使全都一样,预计也会误报0.2个。"
    ]


def test_a_grid_just_beyond_the_limits_is_spared_among_110_and_not_among_nine():
    """12 where about 4 are expected: one tail of 0.09%, below 0.1%; but of the smallest of 110 chances
    Benjamini and Hochberg ask 0.05 / 110 = 0.045% on both sides."""
    among = {n: {"x": (12, 400)} | {f"g{at}": (39, 4000) for at in range(n - 1)} for n in (9, 110)}

    few, many = (drawn(*measured(PER_1000, among[n])) for n in (9, 110))

    assert few.special == {"x"}
    assert (many.special, many.spared) == (frozenset(), 1)


def test_small_units_shrink_and_large_ones_keep_their_rate():
    events, bases = np.array([5.0, 60, 400, 900]), np.array([5.0, 100, 1000, 1000])

    shrunken = shares(events, bases)

    p, raw = events.sum() / bases.sum(), events / bases
    weight = (shrunken - p) / (raw - p)
    assert list(weight) == sorted(weight)
    assert weight[0] < 0.85 < 0.95 < weight[-1]


def test_equal_units_all_get_the_value_of_all():
    assert list(shares(np.array([19.0, 38, 76]), np.array([20.0, 40, 80]))) == [0.95] * 3
    assert list(rates(np.array([2.0, 4]), np.array([100.0, 200]))) == [0.02] * 2


def test_rates_shrink_by_marshalls_moments():
    """Marshall 1991, global estimator, a second time in pandas."""
    table = pd.DataFrame({"y": [3, 30, 12, 55, 8.0], "n": [200, 900, 800, 1000, 150.0]})
    m = table.y.sum() / table.n.sum()
    raw = table.y / table.n
    a = (table.n * (raw - m) ** 2).sum() / table.n.sum() - m / table.n.mean()

    expected = m + a / (a + m / table.n) * (raw - m)

    assert a > 0
    assert list(rates(table.y.to_numpy(), table.n.to_numpy())) == pytest.approx(list(expected))


def test_a_unit_above_its_own_base_is_high_and_hides_no_other():
    """Parts and base may come from different ledgers: 22 of 20."""
    units = {name: (100, 200) for name in "abcdefgh"} | {"over": (220, 200)}
    found = drawn(*measured(LOWER_IS_BETTER, units))
    assert found.statuses["over"].kind == "worse"
    assert {found.statuses[name].kind for name in "abcdefgh"} == {"ordinary"}
