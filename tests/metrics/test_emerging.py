"""Bursts are found, seasons are not bursts, and on shuffled texts hardly anything is named."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics import Period, Scope, current_snapshot
from metrics.emerging import FALSE, _foreseen, _named, emerging, examples
from metrics.topics import frequent

FIRST, LAST = date(2022, 10, 1), date(2024, 9, 30)
DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


def write(street, counts, **more):
    """`counts` is term -> {month: orders} in C1; every day of the street brings two orders."""
    hotline = [
        {"order_no": f"{day}-{n}", "accepted_at": datetime(day.year, day.month, day.day, 9), "place": "C1"}
        for day in DAYS
        for n in range(2)
    ]  # fmt: skip
    terms = [
        {"term": term, "month": f"{month}-01", "place": "C1", "category": "公用事业", "orders": orders}
        for term, by_month in counts.items()
        for month, orders in by_month.items()
        if orders
    ]  # fmt: skip
    for row in terms:
        row.pop("grid", None)
    street.areas_of_terms = terms
    return street.write(
        as_of=f"{LAST}", hotline=hotline + list(more.pop("hotline", [])), term_months=terms, **more
    )


MONTHS = sorted({f"{day:%Y-%m}" for day in DAYS})


def usual(draw, mean):
    return {month: int(draw.poisson(mean)) for month in MONTHS}


def examined(snapshot, month="2024-09", scope=None):
    period = Period.parse(month, snapshot.as_of)
    return emerging(snapshot, period, scope or Scope.street())


def terms_of(street):
    """The Street fills a grid column that this table does not have."""
    place = street._place
    street._place = lambda row: {
        key: value for key, value in place(row).items() if "term" not in row or key != "grid"
    }


@pytest.fixture
def talk(street):
    terms_of(street)
    return street


def test_a_burst_is_named_with_its_reason_and_its_place(talk):
    draw = np.random.default_rng(7)
    counts = {f"词{n}": usual(draw, 8) for n in range(60)}
    counts["停水"] = usual(draw, 5) | {"2024-09": 40}
    found = examined(write(talk, counts))

    assert [each.label for each in found.found] == ["停水"]
    assert (found.tested, found.past) == (61, 23)
    first = found.found[0]
    assert first.orders == 40 and 3 < first.expected < 8 < first.high < 40
    assert first.concentrated == ("吉麟社区", 40)
    assert "本月40件,其中40件在吉麟社区;往常这样的一个月约" in first.why
    assert found.false_ones == pytest.approx(0.05)


def test_what_comes_every_september_is_no_news(talk):
    draw = np.random.default_rng(8)
    counts = {f"词{n}": usual(draw, 8) for n in range(30)}
    counts["入学"] = usual(draw, 4) | {"2023-09": 36, "2024-09": 38}
    snapshot = write(talk, counts)

    assert [each.label for each in examined(snapshot).found] == []
    assert [each.label for each in examined(snapshot, "2023-09").found] == ["入学"], (
        "the first year"
    )
    assert not examined(snapshot, "2023-09").seasoned


def test_four_orders_are_too_few_whatever_the_chance(talk):
    draw = np.random.default_rng(9)
    counts = {f"词{n}": usual(draw, 8) for n in range(10)} | {"塌陷": {"2024-09": 4, "2023-01": 1}}

    assert examined(write(talk, counts)).found == ()


def test_words_that_always_come_together_are_one_finding(talk):
    draw = np.random.default_rng(10)
    counts = {f"词{n}": usual(draw, 8) for n in range(20)}
    counts["停水"] = usual(draw, 5) | {"2024-09": 40}
    counts["水压"] = counts["停水"]
    found = examined(write(talk, counts))

    assert [each.labels for each in found.found] == [("停水", "水压")]
    assert found.tested == 21


def test_a_short_past_is_told_and_nothing_is_named(talk):
    snapshot = write(talk, {"停水": {"2022-12": 60}})

    found = examined(snapshot, "2022-12")
    assert (found.enough, found.past, found.found) == (False, 2, ())


def test_examples_are_shown_only_where_texts_are_kept(talk):
    draw = np.random.default_rng(11)
    counts = {f"词{n}": usual(draw, 8) for n in range(10)}
    counts["停水"] = usual(draw, 5) | {"2024-09": 40}
    told = [
        {"order_no": f"T{n}", "accepted_at": datetime(2024, 9, 3), "place": "C1", "text": f"第{n}栋停水,电话[号码]"}
        for n in range(5)
    ]  # fmt: skip

    kept = write(talk, counts, hotline=told, meta={"keep_text": "true"})
    found = examined(kept)
    assert len(examples(kept, found, found.found[0])) == 3
    silent = write(talk, counts, hotline=told)
    assert examples(silent, found, found.found[0]) == ()


NOISE = {
    "chance alone": lambda draw, shape: 1,
    "by a third": lambda draw, shape: draw.gamma(8, 1 / 8, shape),
    "by half": lambda draw, shape: draw.gamma(4, 1 / 4, shape),
    "by half, lognormal": lambda draw, shape: draw.lognormal(-0.1116, 0.4724, shape),
    "every other term by half": lambda draw, shape: np.where(
        np.arange(shape[0])[:, None] % 2, draw.gamma(4, 1 / 4, shape), 1
    ),
}


def street_of(draw, noise, months=19):
    """Orders of terms by month, and the usual days of the months."""
    weights = draw.uniform(25, 32, months)
    mean = draw.lognormal(0.5, 1.2, 150)[:, None] * weights / 28
    counts = draw.poisson(mean * NOISE[noise](draw, mean.shape)).astype(float)
    return counts[counts.sum(axis=1) >= 5], weights


def named(counts, weights):
    usual, now = _foreseen(counts[:, :-1], weights), counts[:, -1]
    return _named(usual.chance(now, FALSE), now, usual.expected)


@pytest.mark.parametrize("noise", NOISE)
def test_on_shuffled_data_false_alarms_stay_within_what_is_promised(noise):
    """200 streets without any burst, whose months vary beyond chance: of how many is any word named? The rate
    promised is 5%: of 200 streets 10, and by chance at most 16."""
    draw = np.random.default_rng(12)
    false = sum(bool(named(*street_of(draw, noise))) for _ in range(200))
    assert false <= 16, f"{false} of 200 shuffled streets have a false alarm"


def test_a_burst_is_found_where_months_vary_by_half():
    draw, found = np.random.default_rng(13), 0
    for _ in range(20):
        counts, weights = street_of(draw, "by half")
        burst = int(np.argsort(counts[:, :-1].mean(axis=1))[-20])
        counts[burst, -1] = 10 * counts[burst, :-1].mean()
        found += burst in named(counts, weights)
    assert found >= 19


def test_the_bursts_of_the_sample_are_found_and_nothing_else(sample):
    snapshot = current_snapshot(sample)
    months = Period.between(date(2023, 7, 1), date(2024, 10, 24), snapshot.as_of).split("month")
    found = {month.code: examined(snapshot, month.code).found for month in months}

    assert {month for month, terms in found.items() if terms} == {"2023-09", "2024-07"}
    said = {
        month: {label for each in terms for label in each.labels} for month, terms in found.items()
    }
    assert "入学" in said["2023-09"] and {"停水", "水压"} <= said["2024-07"]


def test_frequent_terms_say_their_base_and_hide_the_few(talk):
    snapshot = write(
        talk,
        {"停水": {"2024-09": 30}, "电梯": {"2024-09": 12}, "罕见": {"2024-09": 4, "2024-01": 3}},
    )

    found = frequent(snapshot, Period.parse("2024-09", snapshot.as_of), Scope("community", "C1"))
    assert [(each.label, each.orders, each.per_thousand) for each in found.terms] == [
        ("停水", 30, 6.0),
        ("电梯", 12, 2.4),
    ]
    assert (found.residents, found.orders, found.fewer) == (5000, 60, 1)
