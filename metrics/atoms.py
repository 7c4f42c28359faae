"""The counts of people behind one card, month by month and community by community, as published classes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from metrics.definitions import Card, spell_out
from metrics.disclosure import Published, Threshold, publish
from metrics.period import Period
from metrics.snapshot import Snapshot

THRESHOLDS = {"T1": ("threshold_t1", 5), "T2": ("threshold_t2", 10)}


@dataclass(frozen=True)
class Cell:
    month: date
    region: str | None
    community: str | None
    cross: tuple[str | None, ...]


Months = Mapping[date, Sequence[tuple[Cell, Published]]]


@dataclass
class Side:
    """One column of a card. Where most communities are too small, its atoms are of the whole street."""

    parts: dict[Cell, Published]
    whole: dict[Cell, Published]

    def atoms(self, period: Period, street_wide: bool) -> Iterator[tuple[Cell, Published]]:
        """Those of the months that begin in the period."""
        months = self._street_months if street_wide else self._months
        for month, found in months.items():
            if period.start <= month < period.end:
                yield from found

    @cached_property
    def _months(self) -> Months:
        return _by_month(self.parts)

    @cached_property
    def _street_months(self) -> Months:
        coarse = {cell.cross for cell in self.whole}
        fine = {cell: atom for cell, atom in self.parts.items() if cell.cross not in coarse}
        return _by_month(self.whole | fine)


def _by_month(atoms: Mapping[Cell, Published]) -> Months:
    found: dict[date, list[tuple[Cell, Published]]] = {}
    for cell, atom in atoms.items():
        found.setdefault(cell.month, []).append((cell, atom))
    return found


@dataclass
class Atoms:
    numerator: Side
    denominator: Side | None
    half_known: set[tuple[str | None, ...]]  # groups with a numerator and never a base


def threshold(snapshot: Snapshot, tier: str) -> Threshold:
    name, default = THRESHOLDS[tier]
    return Threshold(int(snapshot.meta.get(name) or default), zero_is_small=tier == "T2")


def tier_of(card: Card, cross: tuple[str | None, ...]) -> str:
    """The tier of a group of people; the card's own, the strictest, for one nobody classified."""
    if card.table.tiers_by not in card.cross:
        return card.tier
    group = cross[card.cross.index(card.table.tiers_by)] if card.table.tiers_by else None
    return card.table.tiers.get(group or "", card.tier)


def atoms(snapshot: Snapshot, card: Card) -> Atoms:
    """Read once per snapshot: the table is small, and everything published comes from here."""
    return snapshot.kept(("atoms", card.key), lambda: _atoms(snapshot, card))


def _atoms(snapshot: Snapshot, card: Card) -> Atoms:
    other = card.denominator
    above = _side(snapshot, card, card.numerator, other)
    below = None if other is None else _side(snapshot, card, other, card.numerator)
    counted = {cell.cross for cell, _ in _counts(snapshot, card, card.numerator, None)}
    paired = {cell.cross for cell in above.parts}
    return Atoms(above, below, counted - paired)


def _side(snapshot: Snapshot, card: Card, column: str, paired_with: str | None) -> Side:
    """A column where the other side was reported too; whether it is coarse does not depend on that."""
    counts = dict(_counts(snapshot, card, column, paired_with))
    coarse = _coarse(snapshot, card, column)
    whole: dict[Cell, int] = defaultdict(int)
    parts = {}
    for cell, count in counts.items():
        limit = threshold(snapshot, tier_of(card, cell.cross))
        parts[cell] = publish(0 if limit.zero_is_small else 1, limit)
        if cell.cross in coarse:
            whole[Cell(cell.month, None, None, cell.cross)] += count
        else:
            parts[cell] = publish(count, limit)
    return Side(
        parts,
        {c: publish(n, threshold(snapshot, tier_of(card, c.cross))) for c, n in whole.items()},
    )


def _coarse(snapshot: Snapshot, card: Card, column: str) -> set[tuple[str | None, ...]]:
    """The groups most of whose community counts are small, where a finer card has no use for a reader."""
    if card.table.tiers_by is None:
        return set()
    seen: dict[tuple[str | None, ...], list[bool]] = defaultdict(list)
    for cell, count in _counts(snapshot, card, column, None):
        limit = threshold(snapshot, tier_of(card, cell.cross))
        seen[cell.cross].append(publish(count, limit).small)
    return {cross for cross, small in seen.items() if 2 * sum(small) > len(small)}


def _counts(
    snapshot: Snapshot, card: Card, column: str, paired_with: str | None
) -> Iterator[tuple[Cell, int]]:
    table = card.table
    month = f"CAST(date_trunc('month', {table.dates[card.date or ''].column}) AS DATE)"
    street = card.finest == "street"
    names = [
        "CAST(NULL AS VARCHAR)" if street else table.dimensions["region"],
        "CAST(NULL AS VARCHAR)" if street else table.dimensions["community"],
        *(table.dimensions[name] for name in card.cross),
    ]
    columns = ", ".join(f"{sql} AS by_{i}" for i, sql in enumerate([month, *names]))
    groups = ", ".join(f"by_{i}" for i in range(len(names) + 1))
    reported = [f"{name} IS NOT NULL" for name in (column, paired_with) if name]
    if card.place:
        reported.append(f"({spell_out(card.place, table.terms)})")
    rows: list[tuple[Any, ...]] = snapshot.query(
        f"SELECT {groups}, sum({column}) AS people\n"
        f"FROM (SELECT facts.*, {columns} FROM {table.relation} AS facts"
        f" WHERE {' AND '.join(reported)}) AS facts\nGROUP BY {groups}\nORDER BY {groups}"
    )
    for first, region, community, *cross, people in rows:
        yield Cell(first, region, community, tuple(cross)), int(people)
