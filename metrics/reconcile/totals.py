"""Totals rows against the rows they claim to add up.

A total is never trusted, only compared. A table that lists a part of the units is no error: there every
total is larger than its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from metrics.reconcile.figures import plain, printed
from metrics.reconcile.findings import Finding
from metrics.reconcile.rates import Explained, Fit
from metrics.reconcile.sheet import PARTIAL, Column, Sheet
from metrics.reconcile.terms import agrees

LISTED_PART = 0.9  # rows that add up to less than this of every total are a selection
EXACT = 1e-6


@dataclass(frozen=True, eq=False)
class Sum:
    """One printed total of one column, and what its rows add up to."""

    row: int
    column: Column
    printed: float
    added: float
    slack: float

    @property
    def agrees(self) -> bool:
        return abs(self.printed - self.added) <= self.slack + EXACT


def sums(sheet: Sheet) -> list[list[Sum]]:
    """For each totals row its columns, under the reading of “all” that fits best."""
    found = []
    for row in np.flatnonzero(sheet.total):
        readings = [_of_block(sheet, row, block) for block in _blocks(sheet, row)]
        if readings:
            found.append(min(readings, key=lambda told: sum(not each.agrees for each in told)))
    return found


def _blocks(sheet: Sheet, row: int) -> Iterator[np.ndarray]:
    """All rows; those above up to the total before; those below up to the next."""
    places = np.arange(len(sheet.names))
    totals = np.flatnonzero(sheet.total)
    before = max((at for at in totals if at < row), default=-1)
    after = min((at for at in totals if at > row), default=len(places))
    above = sheet.body & (places < row) & (places > before)
    below = sheet.body & (places > row) & (places < after)
    partial = any(word in plain(sheet.names[row]) for word in PARTIAL)
    choices = (above, below) if partial else (sheet.body, above, below)
    yield from (block for block in choices if block.any())
    if not partial:
        apart = sheet.total & (places != row)
        if apart.any():  # the sum of subtotals, where a subtotal also stands for what is not listed
            yield apart


def _of_block(sheet: Sheet, row: int, block: np.ndarray) -> list[Sum]:
    return [
        Sum(
            int(row),
            column,
            float(column.values[row]),
            float(np.nansum(column.values[block])),
            float(column.slack[block].sum() + column.slack[row]),
        )
        for column in sheet.of("count")
        if np.isfinite(column.values[row]) and np.isfinite(column.values[block]).any()
    ]


def totals(sheet: Sheet, accounts: list[Explained]) -> list[Finding]:
    found: list[Finding] = []
    for row_sums in sums(sheet):
        if not row_sums:
            continue
        wrong = [each for each in row_sums if not each.agrees]
        if not wrong:
            where = sheet.names[row_sums[0].row]
            found.append(Finding("note", f"{where}与各行相加一致(核对{len(row_sums)}列)。", "合计"))
        elif _is_part(row_sums):
            first = row_sums[0]
            found.append(
                Finding(
                    "note",
                    f"表中各行加起来小于{sheet.names[first.row]}(例如{first.column.name}:"
                    f"各行{shown(first.added, first.column)},{sheet.names[first.row]}{shown(first.printed, first.column)}),"
                    "可能只列了一部分单位,没有当作差错。",
                    "合计",
                )
            )
        else:
            found += [_wrong(sheet, each) for each in wrong]
        found += _derived(sheet, accounts, row_sums, whole=not _is_part(row_sums))
    return found


def _is_part(found: list[Sum]) -> bool:
    return all(each.added < LISTED_PART * each.printed for each in found if each.printed)


def shown(value: float, column: Column | None = None) -> str:
    digits = column.digits if column is not None and not float(value).is_integer() else 0
    return printed(value, digits)


def _wrong(sheet: Sheet, each: Sum) -> Finding:
    where, name = sheet.names[each.row], each.column.name
    words = (
        f"{where}“{name}”印的是{shown(each.printed, each.column)},各行相加是"
        f"{shown(each.added, each.column)},相差{each.printed - each.added:+,g}。"
    )
    if copied := _copied(sheet, each):
        words += f"{shown(each.printed, each.column)}与“{copied}”的{where}相同,可能是抄错了列。"
    if _may_repeat(each):
        return Finding("look", f"{words}如果一个人在几行里都算,合计本来就会小于各行相加。", name)
    return Finding("break", words, name)


def _may_repeat(each: Sum) -> bool:
    """People, unlike attendances and orders, may be counted in several rows and once in the total."""
    people = "人" in each.column.name and "人次" not in each.column.name
    return people and each.printed < each.added


def _copied(sheet: Sheet, each: Sum) -> str | None:
    for column in sheet.of("count"):
        if column is each.column:
            continue
        if column.values[each.row] == each.printed or (
            np.nansum(column.values[sheet.body]) == each.printed
        ):
            return column.name
    return None


def _derived(
    sheet: Sheet, accounts: list[Explained], row_sums: list[Sum], *, whole: bool
) -> Iterator[Finding]:
    """The rates of a totals row: from which total were they worked out?"""
    row = row_sums[0].row
    added = {id(each.column): each.added for each in row_sums}
    for account in accounts:
        best, column = account.believed, account.column
        if best is None or not np.isfinite(column.values[row]) or row in account.rows:
            continue
        if best.definition.kind in ("of_sum", "points"):
            continue
        yield from _rate_of_total(sheet, account, best, row, added if whole else None)


def _rate_of_total(
    sheet: Sheet, account: Explained, best: Fit, row: int, added: dict[int, float] | None
) -> Iterator[Finding]:
    column, definition, where = account.column, best.definition, sheet.names[row]
    at = np.array([row])
    as_printed = definition.value(sheet)[at]
    fits = any(bool(each[0]) for each in agrees(as_printed, column, at))
    sums = (
        {n: added.get(id(each), np.nan) for n, each in enumerate(definition.columns)}
        if added
        else None
    )
    from_sums = definition.value(sheet, sums)[at] if sums else as_printed
    fits_sums = any(bool(each[0]) for each in agrees(from_sums, column, at))
    right = printed(float(from_sums[0]) * column.scale, column.digits, column.unit)
    told = printed(float(column.values[row]), column.digits, column.unit)
    if fits and fits_sums:
        return
    if fits:
        yield Finding(
            "break",
            f"{where}“{column.name}”{told}是用印错的合计算出的;按各行相加应为{right}。",
            column.name,
        )
    elif fits_sums:
        yield Finding(
            "look",
            f"{where}“{column.name}”{told}与各行相加的数相符,与同一行印出的合计不符:这一行自相矛盾。",
            column.name,
        )
    elif np.isfinite(as_printed[0]):
        yield _neither(sheet, column, definition.words, where, told, right)


def _neither(
    sheet: Sheet, column: Column, formula: str, where: str, told: str, right: str
) -> Finding:
    mean = float(np.nanmean(column.values[sheet.body]))
    row_mean = printed(mean, column.digits, column.unit)
    if row_mean == told:
        return Finding(
            "look",
            f"{where}“{column.name}”{told}是各行比率的简单平均,不是合计相除;按{formula}应为{right}。",
            column.name,
        )
    return Finding(
        "break",
        f"{where}“{column.name}”印的是{told},按各行的算法({formula})应为{right}。",
        column.name,
    )
