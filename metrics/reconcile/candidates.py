"""What our numbers offer for a printed column: every card of a table, its parts, and one count over another.

Each is measured over the period named and its neighbours, read at the period's end and as of now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.definitions import card as card_of
from metrics.definitions import cards
from metrics.measure import measure_many
from metrics.period import DAY, Period
from metrics.reconcile.places import Named
from metrics.reconcile.sheet import Column, Sheet
from metrics.result import Row
from metrics.scope import Scope
from metrics.snapshot import Snapshot

FULL = 500  # measurements kept with a snapshot: our own numbers, nothing of what was pasted


@dataclass(frozen=True, eq=False)
class Ours:
    """One of our numbers for every matched row."""

    words: str
    metric: str
    period: Period
    as_of: date
    values: np.ndarray
    share: bool
    rank: int  # 0 the card itself, 1 its complement or its base, 2 made of two cards
    other: str = ""  # the second card, where there is one
    made_of: "tuple[Ours, Ours] | None" = None  # what was divided by what


def _periods(period: Period, as_of: date) -> list[Period]:
    """The one named, and its neighbours whole."""
    if period.kind == "custom":
        return [period, period.previous()]
    before, after = (Period.of(period.kind, day, as_of) for day in (period.start - DAY, period.end))
    return [period, before, *([after] if after.start <= as_of else [])]


def measured(
    one: Named, sheet: Sheet, rows: np.ndarray, period: Period, scope: Scope,
    snapshot: Snapshot, role: str,
) -> Iterator[Ours]:  # fmt: skip
    """Every card of a table, as vectors over the matched rows."""
    chosen = [
        each.id
        for each in cards().values()
        if each.table.name == one.table
        and (one.dimension is None or one.dimension in each.dimensions)
        and each.unit in ("count", "share", "ratio")
    ]
    by = (one.dimension,) if one.dimension else ()
    labels = [one.known[sheet.names[at]] for at in rows]
    kept = snapshot.kept("reconcile", dict)
    if len(kept) > FULL:
        kept.clear()
    for when in _periods(period, snapshot.as_of):
        for as_of in dict.fromkeys((snapshot.as_of, min(snapshot.as_of, when.end - DAY))):
            key = (one.table, when.code, as_of, by, scope, role)
            if key not in kept:
                kept[key] = measure_many(
                    chosen, when, scope, by, as_of=as_of, snapshot=snapshot, role=role
                )
            for metric, found in kept[key].items():
                known = {row.label: row for row in found.rows} if by else {labels[0]: found.rows[0]}
                yield from _vectors(metric, [known.get(label) for label in labels], when, as_of)


def _vectors(metric: str, rows: Sequence[Row | None], when: Period, as_of: date) -> Iterator[Ours]:
    def told(name: str) -> np.ndarray:
        values = [None if row is None or row.hidden else getattr(row, name) for row in rows]
        return np.array([np.nan if value is None else value for value in values], float)

    card = card_of(metric)
    if card.unit == "count":
        yield Ours(card.label, metric, when, as_of, told("value"), False, 0)
        return
    value = told("value")
    if not np.isfinite(value).any():
        return
    yield Ours(card.label, metric, when, as_of, value, True, 0)
    yield Ours(f"1−{card.label}", metric, when, as_of, 1 - value, True, 1)
    yield Ours(
        f"{card.numerator_label}(“{card.label}”的分子)",
        metric,
        when,
        as_of,
        told("numerator"),
        False,
        1,
    )
    yield Ours(
        f"{card.denominator_label}(“{card.label}”的分母)",
        metric,
        when,
        as_of,
        told("denominator"),
        False,
        1,
    )


def candidates(column: Column, ours: Sequence[Ours]) -> Iterator[Ours]:
    """Counts for counts; for a rate the rates, then one count over another of the same reading."""
    if column.role == "count":
        yield from (each for each in ours if not each.share)
        return
    yield from (each for each in ours if each.share)
    groups: dict[tuple[str, str, date], list[Ours]] = {}
    for each in ours:
        if not each.share and np.nansum(np.abs(each.values)):
            key = (card_of(each.metric).table.name, each.period.code, each.as_of)
            groups.setdefault(key, []).append(each)
    for group in groups.values():
        yield from _quotients(_distinct(group))


def _distinct(group: Sequence[Ours]) -> list[Ours]:
    """Of the counts that are the same in every row, the plainest."""
    found: dict[bytes, Ours] = {}
    for each in sorted(group, key=lambda one: one.rank):
        found.setdefault(each.values.tobytes(), each)
    return list(found.values())


def _quotients(group: Sequence[Ours]) -> Iterator[Ours]:
    for above in group:
        for below in group:
            if above is below:
                continue
            with np.errstate(divide="ignore", invalid="ignore"):
                value = above.values / below.values
            words = f"{_bare(above.words)}÷{_bare(below.words)}"
            yield Ours(
                words,
                above.metric,
                above.period,
                above.as_of,
                value,
                True,
                2,
                below.metric,
                (above, below),
            )


def _bare(words: str) -> str:
    return words.split("(", 1)[0]
