"""Whether a service changed the demand it is about: recovered where planted, quiet where there is nothing."""

import numpy as np
import pytest
import statsmodels.api as sm

from metrics.effect import Estimate, effect, estimate, judged

COMMUNITIES, MONTHS = 9, 20


def world(random, shift=0.0):
    """Communities of different level, months that rise and fall, and visits to a third of all cells."""
    served = (random.random((COMMUNITIES, MONTHS)) < 0.35).astype(float)
    level = random.uniform(1, 3, (COMMUNITIES, 1)) + random.normal(0, 0.5, (1, MONTHS))
    return level + shift * served + random.normal(0, 0.4, served.shape), served


def by_statsmodels(y, x):
    community, month = (axis.ravel() for axis in np.indices(y.shape))
    dummies = [
        x.ravel(),
        *(community == c for c in range(COMMUNITIES)),
        *(month == m for m in range(1, MONTHS)),
    ]
    design = np.column_stack(dummies).astype(float)
    fit = sm.OLS(y.ravel(), design).fit(
        cov_type="cluster", cov_kwds={"groups": community}, use_t=True
    )
    return fit.params[0], fit.conf_int()[0], fit.pvalues[0]


@pytest.mark.parametrize("shift", [0.0, -0.4])
def test_estimate_interval_and_chance_are_those_of_statsmodels(shift):
    for seed in range(5):
        y, x = world(np.random.default_rng(seed), shift)
        ours = estimate(y, x)
        beta, interval, p = by_statsmodels(y, x)
        assert (ours.value, ours.low, ours.high) == pytest.approx((beta, *interval), rel=1e-6)
        assert ours.p == pytest.approx(p, rel=1e-5)


def test_a_planted_effect_is_recovered_and_none_is_found_where_there_is_none():
    random = np.random.default_rng(8)
    found = [estimate(*world(random, -0.4)) for _ in range(100)]
    assert np.mean([each.value for each in found]) == pytest.approx(-0.4, abs=0.03)
    assert sum(each.low <= -0.4 <= each.high for each in found) >= 88
    assert sum(each.holds() for each in found) >= 90

    null = [estimate(*world(random)) for _ in range(300)]
    assert sum(each.holds() for each in null) / 300 <= 0.08


def test_the_wild_bootstrap_tries_every_sign_and_gives_the_same_answer_again():
    y, x = world(np.random.default_rng(1), -0.5)
    ours = estimate(y, x)

    assert ours == estimate(y, x)
    assert (ours.wild * 2**COMMUNITIES) == pytest.approx(round(ours.wild * 2**COMMUNITIES))
    assert ours.wild >= 2 / 2**COMMUNITIES


def test_a_placebo_that_finds_something_forbids_a_conclusion():
    strong, weak = Estimate(-1, -1.5, -0.5, 0.001, 0.004), Estimate(0, -1, 1, 0.9, 0.9)

    assert judged(strong, weak, weak) == ("less", "")
    assert judged(weak, weak, weak) == ("none", "")
    assert judged(strong, strong, weak)[0] == judged(strong, weak, strong)[0] == "broken"


def rows(street, shift):
    """Six more communities; one team goes to each every third month, after which 民政 orders are fewer."""
    random = np.random.default_rng(2)
    codes = [f"K{n}" for n in range(9)]
    areas = [
        {"code": c, "name": f"{c}社区", "level": "community", "parent": "R1", "residents": 1000}
        for c in codes
    ]
    hotline, sessions = [], []
    for code in codes:
        was_there = False
        for month in range(18):
            day = f"{2023 + month // 12}-{month % 12 + 1:02d}"
            need = random.poisson(4 + shift * was_there)
            place = {"community": code, "region": "R1"}
            hotline += [
                {
                    **place,
                    "category": "民政救助与退役军人",
                    "accepted_at": f"{day}-15 09:00",
                    "valid": True,
                }
            ] * need
            hotline += [
                {**place, "category": "城市管理", "accepted_at": f"{day}-16 09:00", "valid": True}
            ] * random.poisson(3)
            was_there = bool(random.random() < 0.4)
            if was_there:
                sessions.append(
                    {**place, "team": "yilao", "system": "老人探访", "date": f"{day}-10"}
                )
    sessions.append({"team": "yilao", "system": "老人探访", "date": "2023-01-01"})
    kept = [area for area in street.areas.values() if area["level"] in ("street", "region")]
    return street.write(
        as_of="2024-06-30", ledger=[*kept, *areas], hotline=hotline, activities=sessions
    )


def test_through_the_data_a_planted_effect_is_told_with_its_numbers(street):
    told = effect(rows(street, -2.5), "yilao")

    assert told.verdict == "less" and told.main and told.per_10000
    assert told.main.low <= -25 <= told.main.high < 0
    assert told.usual == pytest.approx(40, abs=5) and told.clusters == 9
    assert told.served + told.unserved == 9 * 16


def test_too_little_says_what_is_missing(street):
    assert effect(street.write(), "yilao").because == "诉求和服务活动没有重合的整月"
    snapshot = street.write(
        hotline=[
            {"place": "C1", "category": "其他", "valid": True, "accepted_at": "2024-01-05 09:00"}
        ],
        activities=[{"place": "C1", "team": "yilao", "system": "老人探访", "date": "2024-01-03"}],
    )
    told = effect(snapshot, "yilao")
    assert (told.verdict, told.because) == ("few", "社区不足6个,无法估计区间")
