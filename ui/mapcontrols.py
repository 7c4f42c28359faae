"""What the reader asks of the map: metric, level, colouring, month, area. All of it in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from metrics import Card, Period
from metrics.lineage import lineage
from metrics.records import LEVELS as ORDER
from metrics.records import Area
from metrics.redrawn import able
from ui import history
from ui.faces import published
from ui.state import View

LEVELS = {"community": "社区", "grid": "网格"}
VALUE, JUDGED = "数值", "判断"
THEN, TODAY = "当时的网格", "按现行网格折算"
WHOLE = "所选期间"
PICK = "pick"


@dataclass(frozen=True)
class Asked:
    metric: str
    level: str
    judged: bool
    period: Period
    sliding: bool
    density: bool
    area: Area | None
    converted: bool = False  # counted by today's grids


def controls(view: View, cards: Sequence[Card]) -> Asked:
    with st.container(
        horizontal=True, gap="small", vertical_alignment="bottom", key="map-controls"
    ):
        by_label = {card.label: card for card in cards}
        label = st.selectbox("指标", by_label, key="metric", bind="query-params", width=210)
        card = by_label[label or cards[0].label]
        level = _level(view, card)
        judged = (
            card.unit in ("share", "per_thousand")
            and st.segmented_control(
                "着色",
                (VALUE, JUDGED),
                default=VALUE,
                key="colour",
                bind="query-params",
                required=True,
            )
            == JUDGED
        )
        period, sliding = _month(view, card)
        converted = _converted(view, card, level)
        area = _pick(view, level)
    density = bool(has_boundaries(view, level)) and st.toggle(
        "叠加诉求点密度", key="density", bind="query-params"
    )
    return Asked(card.id, level, judged, period, sliding, density, area, converted)


def _level(view: View, card: Card) -> str:
    """Only the levels below the scope that the metric may be shown for."""
    offered = [
        level
        for level in LEVELS
        if level in view.scope.narrower
        and ORDER.index(level) <= ORDER.index(card.finest)
        and view.snapshot.areas(level)
    ] or ["grid" if view.scope.level == "community" else "community"]
    words = [LEVELS[level] for level in offered]
    chosen = st.segmented_control(
        "层级", words, default=words[-1], key="level", bind="query-params", required=True
    )
    return offered[words.index(chosen)] if chosen in words else offered[-1]


def _converted(view: View, card: Card, level: str) -> bool:
    """Offered where a grid was ever redrawn and the metric adds up over its parts."""
    if level != "grid" or not able(card) or not lineage(view.snapshot).pieces:
        return False
    chosen = st.segmented_control(
        "网格口径", (THEN, TODAY), default=THEN, key="division", bind="query-params", required=True
    )
    return chosen == TODAY


def _month(view: View, card: Card) -> tuple[Period, bool]:
    """The period of the page, or one month of the year before its end, picked on a slider."""
    whole = published(card, view.period)
    if "month" not in card.dimensions or card.tier != "T0":
        return whole, False
    labels = {unit.label: unit for unit in history.year(view).split("month")}
    chosen = st.select_slider(
        "逐月查看", [WHOLE, *labels], key="month", bind="query-params", width=190
    )
    return (labels[chosen], True) if chosen in labels else (whole, False)


def _pick(view: View, level: str) -> Area | None:
    names = names_of(view, level)
    chosen = st.selectbox(
        f"查看{LEVELS[level]}",
        names,
        index=None,
        key=PICK,
        bind="query-params",
        placeholder="在图上点,或输入名称",
        width=200,
    )
    return names.get(chosen) if chosen else None


def names_of(view: View, level: str) -> dict[str, Area]:
    """By the name that the reader sees and the address keeps; the code too where names repeat."""
    areas = areas_of(view, level)
    seen = [area.name for area in areas]
    return {
        area.name if seen.count(area.name) == 1 else f"{area.name}({area.code})": area
        for area in areas
    }


def areas_of(view: View, level: str) -> list[Area]:
    scope = view.scope
    return [
        area
        for area in view.snapshot.areas(level)
        if scope.code is None or getattr(area, scope.level) == scope.code
    ]


def has_boundaries(view: View, level: str) -> bool:
    """Whether this level has boundaries of its own."""
    return any(area.geometry for area in areas_of(view, level))
