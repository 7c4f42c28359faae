"""The one verb: the only door from a page, a report, the API or the command line to the data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from metrics import definitions
from metrics.definitions import Card, card
from metrics.labels import LABELLED, label
from metrics.months import counted
from metrics.period import Period
from metrics.protected import Withheld, protected_rows, withheld
from metrics.records import LEVELS
from metrics.request import Request, request
from metrics.result import NOT_REPORTED, Measurement, Row
from metrics.rows import answerable, empty_row, open_rows, words_for
from metrics.scan import Counts, Group
from metrics.scope import LEVEL_NAMES, Scope
from metrics.snapshot import Snapshot, current_snapshot
from metrics.whatif import let_in

TOO_NEW = "固定这个快照时还没有这项指标"
NO_COLUMN = "该快照由旧版程序生成,没有这一项"
ABOVE_ALL = "分子大于分母,比例超过100%,照实显示:两者可能来自不同登记"


def measure(
    metric: str,
    period: Period,
    scope: Scope | None = None,
    by: Sequence[str] | str = (),
    *,
    where: Mapping[str, str] | None = None,
    as_of: date | None = None,
    version: int | None = None,
    without: Sequence[str] = (),
    snapshot: Snapshot | None = None,
    role: str = "leader",
) -> Measurement:
    """One metric: its total, or a row for every group of `by`. `without` names exclusions of its
    definition that are switched off, to see what they change. On a pinned snapshot the versions are
    those of the day it was pinned."""
    snapshot = snapshot or current_snapshot()
    with definitions.of(snapshot):
        chosen = card(metric, version)
        if without:
            chosen = let_in(chosen, without)
        asked = request([chosen], period, scope, by, where, as_of, snapshot, role)
        return _measure([chosen], asked)[metric]


def measure_many(
    metrics: Sequence[str],
    period: Period,
    scope: Scope | None = None,
    by: Sequence[str] | str = (),
    *,
    where: Mapping[str, str] | None = None,
    as_of: date | None = None,
    snapshot: Snapshot | None = None,
    role: str = "leader",
) -> dict[str, Measurement]:
    """Several metrics, newest versions: those that share a table and a date take one scan."""
    snapshot = snapshot or current_snapshot()
    with definitions.of(snapshot):
        chosen = [card(metric) for metric in dict.fromkeys(metrics)]
        return _measure(chosen, request(chosen, period, scope, by, where, as_of, snapshot, role))


def part(measured: Measurement, group: Group, snapshot: Snapshot, role: str = "leader") -> Row:
    """A group's row of a cut, also of a group that the cut does not hold: what the same question finds
    with the group as its filter."""
    if (row := measured.row(*group)) is not None:
        return row
    card, by, where = measured.card, measured.by, measured.where
    with definitions.of(snapshot):
        asked = request(
            [card], measured.period, measured.scope, by, where, measured.as_of, snapshot, role
        )
        if _is_open(card, asked):
            return empty_row(card, asked, group)
        named = {name: code for name, code in zip(by, group, strict=True) if code is not None}
        alone = _measure([card], replace(asked, by=(), where={**where, **named}))[card.id]
        return alone.total._replace(group=group, labels=words_for(card, asked)(group))


def _measure(cards: Sequence[Card], asked: Request) -> dict[str, Measurement]:
    if not asked.snapshot.past:
        return _measure_now(cards, asked)
    library = asked.snapshot.library
    known = [card for card in cards if library is None or card.id in library]
    found = _measure_past(known, asked)
    return {
        each.id: found[each.id] if each in known else _answer(each, asked, _absent(asked, TOO_NEW))
        for each in cards
    }


def _measure_now(cards: Sequence[Card], asked: Request) -> dict[str, Measurement]:
    counts = _scans([card for card in cards if _is_open(card, asked)], asked)
    return {
        each.id: _answer(each, asked, _rows(each, asked, counts.get(each.key))) for each in cards
    }


def _measure_past(cards: Sequence[Card], asked: Request) -> dict[str, Measurement]:
    """A metric that asks for more than the old file holds takes no other with it."""
    try:
        return _measure_now(cards, asked)
    except (duckdb.BinderException, duckdb.CatalogException):
        if len(cards) == 1:
            return {cards[0].id: _answer(cards[0], asked, _absent(asked, NO_COLUMN))}
        return {card.id: found for card in cards for found in _measure_past([card], asked).values()}


def _absent(asked: Request, reason: str) -> tuple[tuple[Row, ...], list[str]]:
    """A total without a value; cut into groups, none of which is known."""
    said = f"{NOT_REPORTED}:{reason}"
    return (() if asked.by else (Row((), (), None, None, None, reason=said),)), [said]


def _is_open(card: Card, asked: Request) -> bool:
    return card.tier == "T0" and _too_fine(card, asked) is None


def _scans(cards: Sequence[Card], asked: Request) -> dict[str, Counts]:
    together: dict[tuple[object, ...], list[Card]] = {}
    for each in cards:
        together.setdefault((each.table.name, each.date, each.when, each.place), []).append(each)
    found: dict[str, Counts] = {}
    for group in together.values():
        counts = counted(group, asked)
        found |= {each.key: counts for each in group}
    return found


def _answer(card: Card, asked: Request, found: tuple[tuple[Row, ...], list[str]]) -> Measurement:
    rows, notes = found
    if card.unit == "share" and any(row.value is not None and row.value > 1 for row in rows):
        notes.append(ABOVE_ALL)
    return Measurement(
        card=card,
        period=asked.period,
        scope=asked.scope,
        by=asked.by,
        as_of=asked.as_of,
        snapshot=asked.snapshot.id,
        rows=rows,
        notes=tuple(notes),
        where=asked.where,
        target=asked.snapshot.target(card.id) or card.target,
    )


def _rows(card: Card, asked: Request, counts: Counts | None) -> tuple[tuple[Row, ...], list[str]]:
    if counts is not None:
        return open_rows(card, counts, asked), _remarks(card, asked, counts)
    if reason := _too_fine(card, asked):
        return withheld(card, asked, reason), []
    try:
        return protected_rows(card, asked)
    except Withheld as reason:
        return withheld(card, asked, str(reason)), []


def _remarks(card: Card, asked: Request, counts: Counts) -> list[str]:
    if not (card.remarks or asked.where) or not answerable(card, asked):
        return []
    told = [(card.table.remarks[name], counts.remarks[name]) for name in card.remarks]
    notes = [remark.text.format(n=f"{n:,}") for remark, n in told if n]
    if asked.where and not counts.groups:
        notes.append(f"没有符合筛选条件的记录:{_filters(card, asked)}")
    return notes


def _filters(card: Card, asked: Request) -> str:
    snapshot, source = asked.snapshot, card.table.source
    return "、".join(
        f"{LABELLED.get(name, name)}为{label(snapshot, name, code, source, asked.as_of)}"
        for name, code in asked.where.items()
    )


def _too_fine(card: Card, asked: Request) -> str | None:
    """Why the areas asked for are smaller than the card may be shown for."""
    if LEVELS.index(asked.finest) <= LEVELS.index(card.finest):
        return None
    if any(asked.where.get(name) in codes for name, codes in card.apart.items()):
        return None
    level = (
        "只在全街道公布" if card.finest == "street" else f"只在{LEVEL_NAMES[card.finest]}及以上公布"
    )
    others = "、".join(
        asked.snapshot.labels(name, card.table.source).get(code, code)
        for name, codes in card.apart.items()
        for code in codes
    )
    return f"描述个人,{level}" + (f";只看{others}时可以到网格" if others else "")
