"""Aalen and Johansen's shares against a table worked by hand and against statsmodels."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight

from metrics import Period
from metrics.competing import outcome, outcomes
from metrics.risk import End
from metrics.survival import durations

HOWS = ("open", "closed", "transferred", "returned")


def test_ten_orders_worked_by_hand():
    """Ten at risk: 2 closed on day 1, 1 returned on day 2 (of 8), 1 seen open until day 3, 3 closed on day 4
    (of 6). Closed: 2/10 + 7/10·3/6 = 0.55; returned: 8/10·1/8 = 0.1; open: 0.35."""
    ends = [End(1, "closed", 2), End(2, "returned", 1), End(3, "open", 1), End(4, "closed", 3), End(9, "open", 3)]  # fmt: skip

    found = outcome(ends, 5)

    assert (found.closed, found.returned, found.transferred) == pytest.approx((0.55, 0.1, 0))
    assert found.open == pytest.approx(0.35)


def test_counting_the_returned_as_open_would_overstate_the_closed():
    ends = [End(1, "returned", 5), End(2, "closed", 5)]

    assert outcome(ends, 2).closed == 0.5


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # theirs, where none is left
@pytest.mark.parametrize("seed", range(10))
def test_shares_agree_with_statsmodels_and_add_up_to_one(seed):
    random = np.random.default_rng(seed)
    times, status = random.integers(1, 40, 200), random.integers(0, 4, 200)
    theirs = CumIncidenceRight(times, status)
    counted = Counter(zip(times.tolist(), status.tolist(), strict=True))
    ends = [End(float(day), HOWS[how], n) for (day, how), n in sorted(counted.items())]

    ours = outcomes(ends, theirs.times)

    for name, cinc in zip(HOWS[1:], theirs.cinc, strict=True):
        assert [getattr(each, name) for each in ours] == pytest.approx(list(cinc))
    survived = np.cumprod(
        [
            1 - sum(n for (d, how), n in counted.items() if d == day and how)
            / sum(n for (d, _), n in counted.items() if d >= day)
            for day in theirs.times
        ]
    )  # fmt: skip
    assert [each.open for each in ours] == pytest.approx(list(survived))


def test_a_transferred_case_is_closed_in_the_rate_and_stands_apart_here(street):
    rows = [("success", "2024-09-04"), ("transferred", "2024-09-05"), ("failure", "2024-09-06"), (None, None)]  # fmt: skip
    street.write(
        cases=[
            {"case_no": str(i), "kind": "dispute", "reported_at": "2024-09-02", "result": result, "closed_at": at}
            for i, (result, at) in enumerate(rows)
        ]
    )  # fmt: skip

    found = durations("cases", Period.parse("2024-09", street.snapshot.as_of), snapshot=street.snapshot)  # fmt: skip

    closed, within = found.closed_by(15), found.outcome_by(15)
    assert closed and within
    assert closed.share == pytest.approx(0.75)
    assert (within.closed, within.transferred, within.returned) == pytest.approx((0.5, 0.25, 0))
    assert within.open == pytest.approx(0.25)


def test_an_export_that_says_when_an_order_was_returned_is_believed(office):
    """Two orders returned on the second and fourth day, whether or not a flag says so; one without a time."""
    header = ("工单编号", "受理时间", "派单时间", "办结时间", "是否退回", "退单时间")
    rows = [
        ("T1", "2024-09-02 09:00", "2024-09-02 10:00", "", "是", "2024-09-04 09:00"),
        ("T2", "2024-09-02 09:00", "2024-09-02 10:00", "", "", "2024-09-06 09:00"),
        ("T3", "2024-09-02 09:00", "2024-09-02 21:00", "", "是", ""),
        ("T4", "2024-09-02 09:00", "2024-09-02 10:00", "2024-09-05 09:00", "否", ""),
        ("T5", "2024-10-20 09:00", "2024-10-20 10:00", "", "否", ""),  # what the data reach to
    ]
    office.load(office.table("工单.csv", header, rows), today=date(2024, 10, 24))
    snapshot = office.snapshot

    found = durations("hotline", Period.parse("2024-09", snapshot.as_of), snapshot=snapshot)

    assert [(each.day, each.how) for each in found.outcomes] == [
        (0.5, "returned"), (2, "returned"), (3, "closed"), (4, "returned"),
    ]  # fmt: skip
    assert found.stand_ins == 1
    within = found.outcome_by(3)
    assert within and (within.returned, within.closed, within.open) == pytest.approx(
        (0.5, 0.25, 0.25)
    )
