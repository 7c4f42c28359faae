"""Which numerator and denominator reproduce a printed column of rates, in all its rows.

Simple definitions are tried first: one column over another; then one minus that, a change against
another column, a share of the column's sum; then sums and differences of two columns. Every definition
of a step is compared at once, on a few rows first and on all rows where those agree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from metrics.reconcile.evidence import Evidence, weigh
from metrics.reconcile.sheet import Column, Sheet
from metrics.reconcile.terms import Definition, Kind, Mode, Term, compare, likeness

MOST_COLUMNS = 30
SAMPLE = 6
NEAR = 0.6  # of the sampled rows a definition must reproduce to be looked at whole
MOST_OF_ROWS = 0.7


@dataclass(frozen=True, eq=False)
class Fit:
    definition: Definition
    matched: np.ndarray  # over the rows looked at
    mode: Mode
    evidence: Evidence

    @property
    def credible(self) -> bool:
        """Enough rows to say that the others are wrong."""
        enough = self.matched.mean() >= MOST_OF_ROWS and self.matched.sum() >= 3
        return bool(enough) and self.evidence.claims


@dataclass(frozen=True, eq=False)
class Explained:
    column: Column
    rows: np.ndarray  # places of the rows looked at
    fits: tuple[Fit, ...]  # all rows, simplest step; the likeliest by its words first
    near: tuple[Fit, ...]  # some rows, best first
    tried: int

    @property
    def best(self) -> Fit | None:
        return self.fits[0] if self.fits else None

    @property
    def believed(self) -> Fit | None:
        """What the column means: what reproduces every row, or all but a few that are then wrong."""
        if self.fits:
            return self.fits[0] if self.fits[0].evidence.claims else None
        return next((fit for fit in self.near if fit.credible), None)


def explain(sheet: Sheet) -> list[Explained]:
    """One account for every column of rates."""
    kept: Kept = {}
    return [explain_column(sheet, column, kept) for column in sheet.of("rate")]


def explain_column(sheet: Sheet, column: Column, kept: "Kept") -> Explained:
    rows = _rows(sheet, column)
    tried, near = 0, []
    if not len(rows):
        return Explained(column, rows, (), (), 0)
    for step in _steps(sheet, column, rows, kept):
        tried += step.size
        found = step.fits(column, rows, tried)
        whole = [fit for fit in found if fit.matched.all()]
        if whole:
            whole.sort(key=lambda fit: _unlikeness(column, fit))
            return Explained(column, rows, tuple(whole[:8]), (), tried)
        near += found
    near.sort(key=lambda fit: (-int(fit.matched.sum()), len(fit.definition.words)))
    return Explained(column, rows, (), tuple(near[:3]), tried)


def _rows(sheet: Sheet, column: Column) -> np.ndarray:
    """Where a rate is printed. Totals rows only where the others are too few to tell."""
    printed = np.isfinite(column.values)
    body = printed & sheet.body
    telling = body & (column.values != 0) & (column.values != column.scale)
    return np.flatnonzero(printed if telling.sum() < 3 else body)


@dataclass(frozen=True, eq=False)
class _Pool:
    """Numbers that may stand above or below the line, one row for each term."""

    terms: list[Term]
    values: np.ndarray  # terms × rows
    slack: np.ndarray


@dataclass(frozen=True, eq=False)
class _Step:
    kind: Kind
    columns: tuple[Column, ...]
    above: _Pool
    below: _Pool
    pairs: tuple[np.ndarray, np.ndarray]

    @property
    def size(self) -> int:
        return len(self.pairs[0])

    def fits(self, column: Column, rows: np.ndarray, tried: int) -> list[Fit]:
        if not self.size:
            return []
        shown = column.values[rows]
        sample = _telling(shown, column.scale)
        a, b = self.pairs
        hits = self._matches(column, shown, a, b, sample)[2].mean(axis=1)
        a, b = a[hits >= NEAR], b[hits >= NEAR]
        if not len(a):
            return []
        half, cut, either = self._matches(column, shown, a, b, np.arange(len(shown)))
        best = np.argsort(-either.sum(axis=1), kind="stable")[:40]
        return [
            Fit(
                Definition(
                    self.kind,
                    self.above.terms[a[n]],
                    None if self.kind == "of_sum" else self.below.terms[b[n]],
                    self.columns,
                ),
                either[n],
                _mode(half[n], cut[n], either[n]),
                self._weigh(column, shown, tried, either[n], a[n], b[n]),
            )
            for n in best
        ]

    def _weigh(self, column, shown, tried, matched, a, b) -> Evidence:
        with np.errstate(divide="ignore", invalid="ignore"):
            slack = self.above.slack[a] / np.abs(self.above.values[a]) + self.below.slack[
                b
            ] / np.abs(self.below.values[b])
        width = column.width + 2 * float(np.nanmax(np.nan_to_num(slack * np.abs(shown))))
        whole = column.scale if self.kind in ("share", "complement", "of_sum") else 0.0
        return weigh(shown, width, tried, whole, column.digits, matched)

    def _matches(self, column, shown, a, b, rows):
        above, below = self.above.values[:, rows][a], self.below.values[:, rows][b]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = above - below if self.kind == "points" else above / below
            slack = 0.0
            if self.above.slack.any() or self.below.slack.any():
                slack = (
                    np.abs(ratio)
                    * column.scale
                    * (
                        self.above.slack[:, rows][a] / np.abs(above)
                        + self.below.slack[:, rows][b] / np.abs(below)
                    )
                )
            if self.kind == "points":
                slack = column.width
        if self.kind == "complement":
            ratio = 1 - ratio
        elif self.kind == "change":
            ratio = ratio - 1
        exact = ratio if self.kind == "points" else ratio * column.scale
        with np.errstate(invalid="ignore"):
            half, cut = compare(exact, shown[rows], column.width, slack)
        return half, cut, half | cut


def _mode(half: np.ndarray, cut: np.ndarray, either: np.ndarray) -> Mode:
    rows = either if either.any() else slice(None)
    if half[rows].all():
        return "half"
    return "cut" if cut[rows].all() else "mixed"


def _telling(shown: np.ndarray, whole: float) -> np.ndarray:
    """A few rows that differ most: 0 and 100% come last."""
    order = np.lexsort((shown, np.isin(shown, (0.0, whole))))
    inner = order[: max(1, int((~np.isin(shown, (0.0, whole))).sum()))]
    picked = np.unique(np.linspace(0, len(inner) - 1, min(SAMPLE, len(inner))).astype(int))
    return inner[picked]


def usable(sheet: Sheet, rows: np.ndarray) -> list[Column]:
    """Columns of counts that hold something. Of columns that are the same, the first."""
    found: list[Column] = []
    for column in sheet.of("count"):
        values = column.values[rows]
        if not np.nansum(np.abs(values)):
            continue
        if any(np.array_equal(each.values[rows], values, equal_nan=True) for each in found):
            continue
        found.append(column)
    return found[:MOST_COLUMNS]


def twins(sheet: Sheet, rows: np.ndarray) -> dict[str, list[str]]:
    """Names of columns that print the same numbers: no arithmetic can tell them apart."""
    same: dict[str, list[str]] = {}
    kept = usable(sheet, rows)
    for column in sheet.of("count"):
        for first in kept:
            if column is not first and np.array_equal(
                column.values[rows], first.values[rows], equal_nan=True
            ):
                same.setdefault(first.name, []).append(column.name)
    return same


Kept = dict[bytes, list[_Step]]  # sums of columns over the same rows serve every rate


def _steps(sheet: Sheet, column: Column, rows: np.ndarray, kept: Kept) -> Iterator[_Step]:
    columns = tuple(usable(sheet, rows))
    if columns:
        singles = _pool(columns, rows, [Term(((1, at),)) for at in range(len(columns))])
        apart = _pairs(len(columns), len(columns), lambda a, b: a != b)
        for kind in ("share", "complement", "change"):
            yield _Step(kind, columns, singles, singles, apart)
        yield _of_sum(sheet, columns, singles)
        key = rows.tobytes()
        if key not in kept:
            kept[key] = list(_composed(columns, rows, singles))
        yield from kept[key]
    rates = tuple(
        each for each in sheet.of("rate") if each is not column and each.scale == column.scale
    )
    if len(rates) > 1:
        singles = _pool(rates, rows, [Term(((1, at),)) for at in range(len(rates))])
        yield _Step(
            "points", rates, singles, singles, _pairs(len(rates), len(rates), lambda a, b: a != b)
        )


def _of_sum(sheet: Sheet, columns: tuple[Column, ...], singles: _Pool) -> _Step:
    sums = np.array([np.nansum(each.values[sheet.body]) for each in columns])
    values = np.repeat(sums[:, None], singles.values.shape[1], axis=1)
    every = np.arange(len(columns))
    below = _Pool(singles.terms, values, np.zeros_like(values))
    return _Step("of_sum", columns, singles, below, (every, every))


def _composed(columns: tuple[Column, ...], rows: np.ndarray, singles: _Pool) -> Iterator[_Step]:
    """Sums and differences of two columns, and a sum over itself and a third."""
    count = len(columns)
    if count < 2:
        return
    both = list(combinations(range(count), 2))
    sums = [Term(((1, a), (1, b))) for a, b in both]
    differences = [Term(((1, a), (-1, b))) for x, y in both for a, b in ((x, y), (y, x))]
    two = _pool(columns, rows, sums + differences)
    yield _Step("share", columns, singles, two, _pairs(count, len(two.terms)))
    yield _Step("share", columns, two, singles, _pairs(len(two.terms), count))
    if count > 2:
        plus = _pool(columns, rows, sums)
        three = [
            (n, Term((*sums[n].parts, (1, c))))
            for n, (a, b) in enumerate(both)
            for c in range(count)
            if c not in (a, b)
        ]
        below = _pool(columns, rows, [term for _, term in three])
        pairs = (np.array([n for n, _ in three]), np.arange(len(three)))
        yield _Step("share", columns, plus, below, pairs)
        yield _Step("share", columns, plus, plus, _pairs(len(sums), len(sums), lambda a, b: a != b))


def _pool(columns: Sequence[Column], rows: np.ndarray, terms: list[Term]) -> _Pool:
    """Terms of one length."""
    table = np.array([each.values[rows] for each in columns])
    spread = np.array([each.slack[rows] for each in columns])
    count = len(terms[0].parts)
    places = np.array([[at for _, at in term.parts] for term in terms], int).reshape(-1, count)
    signs = np.array([[sign for sign, _ in term.parts] for term in terms], float)
    values = np.zeros((len(terms), len(rows)))
    slack = np.zeros_like(values)
    for part in range(count):
        values += signs[:, part, None] * table[places[:, part]]
        slack += spread[places[:, part]]
    return _Pool(terms, values, slack)


def _pairs(above: int, below: int, keep=None) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.meshgrid(np.arange(above), np.arange(below), indexing="ij")
    a, b = a.ravel(), b.ravel()
    if keep is None:
        return a, b
    chosen = keep(a, b)
    return a[chosen], b[chosen]


def _unlikeness(column: Column, fit: Fit) -> tuple[float, int]:
    """Among definitions that fit alike, the one whose words are nearest the rate's comes first."""
    definition = fit.definition
    order = ("half", "cut", "mixed").index(fit.mode)
    alike = likeness(column.name, definition.above.words(definition.columns), definition.base)
    return order - alike, len(definition.words)
