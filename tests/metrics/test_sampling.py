"""Acceptance sampling for claims of 100%, against published numbers and scipy's hypergeometric."""

import pytest
from scipy.stats import beta, binom, hypergeom

from metrics.sampling import checks_needed, conclude, draw, failure_bound, finding, supports, upper


@pytest.mark.parametrize(("share", "checks"), [(0.99, 299), (0.95, 59), (0.98, 149), (0.90, 29)])
def test_the_published_numbers_of_checks_without_a_miss(share, checks):
    """The zero-failure tables of success-run sampling (n = ln(1 - C) / ln R): 299 checks for 99% at 95%
    confidence, 149 for 98%, 59 for 95%, 29 for 90%."""
    assert checks_needed(share) == checks
    assert share**checks <= 0.05 < share ** (checks - 1)


def test_the_two_powers_that_the_numbers_stand_on():
    assert round(0.99**299, 4) == 0.0495
    assert round(0.95**59, 4) == 0.0485


@pytest.mark.parametrize("size", [8, 59, 110, 365, 1_000, 20_000])
@pytest.mark.parametrize("share", [0.95, 0.98, 0.99])
def test_in_a_register_it_is_the_smallest_number_that_cannot_miss_a_false_claim(size, share):
    checks = checks_needed(share, size)
    wrong = next(n for n in range(size + 1) if (size - n) / size < share - 1e-12)

    assert hypergeom.pmf(0, size, wrong, checks) <= 0.05
    assert checks == 1 or hypergeom.pmf(0, size, wrong, checks - 1) > 0.05
    assert checks <= min(size, checks_needed(share))


def test_a_few_hundred_need_fewer_than_a_process_without_end():
    assert checks_needed(0.99, 365) == 192 < 299
    assert checks_needed(0.95, 365) == 52 < 59


def test_365_of_365_leave_a_bound_of_failure():
    """One-sided 95%: 1 - 0.05 ** (1 / 365); the rule of three gives 3 / 365 = 0.82% too."""
    assert failure_bound(365) == pytest.approx(1 - 0.05 ** (1 / 365), rel=1e-9)
    assert round(failure_bound(365), 4) == 0.0082
    assert round(3 / 365, 4) == 0.0082
    assert binom.pmf(0, 365, failure_bound(365)) == pytest.approx(0.05)


@pytest.mark.parametrize(("checked", "failed"), [(59, 0), (59, 1), (100, 7), (30, 30)])
def test_without_a_register_the_interval_is_that_of_clopper_and_pearson(checked, failed):
    found = conclude(checked, failed)
    passed = checked - failed

    assert found.upper == pytest.approx(beta.ppf(0.95, failed + 1, passed) if passed else 1)
    assert found.low == pytest.approx(beta.ppf(0.025, failed, passed + 1) if failed else 0)
    assert found.high == pytest.approx(beta.ppf(0.975, failed + 1, passed) if passed else 1)
    assert found.at_most is None


@pytest.mark.parametrize(("size", "checked", "failed"), [(365, 59, 0), (365, 192, 0), (365, 53, 2), (40, 40, 3), (10, 1, 1)])  # fmt: skip
def test_in_a_register_no_more_are_wrong_than_the_check_would_have_shown(size, checked, failed):
    found = conclude(checked, failed, size)

    assert found.at_most is not None
    assert hypergeom.cdf(failed, size, found.at_most, checked) > 0.05
    if found.at_most < size - (checked - failed):
        assert hypergeom.cdf(failed, size, found.at_most + 1, checked) <= 0.05
    assert failed <= found.at_most <= size - (checked - failed)
    assert found.upper == found.at_most / size


def test_checking_everything_leaves_nothing_open():
    assert conclude(365, 0, 365).at_most == 0
    assert conclude(365, 4, 365).at_most == 4


def test_the_bound_holds_in_nineteen_of_twenty_samples():
    """Of 365 cases 11 are wrong. Over every outcome of a check of 59, weighed by how likely it is, the
    bound covers the truth at least 95% of the time: that is what exact means."""
    covered = sum(
        hypergeom.pmf(failed, 365, 11, 59)
        for failed in range(12)
        if (conclude(59, failed, 365).at_most or 0) >= 11
    )
    assert covered >= 0.95


def test_a_plan_keeps_its_promise():
    """So many checks without a miss support the claim they were planned for."""
    for size in (50, 365, 2_000):
        for share in (0.95, 0.99):
            found = conclude(checks_needed(share, size), 0, size)
            assert supports(found, share)
            assert not supports(conclude(found.checked, 1, size), share)


def test_the_finding_is_a_sentence_whose_bound_is_rounded_up():
    assert finding(conclude(59, 0), "件") == "抽查59件,0件不属实:不属实率上限4.96%(95%)"
    assert finding(conclude(365, 2, 365), "件", 365) == (
        "抽查365件,2件不属实:365件中不属实的至多2件,不属实率上限0.55%(95%)"
    )
    assert upper(failure_bound(365)) == "0.82%"
    assert upper(0.05) == "5.00%"


def test_the_same_seed_draws_the_same_positions_and_another_seed_others():
    first = draw(365, 59, "20241024/1")

    assert first == draw(365, 59, "20241024/1") == sorted(set(first))
    assert len(first) == 59
    assert set(first) <= set(range(1, 366))
    assert first != draw(365, 59, "20241024/2")
    assert draw(5, 9, "x") == [1, 2, 3, 4, 5]


def test_every_position_is_drawn_as_often_as_any_other():
    """2,000 seeds draw 20 of 100 each: 400 are expected at every position. A count is hypergeometric
    within a draw, binomial over draws: standard deviation sqrt(2000 * 0.2 * 0.8) = 17.9; the largest of
    100 stays within 4.5 of them with probability 0.9993."""
    counts = dict.fromkeys(range(1, 101), 0)
    for seed in range(2_000):
        for position in draw(100, 20, f"s{seed}"):
            counts[position] += 1

    assert max(abs(count - 400) for count in counts.values()) < 4.5 * 17.9
