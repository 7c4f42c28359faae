"""Counts by today's grids: what was recorded before a redrawing, given to the grids that took its place.

A record whose point lies in one of the successors goes there whole; the others are given out by share, so
counts can have fractions, and the street's total stays what it was.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from metrics.definitions import Card, card
from metrics.groups import all_groups, in_order
from metrics.lineage import Lineage, Piece, broken, lineage, refusal
from metrics.measure import measure
from metrics.period import DAY, Period
from metrics.population import population
from metrics.records import POPULATIONS
from metrics.request import request
from metrics.result import Measurement, Row
from metrics.rows import finish, words_for
from metrics.scan import Number, plus
from metrics.scope import Scope
from metrics.snapshot import Snapshot

GRID, LOCATED = "grid", "located"
Pair = tuple[Number | None, Number | None]


def able(chosen: Card) -> bool:
    """Whether a metric adds up over parts of a period and of a place: counts of things, by grid."""
    return chosen.when == "flow" and chosen.tier == "T0" and GRID in chosen.dimensions


def by_todays_grids(
    metric: str,
    period: Period,
    scope: Scope | None = None,
    *,
    where: Mapping[str, str] | None = None,
    snapshot: Snapshot,
    role: str = "leader",
) -> Measurement:
    """One row per grid as it is drawn at the snapshot's as-of date. For metrics that are `able`."""
    scope = scope or Scope.street()
    chosen, found = card(metric), lineage(snapshot)
    sums: dict[str | None, Pair] = defaultdict(lambda: (None, None))
    last: Measurement | None = None
    for part in _parts(period, found):
        last = measure(metric, part, by=_cut(chosen), where=where, snapshot=snapshot, role=role)
        for row in last.rows:
            _give_out(row, part.start, found, sums)
    assert last, "a period has at least one part"
    return replace(
        last,
        period=period,
        scope=scope,
        by=(GRID,),
        rows=_rows(chosen, period, scope, snapshot, sums),
        notes=(*last.notes, f"已按现行网格折算:{found_words(found, period)}"),
    )


def found_words(found: Lineage, period: Period) -> str:
    before = [piece for piece in found.pieces if piece.day > period.start]
    if not before:
        return "这个期间以后没有划分过"
    return "有坐标的记录按坐标,其余按份额分到现网格"


def _cut(chosen: Card) -> tuple[str, ...]:
    return (GRID, LOCATED) if LOCATED in chosen.dimensions else (GRID,)


def _parts(period: Period, found: Lineage) -> list[Period]:
    """The period cut at every redrawing inside it."""
    inside = [day for day in found.days if period.start < day < period.end]
    if not inside:
        return [period]
    return [
        Period.between(start, end - DAY, period.as_of)
        for start, end in pairwise([period.start, *inside, period.end])
        if start <= period.as_of
    ]


def _give_out(row: Row, day: date, found: Lineage, sums: dict[str | None, Pair]) -> None:
    code = row.group[0]
    parts = found.today(code, day, row.group[-1]) if code else {None: 1.0}
    for to, share in parts.items():
        pair = _of(row.numerator, share), _of(row.denominator, share)
        sums[to] = plus(sums[to][0], pair[0]), plus(sums[to][1], pair[1])


def _of(count: Number | None, share: float) -> Number | None:
    return count if count is None or share == 1 else count * share


def _rows(
    chosen: Card,
    period: Period,
    scope: Scope,
    snapshot: Snapshot,
    sums: Mapping[str | None, Pair],
) -> tuple[Row, ...]:
    today = Period.of("day", snapshot.as_of, snapshot.as_of)
    asked = request([chosen], today, scope, (GRID,), None, None, snapshot)
    known = [(code,) for code in sums if _inside(snapshot, code, scope)]
    rows, words = {}, words_for(chosen, asked)
    for group in all_groups(chosen, asked, known):
        numerator, denominator = sums.get(group[0], (0, None))
        if chosen.denominator in POPULATIONS:
            denominator = population(snapshot, chosen.denominator, Scope(GRID, group[0]))
        elif chosen.is_rate:
            denominator = denominator or 0
        rows[group] = finish(chosen, group, words(group), (numerator, denominator))
    return tuple(rows[group] for group in in_order(asked, rows, {}))


def _inside(snapshot: Snapshot, code: str | None, scope: Scope) -> bool:
    if scope.code is None:
        return True
    area = snapshot.area_by_code.get(code or "")
    return area is not None and getattr(area, scope.level, None) == scope.code


@dataclass(frozen=True)
class Change:
    """One grid in two periods. `refused` says why there is no difference."""

    grid: str
    label: str
    now: float | None
    before: float | None
    difference: float | None
    refused: str | None = None


@dataclass(frozen=True)
class Changes:
    """Every grid of a scope in two periods, as recorded or by today's grids, and both totals."""

    now: Measurement
    before: Measurement
    rows: tuple[Change, ...]
    pieces: tuple[Piece, ...]  # the redrawings between the two
    converted: bool
    total_now: float
    total_before: float

    @property
    def refused(self) -> int:
        return sum(row.refused is not None for row in self.rows)


def changes(
    metric: str,
    period: Period,
    before: Period,
    scope: Scope,
    *,
    converted: bool,
    word: str,
    snapshot: Snapshot,
    role: str = "leader",
) -> Changes:
    """`word` is what the comparison is called: 同比, 环比."""

    def read(window: Period) -> Measurement:
        if converted:
            return by_todays_grids(metric, window, scope, snapshot=snapshot, role=role)
        return measure(metric, window, scope, (GRID,), snapshot=snapshot, role=role)

    now, old = read(period), read(before)
    labels = {row.group[0]: row.label for each in (old, now) for row in each.rows}
    rows = tuple(
        _change(now, old, code, label, None if converted else refusal(snapshot, Scope(GRID, code), period, before, word))
        for code, label in sorted(labels.items(), key=lambda each: each[0] or "")
        if code
    )  # fmt: skip
    crossed = {
        piece: None
        for row in rows
        for piece in broken(snapshot, Scope(GRID, row.grid), period, before)
    }
    return Changes(now, old, rows, tuple(crossed), converted, _total(now), _total(old))


def _change(
    now: Measurement, before: Measurement, code: str, label: str, refused: str | None
) -> Change:
    new, old = (found.value if (found := each.row(code)) else None for each in (now, before))
    if refused or new is None or old is None:
        return Change(code, label, new, old, None, refused)
    return Change(code, label, new, old, new - old)


def _total(found: Measurement) -> float:
    return float(sum(row.numerator or 0 for row in found.rows))
