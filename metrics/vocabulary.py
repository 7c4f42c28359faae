"""The office's own words for reading texts, kept in the notebook: loading cuts them whole, or passes them over.

A word takes effect when texts are next read: at the next load, or by making the snapshot anew.
"""

import re
from dataclasses import dataclass

from metrics import notebook

TABLE = "CREATE TABLE IF NOT EXISTS local_words (word TEXT PRIMARY KEY, kept INTEGER NOT NULL)"
HAN = re.compile("[\u4e00-\u9fa5]{2,10}")


@dataclass(frozen=True)
class LocalWord:
    word: str
    kept: bool  # cut whole; else passed over


def local_words() -> list[LocalWord]:
    if not notebook.path().is_file():
        return []
    with notebook.opened(TABLE) as book:
        rows = book.execute("SELECT word, kept FROM local_words ORDER BY kept DESC, word")
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
