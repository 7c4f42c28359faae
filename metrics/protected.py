"""Metrics that count people: whole months or quarters, communities or larger, small cells hidden."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import repeat
from operator import attrgetter

from metrics.atoms import Cell, Side, atoms, threshold, tier_of
from metrics.definitions import TIME_DIMENSIONS, Card
from metrics.disclosure import Published, complements, total
from metrics.groups import all_groups, in_order
from metrics.period import DAY, Period, as_kind, containing
from metrics.request import AREA_DIMENSIONS, Request
from metrics.result import Row
from metrics.roles import NAMED_ROLES
from metrics.rows import covered, finish, words_for
from metrics.scan import Group

SMALL = "人数少于{}或多为小数,已隐藏"
COMPLEMENT = "为防止由合计推算相邻的小数,一并隐藏"
EXTREME = "比例为0%或100%,已隐藏"
BY_MONTH = "涉及人数,只按整月公布,请选择从某月1日开始、已结束的月份"
BY_QUARTER = "涉及敏感群体,只按整季公布,请选择已结束的季度"
BY_ROLE = "涉及敏感群体,只向具名的领导和分析人员公布"


Members = dict[Group, list[Published]]


class Withheld(Exception):
    """The whole question may not be answered; the message is what a reader sees."""


def protected_rows(card: Card, request: Request) -> tuple[tuple[Row, ...], list[str]]:
    asked, window = request, _window(card, request)
    request = replace(request, period=window)
    members = _members(card, request)
    groups = all_groups(card, request, members[0] | members[1])
    words = words_for(card, request)
    rows = {group: _row(card, request, group, words(group), members) for group in groups}
    _hide_complements(rows)
    size = {group: (row.denominator or row.numerator or 0) for group, row in rows.items()}
    ordered = tuple(rows[group] for group in in_order(request, rows, size))
    return ordered, _notes(card, asked, window)


def withheld(card: Card, request: Request, reason: str) -> tuple[Row, ...]:
    """The groups that were asked for, all hidden."""
    groups = all_groups(card, request, []) or [(None,) * len(request.by)]
    words = words_for(card, request)
    return tuple(_hidden(group, words(group), reason) for group in in_order(request, groups, {}))


def _tier(card: Card, request: Request) -> str | None:
    """The tier of every row; None when the groups stand in rows of their own."""
    by = card.table.tiers_by
    if by is None or by not in card.cross:
        return card.tier
    if by in request.where:
        return card.table.tiers.get(request.where[by], card.tier)
    return None if by in request.by else card.tier


def _window(card: Card, request: Request) -> Period:
    """The whole months, for sensitive groups the whole quarters, that have ended within the period."""
    start, end = request.period.start, request.end.date().replace(day=1)
    tier = _tier(card, request)
    if start.day != 1 or end <= start:
        raise Withheld(BY_QUARTER if tier == "T2" else BY_MONTH)
    last_quarter = containing("quarter", end)[0]
    quarters = containing("quarter", start)[0] == start and last_quarter > start
    if tier == "T2" and not quarters:
        raise Withheld(BY_QUARTER)
    if tier == "T2" and "month" in request.by:
        raise Withheld(BY_QUARTER)
    if tier == "T2" and request.role not in NAMED_ROLES:
        raise Withheld(BY_ROLE)
    end = last_quarter if quarters and tier != "T1" else end
    if (start, end) == (request.period.start, request.period.end):
        return request.period
    return Period("custom", start, end, request.as_of)


def _members(card: Card, request: Request) -> tuple[Members, Members]:
    """The published atoms that each group is made of, numerator and denominator."""
    both = atoms(request.snapshot, card)
    return _collect(card, request, both.numerator), _collect(card, request, both.denominator)


def _collect(card: Card, request: Request, side: Side | None) -> Members:
    found: Members = defaultdict(list)
    if side is None:
        return found
    inside = [(_reader(card, name), code) for name, code in request.where.items()]
    if request.scope.code is not None:
        inside.append((attrgetter(request.scope.level), request.scope.code))
    chosen = list(side.atoms(request.period, street_wide=request.finest == "street"))
    for read, code in inside:
        chosen = [(cell, atom) for cell, atom in chosen if read(cell) == code]
    readers = [_reader(card, name) for name in request.by]
    columns = [[read(cell) for cell, _ in chosen] for read in readers]
    groups = zip(*columns, strict=True) if columns else repeat(())
    for group, (_, atom) in zip(groups, chosen, strict=False):
        found[group].append(atom)
    return found


def _reader(card: Card, name: str) -> Callable[[Cell], str | None]:
    """What a cell says of one dimension."""
    if name in AREA_DIMENSIONS:
        return attrgetter(name)
    if name in TIME_DIMENSIONS:
        return lambda cell: _unit_of(name, cell.month)
    at = card.cross.index(name)
    return lambda cell: cell.cross[at]


@cache
def _unit_of(name: str, month: date) -> str:
    """The month, quarter or year that a month lies in: the same at any as-of date."""
    return Period.of(as_kind(name), month, month).code


def _row(
    card: Card,
    request: Request,
    group: Group,
    words: tuple[str, ...],
    members: tuple[Members, Members],
) -> Row:
    tier = _tier(card, request) or tier_of(card, _cross(card, request, group))
    if tier == "T2" and (reason := _not_for_sensitive(request)):
        return _hidden(group, words, reason)
    above, below = (side.get(group) for side in members)
    if above is None or (card.denominator and below is None):
        if tier == "T2" and _could_be_there(card, request, group):
            limit = threshold(request.snapshot, tier)
            return _hidden(group, words, SMALL.format(limit.effective))
        half_known = _cross(card, request, group) in atoms(request.snapshot, card).half_known
        return finish(card, group, words, (None, None), not half_known)
    limit = threshold(request.snapshot, tier)
    amounts = total(above, limit), total(below or [], limit)
    if any(amount is None for amount in amounts):
        return _hidden(group, words, SMALL.format(limit.effective))
    row = finish(card, group, words, amounts if card.denominator else (amounts[0], None))
    if tier == "T2" and card.is_rate and row.value in (0, 1):
        return _hidden(group, words, EXTREME)
    return row


def _could_be_there(card: Card, request: Request, group: Group) -> bool:
    """Whether a sensitive group is counted at other times or places: here, its absence would tell."""
    asked = _cross(card, request, group)
    known = atoms(request.snapshot, card).numerator.parts
    return covered(card, request, group) and any(
        all(code in (None, found) for code, found in zip(asked, cell.cross, strict=True))
        for cell in known
    )


def _cross(card: Card, request: Request, group: Group) -> tuple[str | None, ...]:
    named = dict(zip(request.by, group, strict=True)) | dict(request.where)
    return tuple(named.get(name) for name in card.cross)


def _not_for_sensitive(request: Request) -> str | None:
    """Why a row of a sensitive group is hidden while its neighbours are not."""
    quarters = all(
        containing("quarter", day)[0] == day for day in (request.period.start, request.period.end)
    )
    if "month" in request.by or not quarters:
        return BY_QUARTER
    return None if request.role in NAMED_ROLES else BY_ROLE


def _hidden(group: Group, words: tuple[str, ...], reason: str) -> Row:
    return Row(group, words, None, None, None, hidden=True, reason=reason)


def _hide_complements(rows: dict[Group, Row]) -> None:
    shown = {
        group: float(row.denominator or row.numerator or 0)
        for group, row in rows.items()
        if not row.hidden and row.numerator is not None
    }
    small = SMALL.split("{")[0]
    hidden = [group for group, row in rows.items() if (row.reason or "").startswith(small)]
    for group in complements(hidden, shown):
        rows[group] = _hidden(group, rows[group].labels, COMPLEMENT)


def _notes(card: Card, asked: Request, window: Period) -> list[str]:
    notes = ["人数按社区、按月取整到5再相加,合计可能不等于分项之和"]
    if window.end < asked.end.date():
        last = window.end - DAY
        notes.append(
            f"统计至{last.year}年{last.month}月{last.day}日,其后的时段未满整月或整季,不公布"
        )
    if card.is_rate and window.whole_months > 1:
        notes.append("跨月的分子分母为各月之和(人月)")
    return notes
