"""What the status promises, kept by simulation: equal units, equal months, one that is truly worse.

Seeds are fixed. Each band is worked out from theory in the test that uses it; where a rate is simulated,
the band is the theoretical rate plus three standard errors of the simulation.
"""

from dataclasses import replace
from datetime import date
from math import sqrt
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, norm

from metrics import Measurement, Period, Scope, card, intervals
from metrics.funnel import BEYOND, Z, funnel
from metrics.period import add_months
from metrics.phase import Unit, fit, points
from metrics.result import Row

AS_OF = date(2040, 1, 1)
SEPTEMBER = Period.parse("2024-09", AS_OF)
ON_TIME, PER_1000 = card("hotline_on_time_due"), card("hotline_per_1000")


def judged(metric, events, bases) -> Any:
    """A funnel of units, as a page would ask for it."""
    scale = 1000 if metric.unit == "per_thousand" else 1
    rows = tuple(
        Row((f"u{at}",), (f"第{at}单位",), int(x), int(n), x / n * scale)
        for at, (x, n) in enumerate(zip(events, bases, strict=True))
    )
    whole = Row((), (), int(sum(events)), int(sum(bases)), sum(events) / sum(bases) * scale)
    made = Measurement(metric, SEPTEMBER, Scope.street(), ("unit",), AS_OF, "s", rows)
    return funnel(made, whole)


def fitted(*given) -> Any:
    return fit(*given)


def within(found, judgements, promised):
    """Not more than promised, up to three standard errors."""
    return found <= judgements * promised + 3 * sqrt(judgements * promised)


def test_nine_equal_communities_are_flagged_no_more_than_the_limits_promise():
    """400 months of nine communities at 95% with 40 cases each. The exact limits leave at most 0.1% at
    either side: at most 7.2 of 3,600 by theory, 15 with three standard errors. Ranked instead, one of
    them would be last every month."""
    rng = np.random.default_rng(20240901)
    flagged = sum(
        len(judged(ON_TIME, rng.binomial(40, 0.95, 9), [40] * 9).special) for _ in range(400)
    )

    assert within(flagged, 3600, BEYOND)


def test_110_equal_grids_are_flagged_no_more_than_the_limits_promise():
    """100 months of 110 grids of 200 to 500 people with the same rate. By theory at most 0.2 grids a
    month lie beyond the limits, which is what the page says; after the correction for 110 comparisons
    a month has any at all in at most 5%."""
    rng = np.random.default_rng(110)
    people = rng.integers(200, 501, 110)
    months = [judged(PER_1000, rng.poisson(people * 0.011), people) for _ in range(100)]

    assert within(sum(len(each.special) + each.spared for each in months), 11_000, BEYOND)
    assert within(sum(bool(each.special) for each in months), 100, 0.05)


def test_equal_grids_are_not_all_silent_either():
    """The limits are not merely wide. A grid with 3.85 expected has exact tails that add to 0.03% to
    0.2%; at one sigma wider limits nothing would be found in 11,000. Counted with larger numbers, where
    the tails are nearly full: nine units of 4,000 cases, 0.2% by theory, 1,000 months."""
    rng = np.random.default_rng(9)
    flagged = 0
    for _ in range(1000):
        events = rng.binomial(4000, 0.8, 9)
        flagged += len(judged(replace(ON_TIME, direction="none"), events, [4000] * 9).special)

    # The units move the value of all, which takes a ninth of their variance: z 3.09 becomes 3.28.
    theory = 9000 * 2 * norm.sf(Z / sqrt(8 / 9))
    assert theory - 3 * sqrt(theory) <= flagged <= theory + 3 * sqrt(theory)


def test_one_truly_worse_community_is_found_as_often_as_its_size_allows():
    """One community at 75% among eight at 95%, 60 cases each. Against the value of all (92.8%) the exact
    lower limit leaves the power that the binomial distribution of the worse one gives."""
    rng = np.random.default_rng(80)
    months, found = 400, 0
    for _ in range(months):
        events = rng.binomial(60, [0.75, *[0.95] * 8])
        found += judged(ON_TIME, events, [60] * 9).statuses["u0"].kind == "worse"

    centre = (0.75 + 8 * 0.95) / 9
    edge = binom.ppf(norm.sf(Z), 60, centre) - 1  # the largest count that is flagged
    power = binom.cdf(edge, 60, 0.75)
    assert power > 0.6
    # The centre itself moves by a case or so from month to month.
    assert abs(found / months - power) < 3 * sqrt(power * (1 - power) / months) + 0.06


def test_one_truly_worse_grid_is_found_among_110():
    """Five times the rate of the others in a grid of 500 people: 27 expected where 5.5 would be."""
    rng = np.random.default_rng(5)
    people = np.full(110, 500)
    rates = np.array([0.055, *[0.011] * 109])

    found = [judged(PER_1000, rng.poisson(people * rates), people) for _ in range(40)]

    assert sum("u0" in each.special for each in found) == 40


