"""What must hold of any orders whatever: parts add up, and neither their order nor a cut moves a total."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FIRST = datetime(2024, 8, 28)
METRICS = (
    "hotline_volume", "hotline_closure_accepted", "hotline_closure_due", "hotline_on_time_due",
    "hotline_on_time_closed", "hotline_resolved", "hotline_satisfied_explicit", "hotline_return",
)  # fmt: skip
CUTS = ("community", "grid", "region", "unit", "nature", "day", "week", "month")

hours = st.integers(0, 40 * 24)
orders = st.lists(
    st.fixed_dictionaries(
        {
            "accepted": hours,
            "due": st.none() | hours,
            "closed": st.none() | hours,
            "unit": st.sampled_from(["区住建局", "区城管局", None]),
            "nature": st.sampled_from(["complaint", "help", None]),
            "result": st.sampled_from(["resolved", "unresolved", None]),
            "satisfaction": st.sampled_from(["satisfied", "dissatisfied", "unrated", None]),
            "valid": st.sampled_from([True, False, None]),
            "returned": st.sampled_from([True, False, None]),
            "in_scope": st.sampled_from([True, False, None]),
            "place": st.sampled_from(["G1", "G3", "G5", "C2", None]),
        }
    ),
    max_size=30,
)


def rows(found):
    for number, order in enumerate(found):
        start = FIRST + timedelta(hours=order["accepted"])
        row = {"order_no": f"G{number}", "accepted_at": start}
        for name in ("due", "closed"):
            if order[name] is not None:
                row[f"{name}_at"] = start + timedelta(hours=order[name])
        row |= {k: v for k, v in order.items() if k not in ("accepted", "due", "closed", "place")}
        yield row | ({"place": order["place"]} if order["place"] else {})


any_orders = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@any_orders
@given(orders=orders)
def test_the_parts_of_every_cut_add_up_to_the_total(street, orders):
    street.write(hotline=list(rows(orders)))
    for metric in METRICS:
        whole = street.measure(metric).total
        for cut in CUTS:
            parts = street.measure(metric, by=(cut,)).rows
            for side in ("numerator", "denominator"):
                sums = sum(getattr(part, side) or 0 for part in parts)
                assert sums == (getattr(whole, side) or 0), (metric, cut, side)


@any_orders
@given(orders=orders, seed=st.integers(0, 99))
def test_the_order_of_rows_moves_nothing(street, orders, seed):
    mixed = list(rows(orders))
    street.write(hotline=mixed)
    before = {metric: street.measure(metric, by=("community",)).rows for metric in METRICS}
    random.Random(seed).shuffle(mixed)
    street.write(hotline=mixed)

    assert {metric: street.measure(metric, by=("community",)).rows for metric in METRICS} == before


@any_orders
@given(orders=orders)
def test_a_share_lies_between_nothing_and_all_and_within_its_interval(street, orders):
    street.write(hotline=list(rows(orders)))
    for metric in METRICS[1:]:
        row = street.measure(metric).total
        if row.value is not None:
            assert row.value == pytest.approx(row.numerator / row.denominator)
            assert 0 <= row.low <= row.value <= row.high <= 1
