"""The map of the 网格地图 page: polygons or the schematic layout, its legend, the card of a place."""

from collections.abc import Sequence

import streamlit as st

from metrics import Measurement
from metrics.records import Area
from metrics.redrawn import by_todays_grids
from metrics.words import number
from ui import atlas, charts, data, history, maps, palette, panel, reading
from ui.atlas import Atlas
from ui.charts.tiles import tiles
from ui.mapcontrols import LEVELS, PICK, Asked, areas_of, has_boundaries, names_of
from ui.panels.base import about
from ui.panels.compare import limits_of
from ui.state import View
from ui.words import literal, unbroken

JUDGEABLE = ("share", "per_thousand")


def measure(view: View, asked: Asked) -> Atlas:
    units = _units(view, asked)
    limits = limits_of(view, units) if units.card.unit in JUDGEABLE else None
    fixed = atlas.value_scale(_months(view, asked)) if asked.sliding else None
    return atlas.atlas(units, limits, judged=asked.judged, fixed=fixed)


def _units(view: View, asked: Asked) -> Measurement:
    if not asked.converted:
        found = data.measured(view, [asked.metric], period=asked.period, by=(asked.level,))
        return found[asked.metric]
    key = ("by today's grids", asked.metric, asked.period.code, view.scope, view.role)
    return data.derived(
        view,
        key,
        lambda: by_todays_grids(
            asked.metric, asked.period, view.scope, snapshot=view.snapshot, role=view.role
        ),
    )


def _months(view: View, asked: Asked) -> Measurement:
    """Every frame of the slider, for one scale over all of them."""
    by = (asked.level, "month")
    return data.measured(view, [asked.metric], period=history.year(view), by=by)[asked.metric]


def subtitle(view: View, asked: Asked, made: Atlas) -> str:
    card = made.measurement.card
    layout = (
        "边界来自导入的区划文件"
        if has_boundaries(view, asked.level)
        else f"示意布局:每格一个{LEVELS[asked.level]},按社区成组,不是实测边界"
    )
    scale = "色阶在12个月内固定" if asked.sliding and not asked.judged else ""
    limit = "判断按99.8%随机波动界限" if asked.judged else ""
    grids = "按现行网格折算" if asked.converted else ""
    parts = [card.label, card.base, asked.period.label, layout, grids, scale, limit]
    return " · ".join(filter(None, parts))


def draw(view: View, asked: Asked, made: Atlas) -> None:
    legend(made, framed=not asked.judged)
    areas = areas_of(view, asked.level)
    alt = charts.describe(atlas.finding(made, LEVELS[asked.level]), "", list(made.marks.values()))
    chosen = asked.area.code if asked.area else None
    names = {area.code: area.name for area in view.snapshot.areas()}
    clicked = {area.code: name for name, area in names_of(view, asked.level).items()}
    if has_boundaries(view, asked.level):
        _polygons(view, asked, made, areas, alt, clicked)
    elif made.marks:
        figure = tiles(atlas.tile_groups(made, areas, names), chosen=chosen)
        panel.figure("map", figure, alt, lambda code: _choose(clicked.get(code)))
    notes = list(made.measurement.notes)
    if made.elsewhere and made.elsewhere.value:
        notes.insert(0, f"另有{number(made.elsewhere.numerator or 0)}件{made.elsewhere.label}")
    if notes:
        st.caption(";".join(notes))
    if asked.judged and (said := atlas.caveats(made, LEVELS[asked.level])):
        st.caption("".join(said))


def _polygons(
    view: View,
    asked: Asked,
    made: Atlas,
    areas: Sequence[Area],
    alt: str,
    clicked: dict[str, str],
) -> None:
    spots = []
    if asked.density:
        points = view.snapshot.points(asked.period, view.scope)
        spots = [maps.Spot(*row) for row in points.itertuples(index=False)]
    st.pydeck_chart(
        maps.polygon_map(
            atlas.shapes(made, areas),
            chosen=asked.area.code if asked.area else None,
            spots=spots,
        ),
        height=560,
        key="map",
        on_select=lambda: _clicked_polygon(clicked),
        selection_mode="single-object",
        alt=alt,
    )


def _clicked_polygon(names: dict[str, str]) -> None:
    objects = (st.session_state.get("map") or {}).get("selection", {}).get("objects", {})
    found = objects.get(maps.AREAS) or []
    _choose(names.get(found[0]["properties"]["key"]) if found else None)


def _choose(name: str | None) -> None:
    """A second click on the same area lets go."""
    st.session_state[PICK] = None if name == st.session_state.get(PICK) else name


def legend(made: Atlas, *, framed: bool) -> None:
    """Tied to the cells: the same fills, and the hatching where there is nothing to fill with."""
    swatches = [_swatch(fill, words) for fill, words in made.legend]
    unit = atlas.unit(made.measurement.card)
    edges = atlas.edges(made) if framed else []
    edge = f"粗框:{'、'.join(edges)},超出随机波动" if edges else ""
    st.markdown("\u2003".join(filter(None, [unit, *swatches, edge])))


def _swatch(fill: str, words: str) -> str:
    words = unbroken(f" {words}")
    if not fill:
        return f"▨{words}"
    return f"□{words}" if fill == palette.PAPER else f':color[■]{{foreground="{fill}"}}{words}'


def table(made: Atlas, name: str) -> None:
    """All areas in code order, beside the map until one of them is picked."""
    shown = about("map", f"全部{name}", [made.measurement], "点一格看详情")
    panel.header(shown, faces=())
    panel.table(reading.sheet([made.measurement], brief=True), alt=shown.title, widest=150)


def facts(area: Area) -> None:
    """What the ledger says about the place."""
    st.header(literal(area.name), anchor=False)
    known = (
        ("户数", area.households),
        ("人口", area.residents),
        ("专职网格员", area.staff_full),
        ("兼职网格员", area.staff_part),
        ("党小组", area.party_groups),
        ("联户", area.household_groups),
    )
    said = [f"{words} {number(count)}" for words, count in known if count is not None]
    st.caption(" · ".join([area.code, *said]))
