"""Whether the rows themselves can be trusted: late, refused, not understood, doubtful, incomplete.

Counts of rows over everything that was loaded; no period, no area.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from metrics.pulse import Pulse, pulses
from metrics.records import Batch, Freshness
from metrics.snapshot import Snapshot

UNMAPPED = "unmapped_"  # these flags are told word by word
PLACED = ("community", "grid")
# The columns that most metrics stand on, in the order a reader asks for them.
MATTERS = (*PLACED, "category", "unit", "due_at", "closed_at", "satisfaction", "longitude")


@dataclass(frozen=True)
class Account:
    """Where the rows of a source went, over the batches in use."""

    label: str
    files: int
    read: int
    loaded: int
    updated: int
    unchanged: int
    duplicate: int
    rejected: int

    @property
    def balanced(self) -> bool:
        parts = (self.loaded, self.updated, self.unchanged, self.duplicate, self.rejected)
        return self.read == sum(parts)

    @property
    def rejected_share(self) -> float | None:
        return self.rejected / self.read if self.read else None


@dataclass(frozen=True)
class Finding:
    """Rows of a source that something is to be said about: a reason, a word, a rule; a row can have several.

    `what` is None for a word that could not be kept.
    """

    label: str
    what: str | None
    rows: int
    of: int
    field: str = ""
    resembles: str = ""  # the category its orders read like, and how many of those asked agree

    @property
    def share(self) -> float:
        return self.rows / self.of


@dataclass(frozen=True)
class Completeness:
    """Of the rows of a source, how many have each column; a column it does not have is not there."""

    label: str
    rows: int
    filled: dict[str, int]

    def share(self, column: str) -> float | None:
        return self.filled[column] / self.rows if column in self.filled else None

    def missing(self, column: str) -> int:
        return self.rows - self.filled.get(column, self.rows)


@dataclass(frozen=True)
class Quality:
    """Everything the page says, worked out once per snapshot."""

    as_of: date
    pulses: tuple[Pulse, ...]
    absent: tuple[str, ...]  # kinds of source that no file was loaded of
    accounts: tuple[Account, ...]
    warnings: tuple[tuple[str, str], ...]  # file, words
    reasons: tuple[Finding, ...]
    words: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    completeness: tuple[Completeness, ...]

    @cached_property
    def timed(self) -> tuple[Pulse, ...]:
        """The sources that can be late."""
        return tuple(each for each in self.pulses if each.judgement in ("late", "on_time"))

    @cached_property
    def late(self) -> tuple[Pulse, ...]:
        return tuple(each for each in self.pulses if each.judgement == "late")

    @cached_property
    def whole(self) -> Account:
        """All sources together."""
        return _sum("", self.accounts)

    @cached_property
    def unmapped_rows(self) -> int:
        return sum(word.rows for word in self.words)

    @cached_property
    def least_placed(self) -> Completeness | None:
        """The source with most rows outside every community."""
        placed = [each for each in self.completeness if "community" in each.filled]
        return max(placed, key=lambda each: each.missing("community"), default=None)


def quality(snapshot: Snapshot) -> Quality:
    return snapshot.kept("quality", lambda: _quality(snapshot))


def _quality(snapshot: Snapshot) -> Quality:
    fresh = {each.source: each for each in snapshot.freshness()}
    used = [batch for batch in snapshot.batches() if not batch.undone]
    return Quality(
        as_of=snapshot.as_of,
        pulses=pulses(snapshot),
        absent=tuple(each.label for each in fresh.values() if not each.rows),
        accounts=_accounts(used),
        warnings=tuple((_file(batch), words) for batch in used for words in batch.warnings or ()),
        reasons=_reasons(snapshot, used),
        words=_words(snapshot, fresh),
        doubts=_doubts(snapshot, fresh),
        completeness=_completeness(snapshot, fresh),
    )


def _accounts(used: list[Batch]) -> tuple[Account, ...]:
    """Most rows first."""
    by_source: dict[str, list[Account]] = defaultdict(list)
    for batch in used:
        counts = (batch.read, batch.loaded, batch.updated, batch.unchanged, batch.duplicate)
        by_source[batch.label].append(Account(batch.label, 1, *counts, batch.rejected))
    found = [_sum(label, each) for label, each in by_source.items()]
    return tuple(sorted(found, key=lambda each: (-each.read, each.label)))


def _sum(label: str, accounts: Iterable[Account]) -> Account:
    columns = [
        (a.files, a.read, a.loaded, a.updated, a.unchanged, a.duplicate, a.rejected)
        for a in accounts
    ]
    return (
        Account(label, *map(sum, zip(*columns, strict=True)))
        if columns
        else Account(label, *[0] * 7)
    )


def _file(batch: Batch) -> str:
    return batch.file + (f" › {batch.sheet}" if batch.sheet else "")


def _reasons(snapshot: Snapshot, used: list[Batch]) -> tuple[Finding, ...]:
    labels = {batch.source: batch.label for batch in used}
    numbers = {batch.batch for batch in used}
    read = Counter()
    for batch in used:
        read[batch.source] += batch.read
    rows = Counter()
    for batch, source, reason, count in snapshot.reject_reasons().itertuples(
        index=False, name=None
    ):
        if batch in numbers:
            rows[source, reason] += int(count)
    found = [
        Finding(labels[source], reason, count, read[source])
        for (source, reason), count in rows.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.label, each.what or "")))


def _words(snapshot: Snapshot, fresh: dict[str, Freshness]) -> tuple[Finding, ...]:
    likely = _suggested(snapshot)
    found = [
        Finding(
            fresh[source].label,
            value if isinstance(value, str) else None,  # pandas makes NaN of what is not there
            int(rows),
            fresh[source].rows,
            snapshot.labels("fields", source).get(column, column),
            likely.get((source, column, value), ""),
        )
        for source, column, value, rows in snapshot.unmapped().itertuples(index=False, name=None)
    ]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.label, each.field)))


def _suggested(snapshot: Snapshot) -> dict[tuple[str, str, str], str]:
    """By source, field and word. A suggestion only: nobody's category is changed by it."""
    if not snapshot.columns("suggestions"):
        return {}
    rows = snapshot.query(
        "SELECT source, value, category, agree, asked FROM suggestions ORDER BY source, value"
    )
    return {
        (source, "category", value): f"{category}({agree}/{asked}件)"
        for source, value, category, agree, asked in rows
    }


def _doubts(snapshot: Snapshot, fresh: dict[str, Freshness]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            fresh[each.source].label,
            snapshot.labels("flags", each.source).get(each.flag, each.flag),
            each.rows,
            fresh[each.source].rows,
        )
        for each in snapshot.flags()
        if not each.flag.startswith(UNMAPPED)
    )


def _completeness(snapshot: Snapshot, fresh: dict[str, Freshness]) -> tuple[Completeness, ...]:
    by_source: dict[str, dict[str, int]] = defaultdict(dict)
    for each in snapshot.filled(*MATTERS):
        by_source[each.source][each.column] = each.filled
    found = [
        Completeness(fresh[source].label, fresh[source].rows, filled)
        for source, filled in by_source.items()
        if fresh[source].last_event is not None  # a ledger of places is not placed anywhere
    ]
    return tuple(sorted(found, key=lambda each: (-each.rows, each.label)))
