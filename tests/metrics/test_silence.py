"""Grids where patrols find much and nobody calls are named; grids with little need, or little of anything, are not."""

import numpy as np
import pytest
import statsmodels.api as sm

from metrics import Period
from metrics.silence import fitted, held, lower_tail, silence

GRIDS = 40


def found(street, calls, finds):
    """Grids H0, H1 …: so many orders, and so many hazards that patrols found, in nine months."""
    codes = [f"H{n}" for n in range(GRIDS)]
    grids = [
        {"code": code, "name": f"{code}网格", "level": "grid", "parent": "C1", "residents": 380 + n}
        for n, code in enumerate(codes)
    ]

    def rows(counts, **columns):
        return [
            {"grid": code, "community": "C1", "region": "R1"}
            | {name: f"2024-0{1 + k % 9}-05 09:00" if name.endswith("_at") else value for name, value in columns.items()}
            for code, count in zip(codes, counts, strict=True)
            for k in range(count)
        ]  # fmt: skip

    snapshot = street.write(
        ledger=[*street.areas.values(), *grids],
        hotline=rows(calls, accepted_at="", category="其他", valid=True),
        cases=rows(finds, accepted_at="", kind="hazard", origin="active"),
    )
    return silence(snapshot, Period.parse("2024-09", snapshot.as_of))


def test_a_grid_where_patrols_find_much_and_nobody_calls_is_named(street):
    random = np.random.default_rng(3)
    calls, finds = random.poisson(20, GRIDS), random.poisson(6, GRIDS)
    calls[0], finds[0] = 0, 14  # patrols find much
    calls[1], finds[1] = 0, 0  # nobody lives as if there were a need

    told = found(street, calls.tolist(), finds.tolist())

    assert [grid.code for grid in told.silent] == ["H0"]
    silent = told.silent[0]
    assert (silent.called, silent.found, silent.residents) == (0, 14, 380)
    assert silent.expected > 10 and silent.chance < 1e-4
    assert not next(grid for grid in told.grids if grid.code == "H1").judged


def test_without_enough_to_go_by_it_says_why(street):
    snapshot = street.write()
    told = silence(snapshot, Period.parse("2024-09", snapshot.as_of))
    assert (told.because, told.silent) == ("有常住人口的网格不足20个", ())

    assert found(street, [0] * GRIDS, [3] * GRIDS).because == "没有落到网格的诉求"
    assert found(street, [3] * GRIDS, [0] * GRIDS).because == "没有落到网格的巡查发现"


def test_the_regression_is_that_of_statsmodels_and_finds_the_dispersion():
    random = np.random.default_rng(11)
    residents = random.uniform(200, 900, 400)
    finds = random.poisson(5, 400).astype(float)
    mean = residents * 0.05 * (1 + finds / residents * 1000) ** 0.3
    calls = random.negative_binomial(5, 5 / (5 + mean)).astype(float)

    expected, alpha = fitted(calls, residents, finds)

    design = sm.add_constant(
        np.column_stack([np.log(residents), np.log1p(finds / residents * 1000)])
    )
    ours = (
        sm.GLM(calls, design, family=sm.families.NegativeBinomial(alpha=alpha)).fit().fittedvalues
    )
    assert expected == pytest.approx(ours, rel=1e-6)
    assert 0.15 < alpha < 0.25  # planted: 1/5
    assert np.corrcoef(expected, mean)[0, 1] > 0.95


def test_where_everyone_reports_alike_hardly_any_grid_is_called_silent():
    """A hundred streets without any silent grid: a street with a false name is rare."""
    random = np.random.default_rng(4)
    false = 0
    for _ in range(100):
        residents = random.uniform(200, 600, 60)
        finds = random.poisson(6, 60).astype(float)
        mean = residents * 0.06
        calls = random.negative_binomial(8, 8 / (8 + mean)).astype(float)
        expected, alpha = fitted(calls, residents, finds)
        named = held(lower_tail(calls, expected, alpha), expected >= 10) & (calls < 0.5 * expected)
        false += bool(named.any())

    assert false <= 8
