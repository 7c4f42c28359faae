"""Counts become rows: bases found elsewhere, values, intervals, and what is unknown said in words."""

from collections.abc import Callable, Mapping

from metrics import intervals
from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.groups import all_groups, in_order, reported
from metrics.labels import labels
from metrics.period import Period
from metrics.population import population, populations
from metrics.request import AREA_DIMENSIONS, Request
from metrics.result import NO_BASE, NOT_REPORTED, Row
from metrics.scan import Counts, Group, Number, Pair, plus


def open_rows(card: Card, counts: Counts, request: Request) -> tuple[Row, ...]:
    """The rows of a metric that counts things: exact."""
    pairs = {group: found[card.key] for group, found in counts.groups.items() if card.key in found}
    whole = _whole(pairs) if card.denominator == "total" else None
    can_answer = answerable(card, request)
    base, words = _base(card, request, whole), words_for(card, request)

    def row(group: Group) -> Row:
        pair = pairs.get(group) or _nothing(card, request, group)
        return finish(card, group, words(group), base(group, pair), can_answer)

    if not request.by:
        return (row(()),)
    rows = {group: row(group) for group in all_groups(card, request, pairs)}
    size = {group: (row.denominator or row.numerator or 0) for group, row in rows.items()}
    return tuple(rows[group] for group in in_order(request, rows, size))


def empty_row(card: Card, request: Request, group: Group) -> Row:
    """The row of a group without any record in the period."""
    based = _base(card, request, None)(group, _nothing(card, request, group))
    words = words_for(card, request)(group)
    return finish(card, group, words, based, answerable(card, request))


def _nothing(card: Card, request: Request, group: Group) -> Pair:
    """A zero, if the source was reported then."""
    return (0 if covered(card, request, group) else None), None


def answerable(card: Card, request: Request) -> bool:
    """Whether the source reports what the metric needs at all; if not, nothing is a zero."""
    return card.requires is None or request.snapshot.holds(card.table.relation, card.requires)


def covered(card: Card, request: Request, group: Group) -> bool:
    """Whether the source reports the time that a group is about."""
    window = request.period
    for name, code in zip(request.by, group, strict=True):
        if name in TIME_DIMENSIONS and code is not None:
            window = Period.parse(code, request.as_of)
    return reported(card, request, window)


def _whole(pairs: Mapping[Group, Pair]) -> Number | None:
    total: Number | None = None
    for numerator, _ in pairs.values():
        total = plus(total, numerator)
    return total


def _base(card: Card, request: Request, whole: Number | None) -> Callable[[Group, Pair], Pair]:
    """How a group finds its base: it was counted with it, is the whole, or the people who live there."""
    if card.denominator is None:
        return lambda _, pair: pair
    if "(" in card.denominator:
        return lambda _, pair: pair if pair[0] is None else (pair[0], pair[1] or 0)
    if card.denominator == "total":
        return lambda _, pair: (pair[0], whole)
    places = [at for at, name in enumerate(request.by) if name in AREA_DIMENSIONS]
    if not places:
        people = population(request.snapshot, card.denominator, request.area)
        return lambda _, pair: (pair[0], people)
    here = places[-1]
    by_code = populations(request.snapshot, card.denominator, request.by[here])
    return lambda group, pair: (pair[0], by_code.get(group[here]))


def words_for(card: Card, request: Request) -> Callable[[Group], tuple[str, ...]]:
    """How a group finds its words."""
    named = [
        labels(request.snapshot, name, card.table.source, request.as_of) for name in request.by
    ]
    if len(named) == 1:
        return lambda group: (named[0](group[0]),)
    return lambda group: tuple([find(code) for find, code in zip(named, group, strict=True)])


def finish(
    card: Card, group: Group, words: tuple[str, ...], pair: Pair, can_answer: bool = True
) -> Row:
    """The value of one group, its interval, and why there is none where there is none."""
    numerator, denominator = pair
    if not can_answer or numerator is None:
        reason = NOT_REPORTED if can_answer else f"{NOT_REPORTED}:{card.lacks}"
        return Row(group, words, None, denominator or None, None, reason=reason)
    if not card.is_rate:
        return Row(group, words, numerator, None, float(numerator))
    if not denominator:
        reason = NO_BASE if denominator == 0 else f"{NOT_REPORTED}:没有{card.denominator_label}"
        return Row(group, words, numerator, denominator, None, reason=reason)
    low, high = _interval(card, numerator, denominator)
    scale = 1000 if card.unit == "per_thousand" else 1
    return Row(group, words, numerator, denominator, numerator / denominator * scale, low, high)


def _interval(
    card: Card, numerator: Number, denominator: Number
) -> tuple[float | None, float | None]:
    if card.unit == "per_thousand":
        low, high = intervals.events(numerator)
        return low / denominator * 1000, high / denominator * 1000
    if card.interval == "none" or not 0 <= numerator <= denominator:
        return None, None
    find = intervals.exact if card.interval == "exact" else intervals.wilson
    return find(numerator, denominator)
