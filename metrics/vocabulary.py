"""The office's own words for reading texts, kept in the notebook: loading cuts them whole, or passes them over.

A word takes effect when texts are next read: at the next load, or by making the snapshot anew.
"""

import hashlib
import re
from dataclasses import dataclass

from metrics import notebook
from metrics.snapshot import Snapshot

TABLE = "CREATE TABLE IF NOT EXISTS local_words (word TEXT PRIMARY KEY, kept INTEGER NOT NULL)"
PROPOSALS = "word_proposals"
HAN = re.compile("[\u4e00-\u9fa5]{2,10}")


@dataclass(frozen=True)
class LocalWord:
    word: str
    kept: bool  # cut whole; else passed over


@dataclass(frozen=True)
class Proposal:
    """A place that no dictionary has, the orders of the last year that say it, and where most of these lie."""

    word: str
    orders: int
    community: str  # its name


def proposals(snapshot: Snapshot) -> list[Proposal]:
    """Most said first; without those that were decided on since the snapshot was made."""
    if not snapshot.columns(PROPOSALS):
        return []
    decided = {each.word for each in local_words()}
    areas = snapshot.area_by_code
    rows = snapshot.query(
        f"SELECT word, orders, community FROM {PROPOSALS} ORDER BY orders DESC, word"
    )
    return [
        Proposal(word, orders, areas[code].name if code in areas else code)
        for word, orders, code in rows
        if word not in decided
    ]


def pending(snapshot: Snapshot) -> bool:
    """Whether the snapshot was made with another list."""
    rows = sorted((each.word, each.kept) for each in local_words())
    told = hashlib.sha256(repr(rows).encode()).hexdigest() if rows else ""
    return snapshot.meta.get("words", "") != told


def local_words() -> list[LocalWord]:
    rows = notebook.rows(TABLE, "SELECT word, kept FROM local_words ORDER BY kept DESC, word")
    return [LocalWord(word, bool(kept)) for word, kept in rows]


def add(word: str, *, kept: bool = True) -> LocalWord:
    """Under a word already there, the newer decision replaces the older.

    Raises:
        ValueError: it is no word of two to ten Chinese characters.
        Unwritable: the notebook cannot be written.
    """
    word = "".join(word.split())
    if not HAN.fullmatch(word):
        raise ValueError(f"要写2到10个汉字,现在是“{word[:12]}”。小区、道路、物业的名称请写全称。")
    with notebook.opened(TABLE) as book:
        book.execute("INSERT OR REPLACE INTO local_words VALUES (?, ?)", [word, int(kept)])
    return LocalWord(word, kept)


def remove(word: str) -> None:
    with notebook.opened(TABLE) as book:
        book.execute("DELETE FROM local_words WHERE word = ?", [word])
