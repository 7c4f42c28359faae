"""Control charts against numbers that others have published, and against a second way of computing them."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics import limits
from metrics.baselines import Baseline
from metrics.control import Chart, _phases, chart
from metrics.period import Period, add_months
from metrics.phase import MOST, Unit, fit, points, sigma
from metrics.rare import among_limits, between
from metrics.signals import Placed, fired
from metrics.status import status

AS_OF = date(2024, 10, 24)


def months(n, first=date(2023, 1, 1), as_of=AS_OF):
    return [Period.of("month", add_months(first, at), as_of) for at in range(n)]


def fitted(*given) -> Any:
    return fit(*given)


def phases_of(*given) -> Any:
    return _phases(*given)


def judge(*given) -> Any:
    return status(*given)


def units(values, sizes=None):
    sizes = sizes or [1.0] * len(values)
    return [
        Unit(month.code, month, value, size, 1.0)
        for month, value, size in zip(months(len(values)), values, sizes, strict=True)
    ]


def test_individuals_limits_are_those_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook, 6.3.2.2: flowrate; mean 50.81, limits 45.8159 and 55.8041."""
    flow = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])

    one = sigma("xmr", flow, np.ones(10), 0)

    assert flow.mean() == pytest.approx(50.81)
    assert flow.mean() - 3 * one == pytest.approx(45.8159, abs=1e-4)
    assert flow.mean() + 3 * one == pytest.approx(55.8041, abs=1e-4)


def test_three_sigma_is_2_66_mean_moving_ranges_as_the_nhs_plots_the_dots():
    """Making Data Count and Wheeler: mean ± 2.66 times the mean moving range. Resistances of Wheeler and
    Chambers, Understanding Statistical Process Control: mean 4135.5, mean range 355.93."""
    found = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]  # fmt: skip

    (phase,) = [phase for phase, _ in phases_of(units([*map(float, found)]), "xmr", ())]
    low, high = phase.edges(np.ones(1), 3)

    ranges = pd.Series(found[:15]).diff().abs().mean()  # the last period is judged, not learnt from
    centre = sum(found[:15]) / 15
    assert (phase.n, phase.centre) == (15, pytest.approx(centre))
    assert high[0] == pytest.approx(centre + 2.66 * ranges, rel=1e-3)
    assert low[0] == pytest.approx(centre - 2.66 * ranges, rel=1e-3)


def test_laneys_p_prime_agrees_with_a_second_computation_in_pandas():
    """Laney 2002: sigma z is the mean moving range of the z-scores over 1.128; limits p ± 3 sd sigma z."""
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"n": rng.integers(2000, 6000, 20)})
    table["x"] = rng.binomial(table.n, rng.beta(180, 20, 20))
    p = table.x.sum() / table.n.sum()
    chance = (p * (1 - p) / table.n) ** 0.5
    sigma_z = ((table.x / table.n - p) / chance).diff().abs().mean() / 1.128

    phase = fitted("p", units(list(table.x / table.n), list(table.n)))
    low, high = phase.edges(table.n.to_numpy(float), 3)

    assert sigma_z > 2
    assert phase.spread == pytest.approx(sigma_z)
    assert list(high) == pytest.approx(list((p + 3 * chance * sigma_z).clip(upper=1)))
    assert list(low) == pytest.approx(list(p - 3 * chance * sigma_z))


def test_u_prime_follows_the_days_of_a_month():
    counts = [310, 270, 320, 290, 330, 280, 340, 300, 310, 320, 290, 330, 300]
    held = months(13)
    found = [Unit(m.code, m, c / m.days, m.days, m.days) for m, c in zip(held, counts, strict=True)]

    at = dict(zip([m.code for m in held], points(found, fitted("u", found)), strict=True))

    january, february = at["2023-01"], at["2023-02"]
    assert january.centre / 31 == pytest.approx(february.centre / 28)
    assert january.high - january.centre > february.high - february.centre


