"""A bulletin's totals row beside ours of the whole scope, by the definition that reproduces the rows best."""

from collections.abc import Sequence

import numpy as np

from metrics.definitions import card as card_of
from metrics.period import Period
from metrics.reconcile.candidates import Ours, measured
from metrics.reconcile.places import Named
from metrics.reconcile.sheet import Column, Sheet
from metrics.reconcile.terms import agrees
from metrics.scope import Scope
from metrics.snapshot import Snapshot


class Grand:
    """Ungrouped, and so with the units that the bulletin does not list."""

    def __init__(
        self, sheet: Sheet, period: Period, scope: Scope, snapshot: Snapshot, role: str
    ) -> None:
        self.rows = np.flatnonzero(sheet.total)
        self._sheet = sheet
        self._asked = period, scope, snapshot, role
        self._tables: dict[str, list[Ours]] = {}

    def value(self, ours: Ours) -> float | None:
        """In shares and counts; None where it is withheld, or where nothing was counted."""
        found = self._found(ours)
        return None if found is None or not np.isfinite(found) else float(found)

    def agrees(self, column: Column, at: int, ours: Ours) -> bool:
        mine = self.value(ours)
        if mine is None:
            return False
        if column.role != "rate":
            return bool(abs(mine - column.values[at]) <= column.slack[at] + 1e-6)
        half, cut = agrees(np.array([mine]), column, np.array([at]))
        return bool(half[0] or cut[0])

    def _found(self, ours: Ours) -> float | None:
        if ours.made_of:
            above, below = (self._found(each) for each in ours.made_of)
            return above / below if above is not None and below else None
        for each in self._of(card_of(ours.metric).table.name):
            if (each.words, each.period.code, each.as_of) == _which(ours):
                return each.values[0]
        return None

    def _of(self, table: str) -> Sequence[Ours]:
        if table not in self._tables:
            name = self._sheet.names[self.rows[0]]
            whole = Named(table, None, {name: name}, ())
            self._tables[table] = list(measured(whole, self._sheet, self.rows[:1], *self._asked))
        return self._tables[table]


def _which(ours: Ours) -> tuple[object, ...]:
    return ours.words, ours.period.code, ours.as_of
