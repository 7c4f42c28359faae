"""A base that is not in the table: one number, the same for all rows."""

from dataclasses import dataclass

import numpy as np

from metrics.reconcile.evidence import Evidence, weigh
from metrics.reconcile.rates import usable
from metrics.reconcile.sheet import Column, Sheet


@dataclass(frozen=True, eq=False)
class Outside:
    """A column over a number that is not printed, the same in every row."""

    above: Column
    low: int
    high: int
    evidence: Evidence

    @property
    def words(self) -> str:
        base = f"{self.low:,}" if self.low == self.high else f"{self.low:,}至{self.high:,}之间"
        return f"{self.above.name}÷一个表外的数({base})"


def constant(sheet: Sheet, column: Column, rows: np.ndarray) -> Outside | None:
    """The base that every row agrees on, where one does and it could not be chance."""
    shown, half = column.values[rows], column.width / 2
    if (shown <= half).any() or len(rows) < 3:
        return None
    columns = usable(sheet, rows)
    for above in columns:
        values = above.values[rows] * column.scale
        if not np.isfinite(values).all():
            continue
        low, high = np.max(values / (shown + half)), np.min(values / (shown - half))
        first, last = int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9))
        if not first <= last or first < 1:
            continue
        # The base is chosen to fit, which one row could always do: that row counts for nothing.
        easiest = int(np.argmin(values))
        rest = np.arange(len(rows)) != easiest
        evidence = weigh(
            shown[rest],
            column.width,
            len(columns),
            column.scale,
            column.digits,
            np.ones(rest.sum(), bool),
        )
        if evidence.claims:
            return Outside(above, first, last, evidence)
    return None
