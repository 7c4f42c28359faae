"""All that a report measures, each question once, and the row of the appendix that it becomes when used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrics import Card, Measurement, Period, Row, Scope, Snapshot, card, measure_many
from metrics.control import Chart as Limits
from metrics.funnel import Funnel, funnel
from metrics.labels import LABELLED, label
from metrics.past import ever, limits_of, limits_of_parts
from metrics.words import amount, change, fraction_text, number, value_text
from reports.cells import KINDS
from reports.parts import Cell, Column, Words
from reports.sources import Source

ROLE = "presenter"  # not among the named roles: a document goes from hand to hand
FULL = 5_000  # measurements of one area
Key = tuple[str, str, tuple[str, ...], tuple[tuple[str, str], ...]]


@dataclass
class Kept:
    """What reports over one area share: the past of a metric is the same in each of them, and the period
    before is another one's own."""

    known: dict[Key, Measurement] = field(default_factory=dict)
    limits: dict[str, Limits | None] = field(default_factory=dict)
    limits_by: dict[tuple[str, str], dict[str, Limits]] = field(default_factory=dict)
    funnels: dict[tuple[str, str, str], Funnel | None] = field(default_factory=dict)


@dataclass
class Gathering:
    """Measures for one report. Marks are given in the order in which figures are used."""

    snapshot: Snapshot
    period: Period
    scope: Scope
    _marks: dict[Key, int] = field(default_factory=dict)
    _methods: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        areas: dict[Scope, Kept] = self.snapshot.kept("for reports", dict)
        if self.scope not in areas or len(areas[self.scope].known) > FULL:
            areas[self.scope] = Kept()
        self._kept: Kept = areas[self.scope]

    @property
    def before(self) -> Period:
        return self.period.previous()

    def many(
        self,
        metrics: Sequence[str],
        by: Sequence[str] = (),
        *,
        where: Mapping[str, str] | None = None,
        period: Period | None = None,
    ) -> dict[str, Measurement]:
        period = period or self.period
        keys = {metric: _asked(metric, period, tuple(by), where) for metric in metrics}
        if missing := [m for m, key in keys.items() if key not in self._kept.known]:
            found = measure_many(
                missing, period, self.scope, by, where=where, snapshot=self.snapshot, role=ROLE
            )
            for metric, made in found.items():
                self._kept.known[keys[metric]] = self._kept.known[_key(made)] = made
        return {m: self._kept.known[key] for m, key in keys.items()}

    def one(
        self,
        metric: str,
        *by: str,
        where: Mapping[str, str] | None = None,
        period: Period | None = None,
    ) -> Measurement:
        found = self._kept.known.get(_asked(metric, period or self.period, by, where))
        return found or self.many([metric], by, where=where, period=period)[metric]

    def mark(self, found: Measurement) -> int:
        key = _key(found)
        if key not in self._marks:
            self._marks[key] = self._next
        return self._marks[key]

    @property
    def _next(self) -> int:
        return len(self._marks) + len(self._methods) + 1

    def mark_method(self, name: str, metric: str, meaning: str, period: Period, n: str) -> int:
        """For figures that no card defines: how they are worked out stands in place of a definition."""
        if name not in self._methods:
            place = self.scope.label(self.snapshot)
            self._methods[name] = Source(
                self._next, f"{name}@方法", metric, meaning, place, "", period, n, self.snapshot.id
            )
        return self._methods[name].mark

    def marks(self, *found: Measurement) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.mark(each) for each in found))

    def limits(self, metric: str) -> Limits | None:
        """The metric's own past; None for what has none by month."""
        kept = self._kept.limits
        if metric not in kept:
            kept[metric] = self._find_limits(card(metric))
        return kept[metric]

    def _find_limits(self, chosen: Card) -> Limits | None:
        if "month" not in chosen.dimensions or chosen.tier == "T2":
            return None
        whole = ever(self.snapshot)
        past = self.one(chosen.id, "month", period=whole)
        able = "day" in chosen.dimensions
        return limits_of(
            self.snapshot,
            past,
            (lambda: self.one(chosen.id, "day", period=whole)) if able else None,
        )

    def limits_by(self, metric: str, dimension: str) -> dict[str, Limits]:
        """The past of each group, by its code."""
        kept = self._kept.limits_by
        if (metric, dimension) not in kept:
            past = self.one(metric, dimension, "month", period=ever(self.snapshot))
            kept[metric, dimension] = limits_of_parts(self.snapshot, past)
        return kept[metric, dimension]

    def funnel(self, metric: str, dimension: str) -> Funnel | None:
        """The groups of the period against all of them together."""
        kept, key = self._kept.funnels, (metric, dimension, self.period.code)
        if key not in kept:
            kept[key] = funnel(self.one(metric, dimension), self.one(metric).total)
        return kept[key]

    def change(self, metric: str) -> str:
        """From the period before, in words that chance allows; nothing where there is nothing to compare."""
        now, before = self.one(metric), self.one(metric, period=self.before)
        if now.total.value is None or before.total.value is None:
            return ""
        return change(now, before, self.period.compare_label, self.limits(metric))

    def said(self, text: str, *found: Measurement) -> Words:
        return Words(text, self.marks(*found))

    def cell(self, found: Measurement, row: Row | None) -> Cell:
        """The value of one row; a dash where there is no such row."""
        if row is None:
            return Cell("—")
        value = None if row.hidden else row.value
        return Cell(value_text(found.card, row), value, self.mark(found), row.hidden)

    def parts(self, found: Measurement, row: Row | None) -> Cell:
        """385/412 behind a rate."""
        text = fraction_text(row) if row and not row.hidden else ""
        return Cell(text or "—", mark=self.mark(found) if text else None)

    def sources(self) -> tuple[Source, ...]:
        measured = (self._source(mark, self._kept.known[key]) for key, mark in self._marks.items())
        return tuple(sorted([*measured, *self._methods.values()], key=lambda each: each.mark))

    def _source(self, mark: int, found: Measurement) -> Source:
        of = found.card.table.source
        where = [
            f"{LABELLED.get(name, name)}:{label(self.snapshot, name, code, of, found.as_of)}"
            for name, code in found.where.items()
        ]
        if found.by:
            where.append(f"按{'、'.join(LABELLED.get(name, name) for name in found.by)}")
        metric = short(found.card) + (f"({found.card.base})" if found.card.base else "")
        place = found.scope.label(self.snapshot)
        return Source(
            mark, found.card.key, metric, found.card.meaning, place, "、".join(where), found.period,
            _size(found), found.snapshot, found,
        )  # fmt: skip


