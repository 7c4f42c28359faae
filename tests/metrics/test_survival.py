"""Kaplan and Meier against a published table, against statsmodels, and against a truth that is known."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from metrics import Period
from metrics.risk import End
from metrics.survival import Durations, durations, estimate

# Weeks in remission under 6-MP; + was still in remission when last seen. Freireich et al. (1963), Blood
# 21, 699-716; the table is in Kleinbaum and Klein, Survival Analysis, ch. 2, the 95% log-log limits in
# SAS/STAT's PROC LIFETEST for the same data.
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PUBLISHED = [
    (6, 0.857, 0.620, 0.952),
    (7, 0.807, 0.563, 0.923),
    (10, 0.753, 0.503, 0.889),
    (13, 0.690, 0.432, 0.849),
    (16, 0.627, 0.368, 0.805),
    (22, 0.538, 0.268, 0.747),
    (23, 0.448, 0.188, 0.680),
]


def as_ends(times, closed):
    counted = Counter(zip(times, closed, strict=True))
    return [
        End(float(day), "closed" if is_closed else "open", n, float(day) * n)
        for (day, is_closed), n in sorted(counted.items())
    ]


def remission():
    words = REMISSION.split()
    return as_ends([int(word.rstrip("+")) for word in words], ["+" not in word for word in words])


def test_the_published_table_of_the_remission_trial_is_reproduced():
    steps = estimate(remission())

    found = [tuple(round(x, 3) for x in (s.day, s.open, s.low, s.high)) for s in steps]
    assert found == PUBLISHED


def test_the_published_median_is_23_weeks_with_no_upper_limit():
    taken = Durations("calendar", tuple(remission()))

    assert taken.median == 23
    assert taken.median_interval == (13, None)
    assert (taken.n, taken.still_open) == (21, 12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=3, max_size=80).filter(
        lambda seen: any(closed for _, closed in seen)
    )
)
def test_steps_and_intervals_agree_with_statsmodels(seen):
    times, closed = zip(*seen, strict=True)
    theirs = SurvfuncRight(np.array(times), np.array(closed, int))

    ours = estimate(as_ends(times, closed))

    assert [step.day for step in ours] == list(theirs.surv_times)
    assert [step.open for step in ours] == pytest.approx(list(theirs.surv_prob))
    inside = (theirs.surv_prob > 1e-9) & (theirs.surv_prob < 1)
    # statsmodels gives the standard error; its log-log limits are S ** exp(±z·se / (S·log S)).
    share, error = theirs.surv_prob[inside], theirs.surv_prob_se[inside]
    width = 1.959963984540054 * error / (share * np.log(share))
    kept = [step for step, is_inside in zip(ours, inside, strict=True) if is_inside]
    assert [step.low for step in kept] == pytest.approx(list(share ** np.exp(-width)))
    assert [step.high for step in kept] == pytest.approx(list(share ** np.exp(width)))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # theirs, where none is left
@pytest.mark.parametrize("seed", range(12))
def test_the_median_and_its_interval_agree_with_statsmodels(seed):
    random = np.random.default_rng(seed)
    waits, seen = np.ceil(random.gamma(2, 5, 151)), np.ceil(random.uniform(1, 40, 151))
    times, closed = np.minimum(waits, seen), waits <= seen
    theirs = SurvfuncRight(times, closed.astype(int))

    ours = Durations("calendar", tuple(as_ends(times.tolist(), closed.tolist())))

    assert ours.median == theirs.quantile(0.5)
    assert ours.median_interval == theirs.quantile_ci(0.5)


def test_with_a_third_still_open_the_median_stays_true_and_the_closed_alone_are_far_off():
    """Accepted evenly over 90 days, waiting exponentially with a true median of 20 days, all read on day 90.
    Expected still open: (1 - 1/2^4.5) / (4.5·ln 2) = 0.31. The median's standard error would be
    20 / (ln 2·√100000) = 0.09 days if all were seen, and is little more with the open ones: 2%, 0.4 days,
    is four of them."""
    random, n = np.random.default_rng(20240901), 100_000
    followed = random.uniform(0, 90, n)
    waits = random.exponential(20 / np.log(2), n)
    closed = waits <= followed
    seen = np.ceil(np.minimum(waits, followed) * 12) / 12  # as SQL counts them

    taken = Durations("calendar", tuple(as_ends(seen.tolist(), closed.tolist())))

    assert taken.still_open / n == pytest.approx(0.306, abs=0.01)
    assert taken.median == pytest.approx(20, rel=0.02)
    low, high = taken.median_interval
    assert low and high and low <= 20 <= high
    assert np.median(seen[closed]) < 0.8 * 20
    assert taken.closed_only_mean and taken.closed_only_mean < 0.8 * 20 / np.log(2)  # of the mean


def test_the_median_interval_covers_the_truth_about_95_times_in_100():
    """Of 400 samples of 150 with a third open, 95% ± 3 standard errors of √(0.95·0.05/400): 367 to 393."""
    random, covered = np.random.default_rng(7), 0
    for _ in range(400):
        waits, followed = random.exponential(10 / np.log(2), 150), random.uniform(0, 45, 150)
        closed = waits <= followed
        ends = as_ends(np.minimum(waits, followed).tolist(), closed.tolist())
        low, high = Durations("calendar", tuple(ends)).median_interval
        covered += low is not None and low <= 10 and (high is None or high >= 10)

    assert 367 <= covered <= 393


def order(no, closed_at=None, **rest):
    return {"order_no": str(no), "accepted_at": "2024-09-02 09:00", "closed_at": closed_at} | rest


def taken(street, table="hotline", **options):
    return durations(table, Period.parse("2024-09", street.snapshot.as_of), snapshot=street.snapshot, **options)  # fmt: skip


def test_open_orders_wait_until_the_end_of_the_as_of_day(street):
    street.write(hotline=[order(1, "2024-09-04 09:00"), order(2), order(3, "2024-11-01")])

    found = taken(street)

    assert (found.n, found.still_open) == (3, 2)
    assert found.steps[0].day == 2
    assert found.followed == pytest.approx(52 + 16 / 24)  # 15 hours, in steps of two
    assert found.closed_only_mean == 2


def test_what_the_closing_rates_leave_out_is_left_out_here(street):
    street.write(
        hotline=[
            order(1, "2024-09-03 09:00"),
            order(2, valid=False),
            order(3, in_scope=False),
            order(4, returned=True, dispatched_at="2024-09-02 15:00"),
            order(5, "2024-09-05 09:00", returned=True),
            order(6, on_time=True),  # closed, nobody says when
        ]
    )

    found = taken(street)

    assert (found.n, found.still_open, found.unknown) == (1, 0, 1)
    assert found.count("returned") == 2
    assert found.stand_ins == 1
    assert [end.day for end in found.ends if end.how == "returned"] == [0.25, 3]


def test_a_share_is_not_said_for_a_day_that_nothing_has_reached(street):
    rows = [order(1, "2024-10-16 09:00"), order(2), order(3)]
    street.write(hotline=[row | {"accepted_at": "2024-10-14 09:00"} for row in rows])

    found = durations("hotline", Period.parse("2024-10", street.snapshot.as_of), snapshot=street.snapshot)  # fmt: skip

    week = found.closed_by(7)
    assert week and week.share == pytest.approx(1 / 3)
    assert found.closed_by(15) is None
    assert found.outcome_by(15) is None
    assert found.median is None


def test_how_long_disputes_take_is_not_shown_for_a_grid(street):
    case = {"case_no": "1", "kind": "dispute", "reported_at": "2024-09-02", "place": "C1"}
    street.write(cases=[case | {"grid": "G1", "closed_at": "2024-09-04"}])

    withheld = taken(street, "cases", where={"grid": "G1"})
    hazards = taken(street, "cases", where={"grid": "G1", "kind": "hazard"})
    community = taken(street, "cases", where={"community": "C1"})

    assert (withheld.n, withheld.ends) == (0, ())
    assert "社区" in withheld.reason
    assert (hazards.reason, community.reason, community.n) == ("", "", 1)
