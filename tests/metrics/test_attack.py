"""Differencing: everything the public door says about people, put together, gives no small count away.

Two proofs. Streets that differ in every hidden count get the same answers to every question, so no
reasoning whatever can tell them apart. And a linear programme that knows how publishing works, over
all whole-month windows and nested areas, is shown to recover hidden counts from a publisher without
protection and none from ours.
"""

from collections.abc import Callable
from datetime import date
from itertools import combinations, islice
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from worlds import ELDERS, SENSITIVE, high, low, world

from metrics import Period, Scope, Snapshot, cards, current_snapshot, measure
from metrics.period import add_months

Figures = dict[tuple[date, date, str], float]  # first month, month after the last, community
PEOPLE = [name for name, card in cards().items() if card.tier != "T0"]
MONTHS = 22


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


@pytest.fixture(scope="module")
def others(street, tmp_path_factory) -> list[Snapshot]:
    folder = tmp_path_factory.mktemp("worlds")
    return [world(street, folder / f"{end.__name__}.duckdb", end) for end in (low, high)]


def calendar(street: Snapshot) -> list[Period]:
    """Every unit of the calendar and every preset; the running ones are to-date."""
    whole = Period.parse("2023-01-01..2024-12-31", street.as_of)
    units = [u for kind in ("month", "quarter", "half", "year") for u in whole.split(kind)]
    presets = ("this_month", "last_quarter", "this_year", "last_12_months")
    return [*units, *(Period.preset(name, street.as_of) for name in presets)]


def windows(street: Snapshot) -> list[Period]:
    """Every run of whole months."""
    starts = [add_months(date(2023, 1, 1), n) for n in range(MONTHS)]
    return [Period("custom", a, b, street.as_of) for a, b in combinations(starts, 2)]


def scopes(street: Snapshot) -> list[Scope]:
    levels = ("region", "community")
    return [Scope.street(), *(Scope(a.level, a.code) for n in levels for a in street.areas(n))]


def questions(street: Snapshot, metric: str):
    """Every period with every scope and filter; every split, single and in pairs, at every period."""
    card = cards()[metric]
    splits = [(), *((n,) for n in card.dimensions), *combinations(card.dimensions, 2)]
    splits = [by for by in splits if "grid" not in by]
    filters = [{}, *({n: v} for n in card.cross for v in values(street, card, n))]
    for period in calendar(street):
        for scope in scopes(street):
            yield period, scope, ("community",), {}
    for period in calendar(street)[MONTHS:]:
        for scope in scopes(street):
            yield from ((period, scope, (), where) for where in filters)
    for period in windows(street):
        for where in filters if period.start.month in (1, 7) else filters[:1]:
            yield period, Scope.street(), (), where
    for period in calendar(street)[-7:]:
        for by in splits:
            for where in filters:
                yield period, Scope.street(), by, where
    for grid in street.areas("grid"):
        yield calendar(street)[0], Scope("grid", grid.code), (), {}


def values(street: Snapshot, card, name: str) -> list[str]:
    column = card.table.dimensions[name]
    sql = (
        f"SELECT DISTINCT {column} FROM {card.table.relation} WHERE {column} IS NOT NULL ORDER BY 1"
    )
    return [value for (value,) in street.query(sql)]


def same_answers(street: Snapshot, others: list[Snapshot], metric: str, every: int) -> None:
    asked = shown = 0
    for period, scope, by, where in islice(questions(street, metric), 0, None, every):
        here, *there = (
            measure(metric, period, scope, by, where=where, snapshot=one).rows
            for one in (street, *others)
        )
        assert there == [here, here], (period.code, scope, by, where)
        asked += 1
        shown += any(not row.hidden and row.value is not None for row in here)
    assert asked * every > 500
    assert shown or metric == "team_elders_followed"


@pytest.mark.parametrize("metric", PEOPLE)
def test_streets_that_differ_in_every_hidden_count_get_the_same_answers(metric, street, others):
    """A fifth of the questions: five shares nothing with how periods, places and filters alternate."""
    same_answers(street, others, metric, every=5)


@pytest.mark.slow
@pytest.mark.parametrize("metric", PEOPLE)
def test_they_get_the_same_answers_to_every_question(metric, street, others):
    same_answers(street, others, metric, every=1)


