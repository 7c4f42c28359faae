"""Months that are added up give what one scan of the whole period gives, for every card and cut."""

from datetime import date
from pathlib import Path

import pytest

from metrics import Period, Scope, Snapshot, cards, current_snapshot
from metrics.months import adds_up, counted
from metrics.request import request
from metrics.scan import scan

FLOWS = [card for card in cards().values() if card.when == "flow" and card.tier == "T0"]
PERIODS = ("2024-09", "2024-Q3", "2024-H1", "2024", "2023-11-01..2024-02-29", "2024-10", "2030-01")
COMMUNITY = Scope("community", "520111007003")


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


@pytest.mark.parametrize("card", FLOWS, ids=lambda card: card.id)
def test_the_months_of_a_period_add_up_to_it(card, street):
    added = 0
    for code in PERIODS:
        period = Period.parse(code, street.as_of)
        for scope in (Scope.street(), COMMUNITY):
            for by in _cuts(card):
                asked = request([card], period, scope, by, {}, None, street)
                added += adds_up([card], asked)
                assert counted([card], asked) == scan([card], asked), (code, by)

    assert added


def _cuts(card):
    outer = [name for name in ("community", "category", "team", "unit") if name in card.dimensions]
    return [
        (),
        ("month",),
        ("quarter",),
        *((name,) for name in outer),
        *((name, "quarter") for name in outer[:1]),
        *(("month", name) for name in outer[:1]),
    ]


def test_what_does_not_add_up_is_asked_of_the_engine(street):
    volume, open_ = cards()["hotline_volume"], cards()["case_open"]
    week, month = (Period.parse(code, street.as_of) for code in ("2024-W36", "2024-09"))
    earlier = date(2024, 9, 15)

    assert adds_up([volume], request([volume], month, None, (), {}, None, street))
    assert not adds_up([volume], request([volume], week, None, (), {}, None, street))
    assert not adds_up([volume], request([volume], month, None, ("week",), {}, None, street))
    assert not adds_up([volume], request([volume], month, None, (), {}, earlier, street))
    assert not adds_up([open_], request([open_], month, None, (), {}, None, street))
