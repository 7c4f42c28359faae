"""The 口径卡: what every metric means, read from metrics/cards/*.toml. One entry there is one metric.

A file describes one table: the words its definitions use ([terms]), which of them leave rows out
([exclusions], each with what a reader calls it), what may be said about rows ([remarks]), how it may be
cut ([dimensions]), and the cards. An earlier version of a card stands under it as
[cards.<id>.earlier.<n>] and holds only what was different then; it ends where the next one begins.
GOVERNANCE_CARDS names another folder of cards.
"""

from datetime import date

from metrics import library
from metrics.entry import TIME_DIMENSIONS, WORD, Card, Moment, Remark, Table, spell_out
from metrics.errors import UnknownMetric, nearest

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
    "spell_out",
    "versions",
]


def cards() -> dict[str, Card]:
    """The newest version of every card, by id, in file order."""
    return {name: versions[max(versions)] for name, versions in library.library().items()}


def card(metric: str, version: int | None = None) -> Card:
    known = library.library()
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
    return dict(sorted(library.library()[metric].items()))


def in_force(metric: str, day: date) -> Card:
    """The version that held on a day; before the first, the first."""
    return library.in_force(versions(metric), day)
