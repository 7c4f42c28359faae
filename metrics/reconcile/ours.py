"""Our numbers beside the printed ones: which card, base, period or as-of date reproduces a column.

Candidates are measured, never queried: every card of the tables whose dimension knows the names, over the
period named and its neighbours, read at the end of the period and as of now.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.definitions import card as card_of
from metrics.definitions import cards
from metrics.labels import LABELLED
from metrics.measure import measure_many
from metrics.period import DAY, Period
from metrics.reconcile.evidence import Evidence, weigh
from metrics.reconcile.places import Named, named, whole
from metrics.reconcile.rates import MODES, Mode, compare
from metrics.reconcile.sheet import Column, Sheet
from metrics.result import Row
from metrics.scope import Scope
from metrics.snapshot import Snapshot

BEST = 4  # shown of each column


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


@dataclass(frozen=True, eq=False)
class Match:
    column: Column
    ours: Ours
    matched: np.ndarray
    mode: Mode
    evidence: Evidence

    @property
    def rows(self) -> int:
        return int(self.matched.sum())

    @property
    def claims(self) -> bool:
        return bool(self.matched.all()) and self.evidence.claims

    @property
    def words(self) -> str:
        return self.ours.words + (
            "" if self.mode == "half" or not self.ours.share else f",{MODES[self.mode]}"
        )

    @property
    def when(self) -> str:
        at = self.ours.as_of
        return f"{self.ours.period.label},数据截至{at.year}年{at.month}月{at.day}日"


@dataclass(frozen=True)
class Printed:
    """One printed number beside ours."""

    name: str
    column: str
    theirs: float
    ours: float | None
    agrees: bool
    unit: str
    digits: int
    definition: str
    metric: str
    when: str

    @property
    def difference(self) -> float | None:
        return None if self.ours is None else self.theirs - self.ours


@dataclass(frozen=True, eq=False)
class Compared:
    dimension: str | None
    known: dict[str, str]
    unknown: tuple[str, ...]
    matches: dict[str, list[Match]]  # by the column's name, best first
    printed: tuple[Printed, ...]
    tried: int


def compare_with_ours(
    sheet: Sheet, period: Period, scope: Scope, snapshot: Snapshot, role: str = "leader"
) -> Compared | None:
    """None where none of our dimensions knows the names."""
    places = np.flatnonzero(sheet.body)
    names = [sheet.names[at] for at in places]
    single = len(names) == 1
    found = whole(names, snapshot, scope) if single else named(names, snapshot, period, scope)
    if not found:
        return None
    best: dict[str, list[Match]] = {}
    tried = 0
    known = found[0]
    rows = np.array([at for at, name in zip(places, names, strict=True) if name in known.known])
    ours = [
        each
        for one in found
        if one.known.keys() >= known.known.keys()
        for each in _measured(one, known, sheet, rows, period, scope, snapshot, role)
    ]
    for column in (*sheet.of("count"), *sheet.of("rate")):
        pool = list(_for(column, ours))
        tried += len(pool)
        best[column.name] = _ranked(column, rows, pool, period)
    printed = tuple(_printed(sheet, rows, best))
    label = LABELLED.get(known.dimension, known.dimension) if known.dimension else None
    return Compared(label, known.known, known.unknown, best, printed, tried)


def _periods(period: Period, as_of: date) -> list[Period]:
    """The one named, and its neighbours whole."""
    if period.kind == "custom":
        return [period, period.previous()]
    before, after = (Period.of(period.kind, day, as_of) for day in (period.start - DAY, period.end))
    return [period, before, *([after] if after.start <= as_of else [])]


def _measured(
    one: Named, lead: Named, sheet: Sheet, rows: np.ndarray, period: Period, scope: Scope,
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
    kept = snapshot.memory.setdefault("reconcile", {})
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


def _for(column: Column, ours: Sequence[Ours]) -> Iterator[Ours]:
    """Counts for counts; for a rate the rates, then one count over another of the same reading."""
    if column.role == "count":
        yield from (each for each in ours if not each.share)
        return
    yield from (each for each in ours if each.share)
    groups: dict[tuple[str, date], list[Ours]] = {}
    for each in ours:
        if not each.share and np.nansum(np.abs(each.values)):
            groups.setdefault((each.period.code, each.as_of), []).append(each)
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
            yield Ours(words, above.metric, above.period, above.as_of, value, True, 2, below.metric)


def _bare(words: str) -> str:
    return words.split("(", 1)[0]


def _ranked(column: Column, rows: np.ndarray, pool: Sequence[Ours], period: Period) -> list[Match]:
    """Most rows first; of those that reproduce as many, the plainest, nearest in time and in words."""
    shown = column.values[rows]
    printed = np.isfinite(shown)
    if not printed.any() or not pool:
        return []
    shown, slack = shown[printed], column.slack[rows][printed]
    exact = np.array([each.values for each in pool])[:, printed]
    if column.role == "rate":
        exact = exact * column.scale
        half, cut = compare(exact, shown, column.width)
    else:
        half = np.abs(exact - shown) <= slack + 1e-6
        cut = half
    either = half | cut
    with np.errstate(invalid="ignore"):
        off = np.nanmean(np.abs(np.where(np.isfinite(exact), exact - shown, np.inf)), axis=1)
    order = sorted(
        range(len(pool)),
        key=lambda n: (
            -int(either[n].sum()),
            not half[n].all(),
            pool[n].rank,
            pool[n].period.code != period.code,
            -_shared(column.name, pool[n].words),
            float(off[n]),
        ),
    )
    return [
        Match(
            column,
            pool[n],
            either[n],
            _mode(half[n], cut[n]),
            _weigh(column, shown, either[n], len(pool)),
        )
        for n in order[:BEST]
    ]


def _mode(half: np.ndarray, cut: np.ndarray) -> Mode:
    either = half | cut
    if half[either].all():
        return "half"
    return "cut" if cut[either].all() else "mixed"


def _weigh(column: Column, shown: np.ndarray, matched: np.ndarray, tried: int) -> Evidence:
    rate = column.role == "rate"
    width = column.width if rate else 1 + 2 * float(column.slack.max(initial=0))
    return weigh(shown, width, tried, column.scale if rate else 0.0, column.digits, matched)


def _shared(name: str, words: str) -> float:
    return len(set(name) & set(words)) / max(1, len(set(name)))


def _printed(sheet: Sheet, rows: np.ndarray, best: dict[str, list[Match]]) -> Iterator[Printed]:
    for column in sheet.columns:
        match = next(iter(best.get(column.name, ())), None)
        if match is None:
            continue
        factor = column.scale if column.role == "rate" else 1.0
        shown = np.flatnonzero(np.isfinite(column.values[rows]))
        for n, at in enumerate(shown):
            mine = float(match.ours.values[at]) * factor
            yield Printed(
                sheet.names[rows[at]],
                column.name,
                float(column.values[rows[at]]),
                None if mine != mine else mine,
                bool(match.matched[n]),
                column.unit,
                column.digits,
                match.ours.words,
                match.ours.metric,
                match.when,
            )