def test_equal_units_that_vary_more_than_chance_are_not_flagged_for_it():
    """30 communities whose true rates scatter about one value (beta, phi about 3), none of them special.
    Poisson-binomial limits would flag about 7%: 2·P(z > 3.09/√3). Widened by phi, no more than three
    times the promised 0.2%: phi is estimated from 30, with a standard error of a quarter, and limits a
    quarter too tight flag 0.8%."""
    rng = np.random.default_rng(30)
    flagged = naive = 0
    for _ in range(200):
        bases = rng.integers(150, 450, 30)
        events = rng.binomial(bases, rng.beta(0.8 * 150, 0.2 * 150, 30))
        flagged += len(judged(replace(ON_TIME, direction="none"), events, bases).special)
        p = events.sum() / bases.sum()
        naive += (abs(events / bases - p) > Z * np.sqrt(p * (1 - p) / bases)).sum()

    assert naive / 6000 > 0.05
    assert within(flagged, 6000, 3 * BEYOND)


MONTHS = [Period.of("month", add_months(date(2020, 1, 1), at), AS_OF) for at in range(21)]


def of_counts(rng, mean, phi):
    size = mean / (phi - 1) if phi > 1 else None
    counts = rng.negative_binomial(size, 1 / phi, 21) if size else rng.poisson(mean, 21)
    return [
        Unit(m.code, m, c / m.days, m.days, m.days) for m, c in zip(MONTHS, counts, strict=True)
    ]


def of_shares(rng, n, p):
    bases = rng.integers(int(n * 0.7), int(n * 1.3), 21)
    events = rng.binomial(bases, p)
    return [
        Unit(m.code, m, x / k, float(k), 1.0) for m, x, k in zip(MONTHS, events, bases, strict=True)
    ]


def of_means(rng, mean, one):
    return [
        Unit(m.code, m, v, 1.0, 1.0) for m, v in zip(MONTHS, rng.normal(mean, one, 21), strict=True)
    ]


# With limits that are known: 0.27% beyond three sigma, 0.20% for two of three beyond two, 0.78% for
# eight on one side.
KNOWN = 2 * norm.sf(3) + 2 * norm.sf(2) * (1 - (1 - norm.sf(2)) ** 2) + 2 * 0.5**8


@pytest.mark.parametrize(
    ("kind", "draw", "times"),
    [
        ("u", lambda rng: of_counts(rng, 400, 1), 1),
        ("u", lambda rng: of_counts(rng, 400, 4), 2),
        ("u", lambda rng: of_counts(rng, 1, 1), 1),
        ("p", lambda rng: of_shares(rng, 400, 0.93), 1),
        ("p", lambda rng: of_shares(rng, 30, 0.93), 1),
        ("xmr", lambda rng: of_means(rng, 100, 10), 2),
    ],
    ids=["counts", "counts beyond chance", "rare counts", "shares", "small shares", "means"],
)
def test_a_month_like_the_others_is_called_special_in_about_one_of_a_hundred(kind, draw, times):
    """A tile does not cry wolf. The 21st month of a stable series against its first 20, 500 series.

    By theory 1.26% with known limits; the spread of counts beyond chance and of means has to be learnt
    from 20 months, which about doubles it. Found with 2,000 series each: counts 0.3%, counts beyond
    chance 2.1%, rare counts 0.2%, shares 0.4%, small shares 0.3%, means 1.7%."""
    rng = np.random.default_rng(1)
    special = 0
    for _ in range(500):
        units = draw(rng)
        special += points(units, fitted(kind, units[:20]))[-1].test.side is not None

    assert within(special, 500, times * KNOWN)


def test_a_true_deterioration_is_found_within_the_month():
    """From 93% to 83% with 400 cases: 3 sigma is 3.8 points, so almost always."""
    rng = np.random.default_rng(2)
    found = 0
    for _ in range(100):
        units = of_shares(rng, 400, 0.93)
        last = replace(
            units[-1], value=rng.binomial(int(units[-1].exposure), 0.83) / units[-1].exposure
        )
        found += points([*units[:-1], last], fitted("p", units[:20]))[-1].test.side == "low"

    assert found >= 97


def coverage(interval, n, p):
    """Exact: the probability of the counts whose interval holds the truth."""
    counts = np.arange(n + 1)
    holds = [low <= p <= high for low, high in (interval(int(x), n) for x in counts)]
    return float(binom.pmf(counts, n, p)[holds].sum())


@pytest.mark.parametrize("n", [20, 40, 120])
def test_wilson_covers_about_as_promised_and_the_exact_interval_never_less(n):
    """Over shares from 5% to 99%: Wilson 95% on average and never far below (Brown, Cai and DasGupta
    2001), Clopper and Pearson at least 95% everywhere."""
    shares = np.linspace(0.05, 0.99, 48)
    wilson = np.array([coverage(intervals.wilson, n, p) for p in shares])
    exact = np.array([coverage(intervals.exact, n, p) for p in shares])

    assert 0.945 <= wilson.mean() <= 0.965
    assert wilson.min() > 0.83
    assert exact.min() >= 0.95