def test_and_they_do_differ_in_every_hidden_count_over_the_whole_range_below_the_threshold(
    street, others
):
    """Without this, the same answers would prove nothing."""
    sql = "SELECT key_group, month, community, {0} FROM coverage WHERE {0} IS NOT NULL ORDER BY ALL"
    small = 0
    for column in ("known", "visited"):
        truth, *moved = (one.query(sql.format(column)) for one in (street, *others))
        for (group, *_, count), (*_, least), (*_, most) in zip(truth, *moved, strict=True):
            hidden = count < 10 if group in SENSITIVE else 0 < count < 5
            if hidden:
                assert (least, most) == ((0, 9) if group in SENSITIVE else (1, 4))
            small += hidden
    assert small > 20
    elders = f"SELECT sum(people) FROM activities WHERE system = '{ELDERS}'"
    assert [one.query(elders)[0][0] for one in (street, *others)] == [6, 0, 9]


def truth(street: Snapshot) -> dict[tuple[date, str], int]:
    sql = "SELECT month, community, helped FROM coverage WHERE key_group = 'living_alone' AND helped IS NOT NULL"
    return {(month, place): n for month, place, n in street.query(sql)}


def published(street: Snapshot) -> Figures:
    found = {}
    for window in windows(street):
        asked = measure(
            "coverage_helped",
            window,
            by=("community",),
            where={"group": "living_alone"},
            snapshot=street,
        )
        for row in asked.rows:
            if row.numerator is not None and row.group[0]:
                found[window.start, window.end, row.group[0]] = row.numerator
    return found


def unprotected(street: Snapshot, write: Callable[[int], float]) -> Figures:
    """Small cells hidden and nothing else: every window sums the true counts."""
    counts, found = truth(street), {}
    for window in windows(street):
        for place in {place for _, place in counts}:
            inside = [
                n for (m, p), n in counts.items() if p == place and window.start <= m < window.end
            ]
            if inside and sum(inside) >= 5:
                found[window.start, window.end, place] = write(sum(inside))
    return found


def recover(street: Snapshot, figures: Figures, half: float, slack: float) -> dict:
    """For every hidden small cell the least and the most it can be, given all windows of its community.

    A figure is known to lie within `half` of the sum of what the months add to it; what a month adds
    lies within `slack` of its count."""
    counts, found = truth(street), {}
    for place in sorted({place for _, place in counts}):
        months = sorted(m for m, p in counts if p == place and m < date(2024, 10, 1))
        size = len(months)
        here = [(a, b, n) for (a, b, p), n in figures.items() if p == place]
        sums = np.array(
            [[0] * size + [a <= m < b for m in months] for a, b, _ in here], dtype=float
        )
        near = np.hstack([np.eye(size), -np.eye(size)])
        values = np.array([n for *_, n in here], dtype=float)
        rows = np.vstack([sums, -sums, near, -near])
        limits = np.concatenate([values + half, half - values, np.full(2 * size, slack)])
        for i, month in enumerate(months):
            if 0 < counts[month, place] < 5:
                goal = np.zeros(2 * size)
                goal[i] = 1
                bounds = [(0, None)] * (2 * size)
                bounds[i] = (1, 4)
                least, most = (linprog(s * goal, rows, limits, bounds=bounds) for s in (1, -1))
                assert least.status == most.status == 0
                found[month, place] = (least.fun, -most.fun)
    return found


def test_the_attack_recovers_every_count_from_sums_with_only_small_cells_hidden(street):
    counts = truth(street)
    recovered = recover(street, unprotected(street, float), half=1e-6, slack=0)

    exact = [c for c, (least, most) in recovered.items() if most - least < 0.01]
    assert len(exact) == len(recovered) > 10
    assert all(abs(recovered[cell][0] - counts[cell]) < 0.01 for cell in exact)


def test_the_attack_narrows_counts_even_where_sums_are_rounded(street):
    rounded = unprotected(street, lambda n: (n + 2) // 5 * 5)
    recovered = recover(street, rounded, half=2, slack=0)

    assert any(most - least < 1 for least, most in recovered.values())


def test_the_same_attack_on_what_we_publish_narrows_nothing(street):
    recovered = recover(street, published(street), half=2.5, slack=2)

    assert len(recovered) > 10
    assert all((least, most) == (1, 4) for least, most in recovered.values())