@pytest.mark.parametrize(("p", "n"), [(0.95, 20), (0.5, 12), (0.02, 60)])
def test_few_events_have_the_exact_tails_of_the_binomial(p, n):
    """A count lies beyond the limit exactly where its tail is smaller than that of three sigma."""
    from scipy.stats import binom, norm

    tail = norm.sf(3)
    low, high = limits.of_share(p, np.array([float(n)]), 3)

    for count in range(n + 1):
        assert (count / n < low[0]) == (binom.cdf(count, n, p) < tail)
        assert (count / n > high[0]) == (binom.sf(count - 1, n, p) < tail)


def test_rare_counts_have_the_exact_tails_of_the_poisson():
    from scipy.stats import norm, poisson

    low, high = limits.of_rate(0.1, np.array([30.0]), 3)

    for count in range(20):
        assert (count > high[0] * 30) == (poisson.sf(count - 1, 3) < norm.sf(3))
    assert low[0] == 0


def placed(*values):
    """Around 0, one unit a standard deviation."""
    return [Placed(value, 0, (-3, 3), (-2, 2)) for value in values]


@pytest.mark.parametrize(
    ("values", "rule", "words"),
    [
        ((0, 1, 3.1), "outside", "高于正常上限"),
        ((0, 1, -3.1), "outside", "低于正常下限"),
        ((2.5, 0, 2.5), "near", "3期中有2期接近上限"),
        ((1, 2, 1, 2, 1, 2, 1, 2), "run", "连续8期高于中线"),
        ((1.4, 1.2, 0.9, 0.5, 0.1, -0.2, -0.4), "trend", "连续7期一路下降"),
    ],
)
def test_each_rule_of_making_data_count_says_what_it_saw(values, rule, words):
    (first, *_) = fired(placed(*values))

    assert (first.rule, first.words) == (rule, words)


@pytest.mark.parametrize("values", [(0, 1, 2.9), (2.5, 0, 0, 2.5), (1,) * 7, (-2.5, 2.5)])
def test_what_falls_short_of_a_rule_is_ordinary(values):
    assert fired(placed(*values)) == []


def test_a_trend_is_told_but_does_not_judge():
    rising = units([100 + 3 * (-1) ** at for at in range(20)] + [99.1, 99.4, 99.7, 100.1, 100.4, 100.7, 101.0])  # fmt: skip
    phase = fitted("xmr", rising[:20])

    last = points(rising, phase)[-1]

    assert [each.rule for each in last.fired] == ["trend"]
    assert last.test.side is None


def test_a_baseline_is_the_first_twenty_periods_and_stays():
    found = units([float(100 + at % 3) for at in range(30)])

    (then,) = [phase for phase, _ in phases_of(found[:22], "xmr", ())]
    (now,) = [phase for phase, _ in phases_of(found, "xmr", ())]

    assert then == now
    assert (now.n, now.base[0].code, now.base[1].code) == (MOST, "2023-01", "2024-08")


def test_fewer_than_thirteen_periods_judge_nothing():
    assert [phase for phase, _ in phases_of(units([1.0] * 12), "xmr", ())] == [None]


def test_a_new_baseline_steps_the_limits_and_keeps_its_reason():
    found = units([100.0 + at % 2 for at in range(14)] + [200.0 + at % 2 for at in range(14)])
    new = Baseline(date(2024, 3, 1), date(2025, 3, 1), "并入物业投诉")

    old, after = phases_of(found, "xmr", [new])

    assert old[0].centre == pytest.approx(100.5)
    assert after[0].centre == pytest.approx(200.5)
    assert (after[0].reason, after[0].base[0].code, after[0].n) == ("并入物业投诉", "2024-03", 12)
    assert after[1][0].code == "2024-03"


