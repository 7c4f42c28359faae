"""Columns of counts that are the sum or the difference of others, and the rows where that breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.reconcile.findings import Finding
from metrics.reconcile.sheet import Column, Sheet
from metrics.reconcile.totals import EXACT, shown

Parts = tuple[tuple[int, Column], ...]

FEWEST = 3  # rows, and different values, that an identity must hold for
BREAKS = 0.2  # of the rows may break an identity that is otherwise believed
LONGEST_RUN = 12
SAMPLE = 6


@dataclass(frozen=True, eq=False)
class Identity:
    column: Column
    parts: Parts
    rows: np.ndarray
    matched: np.ndarray

    @property
    def words(self) -> str:
        text = "".join(
            f"{'' if not n else '+' if sign > 0 else '−'}{each.name}"
            for n, (sign, each) in enumerate(self.parts)
        )
        return f"{self.column.name}={text}"

    @property
    def members(self) -> frozenset[int]:
        """a=b+c and b=a−c are one."""
        return frozenset([self.column.at, *(part.at for _, part in self.parts)])

    @property
    def adds(self) -> bool:
        return all(sign > 0 for sign, _ in self.parts)

    def value(self, row: int) -> float:
        return float(sum(sign * part.values[row] for sign, part in self.parts))


def identities(sheet: Sheet) -> list[Identity]:
    """For each column of counts the simplest sum or difference that holds in nearly all rows."""
    counted = sheet.of("count")
    alive = [each for each in counted if np.nansum(np.abs(each.values[sheet.body]))]
    found: dict[frozenset[int], Identity] = {}
    for column in alive:
        best = _best(sheet, column, [each for each in alive if each is not column], counted)
        known = found.get(best.members) if best else None
        if best and (known is None or (best.adds and not known.adds)):
            found[best.members] = best
    return list(found.values())


def _best(
    sheet: Sheet, column: Column, others: Sequence[Column], counted: Sequence[Column]
) -> Identity | None:
    rows = np.flatnonzero(sheet.body & np.isfinite(column.values))
    if len(rows) < FEWEST:
        return None
    best: Identity | None = None
    for parts in (*_pairs(column, others, rows), *_runs(column, counted, rows)):
        made = sum(sign * each.values[rows] for sign, each in parts)
        slack = sum(each.slack[rows] for _, each in parts) + column.slack[rows]
        with np.errstate(invalid="ignore"):
            matched = np.abs(made - column.values[rows]) <= slack + EXACT
        misses = int((~matched).sum())
        if misses and (matched.sum() <= FEWEST or misses > BREAKS * len(matched)):
            continue
        if len(set(column.values[rows][matched])) < FEWEST:
            continue
        if best is None or matched.sum() > best.matched.sum():
            best = Identity(column, parts, rows, matched)
    return best


def _pairs(column: Column, others: Sequence[Column], rows: np.ndarray) -> Iterator[Parts]:
    """Two columns added or subtracted, those only that hold in most of a few rows."""
    if len(others) < 2:
        return
    sample = _sample(rows)
    table = np.array([each.values[sample] for each in others])
    slack = np.array([each.slack[sample] for each in others])
    first, second = np.triu_indices(len(others), 1)
    allowed = slack[first] + slack[second] + column.slack[sample] + EXACT
    for a, b, signs in (
        (first, second, (1, 1)),
        (first, second, (1, -1)),
        (second, first, (1, -1)),
    ):
        with np.errstate(invalid="ignore"):
            off = np.abs(table[a] + signs[1] * table[b] - column.values[sample])
        near = (off <= allowed).mean(axis=1) > 0.5
        for at in np.flatnonzero(near):
            yield (signs[0], others[a[at]]), (signs[1], others[b[at]])


def _runs(column: Column, counted: Sequence[Column], rows: np.ndarray) -> Iterator[Parts]:
    """Three neighbours or more added up, as a total of the columns beside it would."""
    others = [each for each in counted if each is not column]
    if len(others) < 3:
        return
    sample = _sample(rows)
    table = np.nan_to_num(np.array([each.values[sample] for each in others]))
    sums = np.concatenate([np.zeros((1, len(sample))), np.cumsum(table, axis=0)])
    slack = max((float(each.slack.max(initial=0)) for each in counted), default=0.0)
    for start in range(len(others)):
        for stop in range(start + 3, min(len(others), start + LONGEST_RUN) + 1):
            if others[stop - 1].at - others[start].at != stop - 1 - start:
                continue  # not neighbours
            off = np.abs(sums[stop] - sums[start] - column.values[sample])
            if (off <= slack * (stop - start + 1) + EXACT).mean() > 0.5:
                yield tuple((1, each) for each in others[start:stop])


def _sample(rows: np.ndarray) -> np.ndarray:
    return rows[np.unique(np.linspace(0, len(rows) - 1, SAMPLE).astype(int))]


def check(sheet: Sheet) -> Iterator[Finding]:
    for each in identities(sheet):
        good, rows = int(each.matched.sum()), len(each.matched)
        if good == rows:
            yield Finding("note", f"{each.words},{rows}/{rows}行成立。", each.column.name)
        for row in each.rows[~each.matched]:
            yield from _broken(sheet, each, int(row), good)
        yield from _in_totals(sheet, each)


def _broken(sheet: Sheet, each: Identity, row: int, good: int) -> Iterator[Finding]:
    made, told = each.value(row), float(each.column.values[row])
    if np.isfinite(made):
        yield Finding(
            "break",
            f"{sheet.names[row]}:{each.words}在其余{good}行成立,这一行印{shown(told, each.column)},"
            f"算出{shown(made, each.column)},相差{told - made:+,g}。",
            each.column.name,
        )


def _in_totals(sheet: Sheet, each: Identity) -> Iterator[Finding]:
    """A totals row that does not do what the rows above it do."""
    for row in np.flatnonzero(sheet.total):
        made, told = each.value(int(row)), float(each.column.values[row])
        if np.isfinite(made) and np.isfinite(told) and abs(made - told) > EXACT:
            yield Finding(
                "look",
                f"{sheet.names[row]}自相矛盾:按{each.words},用这一行印出的数应为{shown(made)},"
                f"印的“{each.column.name}”是{shown(told)}。",
                each.column.name,
            )
