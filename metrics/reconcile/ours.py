"""Our numbers beside the printed ones: which card, base, period or as-of date reproduces a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.labels import LABELLED
from metrics.period import Period
from metrics.reconcile.candidates import Ours, candidates, measured
from metrics.reconcile.evidence import Evidence, weigh
from metrics.reconcile.grand import Grand
from metrics.reconcile.places import named, whole
from metrics.reconcile.rates import MOST_OF_ROWS
from metrics.reconcile.sheet import Column, Sheet
from metrics.reconcile.terms import MODES, Mode, compare
from metrics.scope import Scope
from metrics.snapshot import Snapshot

BEST = 4  # shown of each column


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
    def credible(self) -> bool:
        """All but a few rows, and these few are news."""
        return bool(self.matched.mean() >= MOST_OF_ROWS) and self.rows >= 3 and self.evidence.claims

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
    total: bool = False  # a totals row, beside ours of the whole scope

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
        for each in measured(one, sheet, rows, period, scope, snapshot, role)
    ]
    for column in (*sheet.of("count"), *sheet.of("rate")):
        pool = list(candidates(column, ours))
        tried += len(pool)
        best[column.name] = _ranked(column, rows, pool, period)
    printed = tuple(_printed(sheet, rows, best))
    if sheet.total.any() and not single:
        printed += tuple(_totals(sheet, best, Grand(sheet, period, scope, snapshot, role)))
    label = LABELLED.get(known.dimension, known.dimension) if known.dimension else None
    return Compared(label, known.known, known.unknown, best, printed, tried)


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
    best: dict[tuple[str, str, bytes], Match] = {}  # one reading date more is no other definition
    for n in order:
        key = (pool[n].words, pool[n].period.code, either[n].tobytes())
        if key not in best:
            weight = _weigh(column, shown, either[n], len(pool))
            best[key] = Match(column, pool[n], either[n], _mode(half[n], cut[n]), weight)
        if len(best) == BEST:
            break
    return list(best.values())


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
            value = None if mine != mine else mine
            yield _beside(sheet, match, rows[at], value, agrees=bool(match.matched[n]))


def _totals(sheet: Sheet, best: dict[str, list[Match]], grand: Grand) -> Iterator[Printed]:
    """Only of columns whose definition is found: nothing is said of a total by a guess."""
    for matches in best.values():
        match = matches[0] if matches else None
        if match is None or not (match.claims or match.credible):
            continue
        column = match.column
        factor = column.scale if column.role == "rate" else 1.0
        for at in grand.rows:
            if np.isfinite(column.values[at]):
                mine = grand.value(match.ours)
                value = None if mine is None else mine * factor
                agrees = grand.agrees(column, at, match.ours)
                yield _beside(sheet, match, at, value, agrees=agrees, total=True)


def _beside(
    sheet: Sheet, match: Match, at: int, ours: float | None, *, agrees: bool, total: bool = False
) -> Printed:
    column = match.column
    return Printed(
        sheet.names[at],
        column.name,
        float(column.values[at]),
        ours,
        agrees,
        column.unit,
        column.digits,
        match.ours.words,
        match.ours.metric,
        match.when,
        total,
    )
