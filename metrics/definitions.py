"""The 口径卡: what every metric means, read from metrics/cards/*.toml. One entry there is one metric.

A file describes one table: the words its definitions use ([terms]), which of them leave rows out
([exclusions], each with what a reader calls it), what may be said about rows ([remarks]), how it may be
cut ([dimensions]), and the cards. An earlier version of a card stands under it as
[cards.<id>.earlier.<n>] and holds only what was different then; it ends where the next one begins.
GOVERNANCE_CARDS names another folder of cards.

A pinned snapshot brings the cards of its time (metrics/pins.py). Everything asked here answers by the
running cards, or, within `of(snapshot)` and after `use(snapshot)`, by those of that snapshot.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import TYPE_CHECKING

from metrics import library
from metrics.entry import TIME_DIMENSIONS, WORD, Card, Moment, Remark, Table, spell_out
from metrics.errors import UnknownMetric, nearest
from metrics.library import Library

if TYPE_CHECKING:
    from metrics.snapshot import Snapshot

__all__ = [
    "TIME_DIMENSIONS",
    "WORD",
    "Card",
    "Moment",
    "Remark",
    "Table",
    "card",
    "cards",
    "in_force",
    "of",
    "spell_out",
    "use",
    "versions",
]

_pinned: ContextVar[Library | None] = ContextVar("pinned cards", default=None)


def use(snapshot: "Snapshot") -> None:
    """From here on in this thread: for a page's run, which sees one snapshot."""
    _pinned.set(snapshot.library)


@contextmanager
def of(snapshot: "Snapshot") -> Generator[None]:
    before = _pinned.set(snapshot.library)
    try:
        yield
    finally:
        _pinned.reset(before)


def _known() -> Library:
    """Metrics that came after a pin are known by name, so that pages can say that it has no number."""
    running, pinned = library.library(), _pinned.get()
    return running if pinned is None else running | pinned


def cards() -> dict[str, Card]:
    """The newest version of every card, by id, in file order."""
    return {name: versions[max(versions)] for name, versions in _known().items()}


def card(metric: str, version: int | None = None) -> Card:
    known = _known()
    if metric not in known:
        raise UnknownMetric(
            f"没有指标“{metric}”{nearest(metric, known)} 全部指标见 python -m metrics list。"
        )
    versions = known[metric]
    if version is None:
        return versions[max(versions)]
    if version not in versions:
        found = "、".join(map(str, sorted(versions)))
        raise UnknownMetric(f"指标“{metric}”没有第 {version} 版,现有版本:{found}")
    return versions[version]


def versions(metric: str) -> dict[int, Card]:
    card(metric)
    return dict(sorted(_known()[metric].items()))


def in_force(metric: str, day: date) -> Card:
    """The version that held on a day; before the first, the first."""
    return library.in_force(versions(metric), day)
