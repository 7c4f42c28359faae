"""One question put to measure(), checked and with its words turned into codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.errors import BadCut, nearest
from metrics.labels import LABELLED, code_of
from metrics.period import DAY, Period
from metrics.records import LEVELS
from metrics.scope import Scope
from metrics.snapshot import Snapshot, current_snapshot

AREA_DIMENSIONS = LEVELS[1:]


@dataclass(frozen=True)
class Request:
    snapshot: Snapshot
    period: Period
    scope: Scope
    by: tuple[str, ...]
    where: Mapping[str, str]
    as_of: date
    role: str

    @cached_property
    def cut(self) -> datetime:
        """Midnight after the as-of day: what is dated later has not happened yet."""
        return datetime.combine(self.as_of + DAY, time())

    @cached_property
    def start(self) -> datetime:
        return datetime.combine(self.period.start, time())

    @cached_property
    def end(self) -> datetime:
        """The end of what can be counted: of the period, or of the as-of day inside it."""
        return max(self.start, min(datetime.combine(self.period.end, time()), self.cut))

    @cached_property
    def months(self) -> frozenset[str]:
        """The calendar months that any day of the period lies in, by their codes."""
        whole = Period("custom", self.period.start, self.period.end, self.as_of)
        return frozenset(
            Period.of("month", unit.start, self.as_of).code for unit in whole.split("month")
        )

    def parameters(self, card: Card) -> dict[str, object]:
        # A stock is read at the end of the period, so for it nothing later has happened.
        cut = self.end if card.when == "stock" else self.cut
        return {
            "start": self.start,
            "end": self.end,
            "cut": cut,
            "soon": cut + timedelta(hours=48),
            "last": (self.end - DAY).date(),
        }

    @cached_property
    def area(self) -> Scope:
        """The smallest area that scope and filters leave: the one a population belongs to."""
        filters = [
            Scope(level, self.where[level]) for level in AREA_DIMENSIONS if level in self.where
        ]
        return max([self.scope, *filters], key=lambda scope: LEVELS.index(scope.level))

    @cached_property
    def finest(self) -> str:
        """The smallest level of area that any part of the question names."""
        named = [name for name in self.by if name in AREA_DIMENSIONS]
        return max([self.area.level, *named], key=LEVELS.index)


def request(
    cards: Sequence[Card],
    period: Period,
    scope: Scope | None,
    by: Sequence[str] | str,
    where: Mapping[str, str] | None,
    as_of: date | None,
    snapshot: Snapshot | None,
    role: str = "leader",
) -> Request:
    snapshot = snapshot or current_snapshot()
    names = (by,) if isinstance(by, str) else tuple(by)
    filters = dict(where or {})
    for card in cards:
        _check(card, names, filters)
    if len(set(names)) < len(names):
        raise BadCut(f"同一个维度写了两次:{'、'.join(names)}")
    codes = {name: code_of(snapshot, name, value) for name, value in filters.items()}
    as_of = as_of or snapshot.as_of
    if period.as_of != as_of:
        period = Period(period.kind, period.start, period.end, as_of)
    return Request(snapshot, period, scope or Scope.street(), names, codes, as_of, role)


def _check(card: Card, by: Sequence[str], where: Mapping[str, str]) -> None:
    for name, known in [
        *((name, card.dimensions) for name in by),
        *((name, card.filters) for name in where),
    ]:
        if name not in known:
            why = (
                "。存量指标没有时间维度,请逐个期间计算"
                if name in TIME_DIMENSIONS and card.when != "flow"
                else ""
            )
            raise BadCut(
                f"指标 {card.id} 不能按“{LABELLED.get(name, name)}”({name})拆分或筛选{nearest(name, known)}"
                f"{why}。可用:{'、'.join(known)}"
            )