def test_everything_closed_for_long_is_not_certainty():
    """One failure of forty after twenty months without any is no special cause."""
    found = units([1.0] * 20 + [39 / 40], [40.0] * 21)

    last = points(found, fitted("p", found[:20]))[-1]

    assert last.test.side is None


# Hotline orders of a quiet grid: none in most months, at these days of 2023 and 2024.
DAYS = ["2023-01-09", "2023-02-20", "2023-04-02", "2023-05-01", "2023-06-14", "2023-07-20", "2023-09-03",
        "2023-10-08", "2023-11-25", "2024-01-02", "2024-02-11", "2024-03-20", "2024-05-03", "2024-06-10"]  # fmt: skip


def test_the_days_between_rare_events_have_limits_of_their_own():
    """A t chart by hand: individuals limits of days to the power of 1/3.6 (Nelson 1994), taken back."""
    found = among_limits(between([(date.fromisoformat(day), 1) for day in DAYS]))
    scores = pd.Series(pd.to_datetime(DAYS)).diff().dt.days.dropna() ** (1 / 3.6)
    base = scores[:12]

    high = (base.mean() + 2.66 * base.diff().abs().mean()) ** 3.6

    assert found.n == 12
    assert found.high == pytest.approx(high, rel=1e-6)
    assert found.centre == pytest.approx(base.mean() ** 3.6)


def test_a_long_silence_is_few_events_before_the_next_one_comes():
    found = among_limits(between([(date.fromisoformat(day), 1) for day in DAYS]))

    june, late = (Period.parse(code, date(2025, 6, 30)) for code in ("2024-06", "2025-03"))

    assert found.test(june).side is None
    assert (found.test(late).side, found.test(late).because) == ("low", "间隔长于上限")


def test_two_events_of_one_day_are_not_without_a_wait():
    (one,) = between([(date(2024, 5, 1), 2)])

    assert one.days == pytest.approx(0.5)


def history(street, counts, **meta):
    """Hotline orders, so many a month from January 2023."""
    rows = [
        {"order_no": f"{month.code}-{n}", "accepted_at": f"{month.code}-{1 + n % 28:02} 09:00", "place": "G1"}
        for month, count in zip(months(len(counts)), counts, strict=True)
        for n in range(count)
    ]  # fmt: skip
    street.write(hotline=rows, meta=meta)
    return street.measure("hotline_volume", "2023-01-01..2024-10-31", by=("month",))


def judged(street, counts, **meta) -> tuple[Chart, dict[str, str]]:
    past = history(street, counts, **meta)
    made = chart(past)
    rows = {row.group[0]: row for row in past.rows}
    return made, {
        code: judge(past.card, row, made.test(row, Period.parse(code, AS_OF))).kind
        for code, row in rows.items()
        if row.value is not None and not Period.parse(code, AS_OF).is_open
    }


COUNTS = [31, 28, 30, 33, 27, 31, 29, 32, 30, 28, 31, 30, 32, 27, 30, 33, 29, 31, 30, 28]


def test_a_month_far_above_its_past_is_high_and_the_others_are_ordinary(street):
    made, found = judged(street, [*COUNTS, 60])

    assert found["2024-09"] == "high"
    assert set(found.values()) == {"ordinary", "high"}
    assert made.kind == "u" and not made.rare


def test_a_quarter_is_judged_by_limits_of_its_own_size(street):
    past = history(street, [*COUNTS, 80])
    made = chart(past)
    quarter = Period.parse("2024-Q3", AS_OF)
    row = street.measure("hotline_volume", "2024-Q3").total

    point: Any = made.point(row, quarter)

    assert point.centre == pytest.approx(92 * made.phases[0].centre)
    assert made.test(row, quarter).side == "high"


def test_less_than_two_a_month_is_charted_by_the_days_between(street):
    made, _ = judged(street, [1, 0, 2, 1, 0, 1, 1, 2, 0, 1, 1, 0, 2, 1, 1, 0, 1, 1, 0, 1, 1])

    assert made.rare
