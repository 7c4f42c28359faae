"""上升 and 下降 are said only where the metric's own past does not explain the difference."""

from dataclasses import replace
from datetime import date

import pytest

from metrics import Measurement, Period, Scope, card
from metrics.control import Chart
from metrics.phase import Phase
from metrics.result import Row
from metrics.status import Status
from metrics.words import change, sentence

AS_OF = date(2024, 10, 24)
AUGUST, SEPTEMBER = (Period.parse(code, AS_OF) for code in ("2024-08", "2024-09"))


def measured(metric, period, numerator, denominator=None):
    chosen = card(metric)
    value = numerator / denominator if denominator else numerator
    row = Row(
        (), (), numerator, denominator, value * (1000 if chosen.unit == "per_thousand" else 1)
    )
    return Measurement(chosen, period, Scope.street(), (), AS_OF, "s", (row,))


def past(metric, spread):
    """A baseline whose months differ `spread` times as much as chance has them."""
    phase = Phase("u", 10.0, spread, (AUGUST, SEPTEMBER), 20, 300.0)
    return Chart(card(metric), "u", (phase,), {}, 30.4)


def orders(new, old, spread=None):
    now, before = (
        measured("hotline_volume", SEPTEMBER, new),
        measured("hotline_volume", AUGUST, old),
    )
    return change(now, before, "较上月", past("hotline_volume", spread) if spread else None)


def test_a_count_rises_only_if_its_own_months_do_not_differ_as_much():
    """400 after 320: z = 3.6 by chance alone; where months differ twice as much as chance, 1.8."""
    assert orders(400, 320) == "较上月增加80件,+25.0%"
    assert orders(400, 320, spread=2.0) == "较上月基本持平(+80件,波动范围内)"
    assert orders(320, 320) == "较上月持平"
    assert orders(640, 320, spread=2.0) == "较上月增加320件,+100.0%"


def test_a_longer_month_may_have_more():
    now = measured("hotline_volume", Period.parse("2024-03", AS_OF), 341)
    before = measured("hotline_volume", Period.parse("2024-02", AS_OF), 319)

    assert change(now, before, "较上月") == "较上月基本持平(+22件,波动范围内)"


@pytest.mark.parametrize(
    ("new", "old", "words"),
    [
        ((380, 400), (340, 400), "较上月上升10.0个百分点"),
        ((340, 400), (380, 400), "较上月下降10.0个百分点"),
        ((38, 40), (36, 40), "较上月基本持平(+5.0个百分点,波动范围内)"),
        ((38, 40), (38, 40), "较上月持平"),
        ((4001, 5000), (4000, 5000), "较上月基本持平(相差不足0.1个百分点,波动范围内)"),
    ],
)
def test_a_share_moves_only_beyond_chance(new, old, words):
    now = measured("hotline_on_time_due", SEPTEMBER, *new)
    before = measured("hotline_on_time_due", AUGUST, *old)

    assert change(now, before, "较上月") == words


def test_a_rate_per_thousand_is_tested_as_its_count():
    now, before = (
        measured("hotline_per_1000", period, count, 40_000)
        for period, count in ((SEPTEMBER, 400), (AUGUST, 390))
    )

    assert change(now, before, "较上月").startswith("较上月基本持平(")
    many = replace(now, rows=(now.total._replace(numerator=800, value=20.0),))
    assert change(many, before, "较上月").startswith("较上月上升")


def test_a_sentence_ends_in_its_status():
    month = measured("hotline_volume", SEPTEMBER, 412)

    assert sentence(month, Status("ordinary")) == "诉求受理量412件,处于正常波动范围"
    assert sentence(month, Status("high", "高于正常上限")) == (
        "诉求受理量412件,偏高,不是偶然波动(高于正常上限)"
    )
    assert sentence(month) == "诉求受理量412件"