def column(measured: Card, header: str | None = None) -> Column:
    kind = KINDS[measured.unit]
    unit = f"({measured.word})" if kind == "count" and measured.word and header is None else ""
    return Column((header or measured.label) + unit, kind)


def short(measured: Card) -> str:
    """Without the base in brackets, where the base is told beside it."""
    name, bracket, base = measured.label.partition("(")
    return name if bracket and base.rstrip(")") in measured.base else measured.label


def value_with_parts(found: Measurement, row: Row) -> str:
    """93.4%(385/412), or the word for what is not there."""
    fraction = fraction_text(row)
    if row.hidden or row.value is None:
        return value_text(found.card, row)
    return amount(found.card, row.value) + (f"({fraction})" if fraction else "")


def _key(found: Measurement) -> Key:
    return _asked(found.card.id, found.period, found.by, found.where)


def _asked(
    metric: str, period: Period, by: tuple[str, ...], where: Mapping[str, str] | None
) -> Key:
    return metric, period.code, by, tuple(sorted(where.items())) if where else ()


def _size(found: Measurement) -> str:
    """What the figure stands on: the base of a rate, else the things counted; of all groups together."""
    bases = [
        row.denominator
        if found.card.is_rate and found.card.denominator != "total"
        else row.numerator
        for row in found.rows
    ]
    known = [base for base in bases if base is not None]
    if not known:
        return "—"
    if any(row.hidden for row in found.rows) and found.by:
        return f"{len(known)}组公布,{len(found.rows) - len(known)}组未公布"
    return f"n={number(sum(known))}"
