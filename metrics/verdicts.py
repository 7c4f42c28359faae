"""What analysts say of links: kept in the notebook by the office's own numbers, read by the next load.

A record is named as source:number. A verdict on a pair is of the kind `link`; one on the chain of one caller
names the chain's first order alone and is of the kind `one_caller`.
"""

import hashlib
from dataclasses import astuple, dataclass

from metrics import notebook
from metrics.snapshot import Snapshot

TABLE = """
CREATE TABLE IF NOT EXISTS link_verdicts (
    kind TEXT NOT NULL, left_source TEXT NOT NULL, left_no TEXT NOT NULL,
    right_source TEXT NOT NULL, right_no TEXT NOT NULL, same INTEGER NOT NULL,
    said_at TEXT NOT NULL DEFAULT (datetime('now', '+8 hours')),
    PRIMARY KEY (kind, left_source, left_no, right_source, right_no)
)"""
COLUMNS = "kind, left_source, left_no, right_source, right_no, same"


@dataclass(frozen=True)
class Verdict:
    kind: str  # link or one_caller
    left_source: str
    left_no: str
    right_source: str
    right_no: str
    same: bool

    @classmethod
    def of_pair(cls, left: str, right: str, same: bool) -> "Verdict":
        """Of two records, each as source:number."""
        return cls("link", *_parts(left), *_parts(right), same)

    @classmethod
    def of_chain(cls, anchor: str, same: bool) -> "Verdict":
        return cls("one_caller", *_parts(anchor), "", "", same)

    @property
    def left(self) -> str:
        return f"{self.left_source}:{self.left_no}"

    @property
    def right(self) -> str:
        return f"{self.right_source}:{self.right_no}" if self.right_no else ""


def _parts(record: str) -> tuple[str, str]:
    source, _, number = record.partition(":")
    return source, number


def given() -> tuple[Verdict, ...]:
    """All that were given, in an order that does not depend on when."""
    rows = notebook.rows(TABLE, f"SELECT {COLUMNS} FROM link_verdicts ORDER BY {COLUMNS}")
    return tuple(Verdict(*words, bool(same)) for *words, same in rows)


def say(verdicts: list[Verdict]) -> None:
    """The later verdict on a pair replaces the earlier."""
    with notebook.opened(TABLE) as book:
        book.executemany(
            f"INSERT OR REPLACE INTO link_verdicts ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
            [astuple(verdict) for verdict in verdicts],
        )


def take_back(verdicts: list[Verdict]) -> None:
    with notebook.opened(TABLE) as book:
        book.executemany(
            "DELETE FROM link_verdicts WHERE (kind, left_source, left_no, right_source, right_no) = (?, ?, ?, ?, ?)",
            [astuple(verdict)[:-1] for verdict in verdicts],
        )


def pending(snapshot: Snapshot, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether the snapshot was made with others."""
    rows = [astuple(verdict) for verdict in verdicts]
    told = hashlib.sha256(repr(rows).encode()).hexdigest() if rows else ""
    return snapshot.meta.get("verdicts", "") != told
