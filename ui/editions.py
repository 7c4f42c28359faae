"""One metric by several versions of its definition: over time without mixing them, and side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from metrics import Card, Measurement, Period, Row
from metrics.definitions import in_force, versions
from metrics.status import Status
from metrics.words import fraction_text, value_text
from ui import data, faces, reading
from ui.charts import Flag, Limits, Mark
from ui.downloads import DEFINED, Cell, Column, Sheet
from ui.state import View
from ui.words import literal, unbroken

THEN, NOW = "各期按当时的口径", "全部按现行口径"


@dataclass(frozen=True)
class Course:
    """A metric over time, each unit of time by the version in force on its first day. The newest version
    judges: the past of every other is worked out anew by it, so limits stand only beside its own marks."""

    measured: tuple[Measurement, ...]  # one per version, oldest first; the rows of each are its own
    newest: Measurement  # all units of time by the newest version

    @property
    def plain(self) -> bool:
        """Whether all of it is by the newest version."""
        return self.measured == (self.newest,)

    def marks(self, judged: Mapping[str, Status]) -> list[Mark]:
        return [
            mark
            for each in self.measured
            for mark in reading.marks(each, judged if each.card.key == self.newest.card.key else {})
        ]

    @property
    def breaks(self) -> list[Flag]:
        return [
            Flag(
                each.rows[0].group[-1] or "",
                f"口径第{each.card.version}版自{_month(each.card.effective)}起",
            )
            for each in self.measured[1:]
        ]

    def limits(self, found: Limits | None) -> Limits | None:
        """None beside the marks of older versions, which come first."""
        if found is None or self.plain:
            return found
        if self.measured[-1].card.key != self.newest.card.key:
            return None
        older = sum(len(each.rows) for each in self.measured[:-1])
        sides = (found.centre, found.low, found.high)
        return Limits(*([*[None] * older, *side[older:]] for side in sides))

    @property
    def notes(self) -> list[str]:
        if self.plain:
            return []
        version = self.newest.card.version
        if not self.breaks:
            then = self.measured[0].card.version
            return [f"图中按当时的第{then}版口径;标题按现行的第{version}版,两者不可比。"]
        said = "、".join(flag.text for flag in self.breaks)
        return [f"{said},前后不可比,线在此断开;标题和波动范围按现行的第{version}版。"]

    def sheet(self) -> Sheet:
        """As the chart: each row by its own version, which it names."""
        made = reading.sheet([self.newest])
        if self.plain:
            return made
        rows: list[list[Cell]] = []
        for each in self.measured:
            rows += [[*row, each.card.key] for row in reading.sheet([each]).rows]
        columns = [*made.columns, Column(DEFINED)]
        return Sheet(columns, rows, reading.notes(self.measured), reading.keys(self.measured))


def course(view: View, newest: Measurement, where: Mapping[str, str] | None) -> Course:
    """Where another version was in force within the window, the reader may have all by the newest."""
    made = as_published(view, newest, where)
    return Course((newest,), newest) if not made.plain and _choice(newest.card.id) == NOW else made


def as_published(view: View, newest: Measurement, where: Mapping[str, str] | None) -> Course:
    """Each unit of time by the version in force on its first day."""
    metric = newest.card.id
    by_version: dict[int, list[Row]] = {}
    for row in newest.rows:
        start = Period.parse(row.group[-1] or "", newest.as_of).start
        by_version.setdefault(in_force(metric, start).version, []).append(row)
    if set(by_version) <= {newest.card.version}:
        return Course((newest,), newest)
    return Course(
        tuple(_of_version(view, newest, version, rows, where) for version, rows in sorted(by_version.items())),
        newest,
    )  # fmt: skip


def _of_version(
    view: View,
    newest: Measurement,
    version: int,
    rows: Sequence[Row],
    where: Mapping[str, str] | None,
) -> Measurement:
    if version == newest.card.version:
        return replace(newest, rows=tuple(rows))
    found = data.edition(
        view, newest.card.id, version, period=newest.period, by=newest.by, where=where
    )
    own = {row.group for row in rows}
    return replace(found, rows=tuple(row for row in found.rows if row.group in own))


def _choice(metric: str) -> str | None:
    return st.segmented_control(
        "口径有过变化",
        (THEN, NOW),
        default=THEN,
        required=True,
        key=f"editions-{metric}",
        label_visibility="collapsed",
    )


def _month(day: date) -> str:
    """2024年7月, with its day where that is not the first."""
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if day.day != 1 else "")


def span(card: Card) -> str:
    return f"{card.effective}—{card.until}" if card.until else f"{card.effective}起"


def history(card: Card) -> list[dict[str, str]]:
    """Versions, newest first, and what each changed."""
    return [
        {
            "版本": unbroken(f"第{each.version}版"),
            "适用": f"{each.effective} 至 {each.until or '今'}",
            "改了什么": literal(each.change) or "—",
            "算法": literal(formula(each)),
        }
        for _, each in sorted(versions(card.id).items(), reverse=True)
    ]


def formula(card: Card) -> str:
    """The card in one line."""
    if not card.denominator:
        return f"{card.label} = {card.numerator_label}"
    thousand = " × 1000" if card.unit == "per_thousand" else ""
    return f"{card.label} = {card.numerator_label} ÷ {card.denominator_label}{thousand}"


def choose(card: Card) -> tuple[int, int]:
    """The two versions to compare: the last two, unless the reader takes others."""
    known = sorted(versions(card.id))
    if len(known) == 2:
        return known[0], known[1]
    left, right = st.columns(2)
    words = {number: f"第{number}版" for number in known}
    first = left.selectbox(
        "对比", known, len(known) - 2, format_func=words.__getitem__, key="edition-a"
    )
    second = right.selectbox(
        "与", known, len(known) - 1, format_func=words.__getitem__, key="edition-b"
    )
    return first, second


def side_by_side(view: View, card: Card, pair: tuple[int, int]) -> tuple[str, list[dict[str, str]]]:
    """What the two give over one period, in a sentence and in a table of what differs between them."""
    period = faces.published(card, view.period)
    found = [data.edition(view, card.id, number, period=period) for number in pair]
    names = [f"第{each.card.version}版({span(each.card)})" for each in found]
    lines = [
        (f"{found[0].period.label}的数", [f"**{value_text(m.card, m.total)}**" for m in found]),
        ("分子/分母", [fraction_text(m.total) or m.total.reason or "—" for m in found]),
        (
            "95%区间",
            [reading.interval(m.card, m.total).removeprefix("95%区间 ") or "—" for m in found],
        ),
        *_differences([each.card for each in found]),
    ]
    rows = [{"项": unbroken(item), **dict(zip(names, cells, strict=True))} for item, cells in lines]
    return _apart(found), rows


def _differences(cards: Sequence[Card]) -> list[tuple[str, list[str]]]:
    """The words of a card that are not the same in both."""
    told = {
        "说的是什么": [card.meaning for card in cards],
        "分子": [card.numerator_label for card in cards],
        "分母": [card.denominator_label or "没有,是计数" for card in cards],
        "剔除": [card.excludes or "不剔除" for card in cards],
        "口径": [card.base for card in cards],
        "时间口径": [card.basis or "—" for card in cards],
    }
    apart = [(item, [literal(word) for word in words]) for item, words in told.items()]
    return [(item, words) for item, words in apart if len(set(words)) > 1]


def _apart(found: Sequence[Measurement]) -> str:
    old, new = found
    if old.total.value is None or new.total.value is None:
        return f"{new.period.label}没有可以比较的数"
    moved = faces.signed(new.card, new.total.value - old.total.value)
    names = f"第{new.card.version}版", f"第{old.card.version}版"
    if moved == "持平":
        return f"同一期间({new.period.label}),两版算出来一样"
    return (
        f"同一期间({new.period.label}),{names[0]}与{names[1]}相差{moved};"
        "只是算法不同,不说明工作好坏"
    )
