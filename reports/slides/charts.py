"""Native charts on a slide: their axes, labels and the room for their names."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.chart import XL_TICK_LABEL_POSITION as PLACE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports import ink
from reports.drawing import FORMATS, TYPES, bar, colour, data, frame, line
from reports.lettering import ems
from reports.parts import Chart
from reports.scale import axis, bounded, described
from reports.slides.draw import letter

LABELLED = 16  # marks in one chart that can each carry their number
LARGE, SMALL = 18, 16
Box = tuple[float, float, float, float]


def chart(slide: Any, made: Chart, box: Box) -> None:
    """At (left, top, width, height) in points."""
    combined = made.shape == "columns" and made.corridor is not None
    kind = XL_CHART_TYPE.LINE_MARKERS if combined else TYPES[made.shape]
    placed = slide.shapes.add_chart(kind, *(Pt(edge) for edge in box), data(made))
    drawn = placed.chart
    placed._element.nvGraphicFramePr.cNvPr.set("descr", described(made))
    drawn.font.size = Pt(SMALL)
    drawn.font.color.rgb = colour(ink.INK)
    drawn.has_title = False
    if combined:
        _stand(drawn)
    _series(drawn, made)
    _axes(drawn, made, box)
    drawn.has_legend = len(made.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
        drawn.legend.font.size = Pt(SMALL)
    frame(drawn)
    letter(drawn._chartSpace)


def _stand(drawn: Any) -> None:
    """The first series of a line chart becomes columns on the same axes: Office draws both, but python-pptx
    makes no chart of two kinds."""
    lines = drawn._chartSpace.chart.plotArea.find(qn("c:lineChart"))
    columns = lines.makeelement(qn("c:barChart"), {})
    first = lines.find(qn("c:ser"))
    for tag in ("c:marker", "c:smooth", "c:spPr"):
        for found in first.findall(qn(tag)):
            first.remove(found)
    children: list[tuple[str, str]] = [
        ("c:barDir", "col"),
        ("c:grouping", "clustered"),
        ("c:varyColors", "0"),
    ]
    for tag, value in children:
        columns.append(columns.makeelement(qn(tag), {"val": value}))
    columns.append(first)
    columns.append(columns.makeelement(qn("c:gapWidth"), {"val": "40"}))
    for identity in lines.findall(qn("c:axId")):
        columns.append(columns.makeelement(qn("c:axId"), {"val": identity.get("val")}))
    lines.addprevious(columns)


def _series(drawn: Any, made: Chart) -> None:
    found = [series for plot in drawn.plots for series in plot.series]
    for plot in drawn.plots:
        if made.shape != "lines" and hasattr(plot, "gap_width"):
            plot.gap_width = 40
        if made.shape == "stacked":
            plot.overlap = 100
    for at, series in enumerate(found[: len(made.series)]):
        if made.shape == "lines":
            line(series, made, at, 3, 8)
        else:
            bar(series, made, at)
        _labels(series, made)
    for at, series in enumerate(found[len(made.series) :]):
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.NONE
        series.format.line.width = Pt(1.5)
        series.format.line.color.rgb = colour(ink.LIMIT)
        series.format.line.dash_style = MSO_LINE.SOLID if at == 1 else MSO_LINE.DASH


def _labels(series: Any, made: Chart) -> None:
    if len(made.categories) * len(made.series) > LABELLED:
        return
    labels = series.data_labels
    labels.show_value = True
    labels.number_format = FORMATS[made.kind]
    labels.number_format_is_linked = False
    labels.font.size = Pt(SMALL)
    labels.font.color.rgb = colour(ink.INK)
    if bounded(made):
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
    elif made.shape == "stacked":
        labels.position = XL_LABEL_POSITION.CENTER
    elif made.shape == "lines":
        labels.position = XL_LABEL_POSITION.ABOVE
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _axes(drawn: Any, made: Chart, box: Box) -> None:
    scale = axis(made)
    value, category = drawn.value_axis, drawn.category_axis
    value.minimum_scale, value.maximum_scale = scale.low, scale.high
    value.major_unit = scale.step
    value.tick_labels.number_format = scale.pattern
    value.tick_labels.number_format_is_linked = False
    value.tick_labels.font.size = Pt(SMALL)
    value.tick_labels.font.color.rgb = colour(ink.QUIET)
    value.format.line.fill.background()
    value.major_tick_mark = XL_TICK_MARK.NONE
    value.major_gridlines.format.line.color.rgb = colour(ink.RULE)
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_labels.font.size = Pt(_name_size(made, box))
    category.format.line.color.rgb = colour(ink.LIMIT)
    category.tick_label_position = PLACE.LOW
    body = category._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", "0")
    body.set("vert", "horz")
    if made.shape == "bars":
        category.reverse_order = True
        value.visible = False
        value.has_major_gridlines = False
        _room_for_names(drawn, made, box)


def _name_size(made: Chart, box: Box) -> float:
    if made.shape != "bars":
        return 14 if len(made.categories) > 10 else SMALL
    return min(LARGE, box[3] / max(len(made.categories), 1) / 1.35)


def _room_for_names(drawn: Any, made: Chart, box: Box) -> None:
    """The bars start where the longest name ends: left to itself Office breaks or thins out names."""
    size = _name_size(made, box)
    wanted = max(ems(str(c.label)) for c in data(made).categories) * size + 16
    left = min(wanted / box[2], 0.5)
    right = 0.08
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    places: Sequence[tuple[str, str]] = (
        ("c:layoutTarget", "inner"), ("c:xMode", "edge"), ("c:yMode", "edge"),
        ("c:x", f"{left:.4f}"), ("c:y", "0.02"), ("c:w", f"{1 - left - right:.4f}"), ("c:h", "0.96"),
    )  # fmt: skip
    for tag, place in places:
        manual.append(manual.makeelement(qn(tag), {"val": place}))
    area.insert(0, layout)
