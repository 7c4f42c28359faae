"""Which of our dimensions a bulletin's rows are: units, communities, channels, categories …"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.definitions import TIME_DIMENSIONS, Card, cards
from metrics.labels import CLASSES
from metrics.measure import measure_many
from metrics.period import Period
from metrics.reconcile.figures import plain
from metrics.scope import Scope
from metrics.snapshot import Snapshot

_NOT_NAMES = {*TIME_DIMENSIONS, *CLASSES, "hour", "weekday"}
_BRACKETS = re.compile(r"\([^()]*\)$")
LEAST = 0.5  # of the names that must be known


@dataclass(frozen=True)
class Named:
    """One table's dimension, and which of its groups each printed name is."""

    table: str
    dimension: str | None  # None: the rows are the whole of the scope
    known: dict[str, str]  # printed name -> our label
    unknown: tuple[str, ...]


def spelled(name: str) -> str:
    return _BRACKETS.sub("", plain(name)).casefold()


def match_names(names: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """The same word, width and blanks aside; or the only label that holds it or is held by it."""
    exact = {spelled(label): label for label in labels}
    found: dict[str, str] = {}
    for name in names:
        word = spelled(name)
        if word in exact:
            found[name] = exact[word]
            continue
        near = [
            label
            for spelling, label in exact.items()
            if min(len(word), len(spelling)) >= 2 and (word in spelling or spelling in word)
        ]
        if len(near) == 1:
            found[name] = near[0]
    # Two printed names must not be one of ours.
    taken = [label for label in found.values()]
    return {name: label for name, label in found.items() if taken.count(label) == 1}


def named(names: Sequence[str], snapshot: Snapshot, period: Period, scope: Scope) -> list[Named]:
    """Tables and dimensions that know the names, most known first. Of a table, its best dimension."""
    best: dict[str, Named] = {}
    for table, dimension, labels in _labels(snapshot, period, scope):
        known = match_names(names, labels)
        if len(known) < max(2, LEAST * len(names)):
            continue
        if table not in best or len(known) > len(best[table].known):
            unknown = tuple(name for name in names if name not in known)
            best[table] = Named(table, dimension, known, unknown)
    return sorted(best.values(), key=lambda each: -len(each.known))


def whole(names: Sequence[str], snapshot: Snapshot, scope: Scope) -> list[Named]:
    """A single row is the whole of what the reader looks at."""
    label = scope.label(snapshot)
    tables = dict.fromkeys(card.table.name for card in cards().values())
    return [Named(table, None, dict.fromkeys(names, label), ()) for table in tables]


def _labels(
    snapshot: Snapshot, period: Period, scope: Scope
) -> list[tuple[str, str, tuple[str, ...]]]:
    return snapshot.kept(
        ("reconcile names", period.code, scope),
        lambda: [
            (card.table.name, dimension, _groups(card, dimension, snapshot, period, scope))
            for card in _volumes()
            for dimension in card.dimensions
            if dimension not in _NOT_NAMES
        ],
    )


def _volumes() -> list[Card]:
    """Of each table one plain count: it has every group that anything happened in."""
    found: dict[str, Card] = {}
    for card in cards().values():
        if card.unit == "count" and card.tier == "T0" and card.when == "flow":
            found.setdefault(card.table.name, card)
    return list(found.values())


def _groups(
    card: Card, dimension: str, snapshot: Snapshot, period: Period, scope: Scope
) -> tuple[str, ...]:
    measured = measure_many([card.id], period, scope, (dimension,), snapshot=snapshot)[card.id]
    return tuple(row.labels[0] for row in measured.rows if row.group[0] is not None)
