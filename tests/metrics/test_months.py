"""Months that are added up give what one scan of the whole period gives, for every card and cut."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from metrics import Period, Scope, Snapshot, cards, current_snapshot, measure, moments
from metrics.months import adds_up, counted
from metrics.request import request
from metrics.scan import scan
from metrics.snapshot import open_snapshot

STOCKS = [card for card in cards().values() if card.when != "flow" and card.tier == "T0"]
FLOWS = [card for card in cards().values() if card.when == "flow" and card.tier == "T0"]
PERIODS = ("2024-09", "2024", "2023-11-01..2024-02-29", "2024-10", "2030-01")
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


@pytest.mark.parametrize("card", STOCKS, ids=lambda card: card.id)
def test_a_stock_read_at_every_month_is_what_one_scan_reads(card, street):
    at_once = 0
    for code in (*PERIODS, "2022-12", "2024-W36"):
        period = Period.parse(code, street.as_of)
        for scope in (Scope.street(), COMMUNITY):
            for by in _cuts(card):
                if {"month", "quarter"} & set(by):
                    continue
                asked = request([card], period, scope, by, {}, None, street)
                at_once += moments.counted([card], asked) is not None
                assert counted([card], asked) == scan([card], asked), (code, by)

    assert at_once >= 8


def test_turning_the_month_asks_the_engine_nothing_more(street, tmp_path):
    apart = open_snapshot(Path(shutil.copy(street.path, tmp_path)))
    asked = [("case_open", "community"), ("grid_count", "community"), ("wechat_groups", "system")]
    september, march = (Period.parse(code, street.as_of) for code in ("2024-09", "2024-03"))
    for metric, by in asked:
        measure(metric, september, by=by, snapshot=apart)

    apart.connection.close()

    for metric, by in asked:
        found = measure(metric, march, by=by, snapshot=apart)
        assert found.rows == measure(metric, march, by=by, snapshot=street).rows


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
