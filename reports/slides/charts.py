"""Native charts: what opens with 编辑数据 is what the report measured, and nothing but formats is added."""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.chart import XL_TICK_LABEL_POSITION as PLACE
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports import ink
from reports.cells import Kind, plain
from reports.lettering import ems
from reports.model import Chart
from reports.scale import axis, bounded, ticks
from reports.slides.draw import colour, letter

TYPES = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
}
FORMATS: dict[Kind, str] = {
    "count": "#,##0",
    "share": "[=1]0%;[=0]0%;0.0%",  # what is whole prints as 100%, as it does in the text
    "decimal": "#,##0.0",
    "text": "General",
}
LIMITS = ("正常下限", "基线均值", "正常上限")
LABELLED = 16  # marks in one chart that can each carry their number
LARGE, SMALL = 18, 16
Box = tuple[float, float, float, float]


def chart(slide: Any, made: Chart, box: Box) -> None:
    """At (left, top, width, height) in points."""
    combined = made.shape == "columns" and made.corridor is not None
    kind = XL_CHART_TYPE.LINE_MARKERS if combined else TYPES[made.shape]
    frame = slide.shapes.add_chart(kind, *(Pt(edge) for edge in box), data(made))
    drawn = frame.chart
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described(made))
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
    letter(drawn._chartSpace)


def data(made: Chart) -> CategoryChartData:
    """The workbook inside. What has no number says so in its category: an empty bar says nothing."""
    found = CategoryChartData(number_format=FORMATS[made.kind])
    for at, name in enumerate(ticks(made)):
        absent = [s.texts[at] for s in made.series if s.values[at] is None]
        why = "、".join(dict.fromkeys(absent))
        found.add_category(plain(f"{name}({why})" if why else name))
    for series in made.series:
        found.add_series(plain(series.name), series.values)
    if made.corridor:
        edges = (made.corridor.low, made.corridor.centre, made.corridor.high)
        for name, values in zip(LIMITS, edges, strict=True):
            found.add_series(name, values)
    return found


def described(made: Chart) -> str:
    """For a reader who cannot see it."""
    told = [
        f"{name}{text}"
        for series in made.series
        for name, text in zip(made.categories, series.texts, strict=True)
    ]
    return f"{made.title}。{'、'.join(told)}。"


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
        (_line if made.shape == "lines" else _bar)(series, made, at)
        _labels(series, made)
    for at, series in enumerate(found[len(made.series) :]):
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.NONE
        series.format.line.width = Pt(1.5)
        series.format.line.color.rgb = colour(ink.LIMIT)
        series.format.line.dash_style = MSO_LINE.SOLID if at == 1 else MSO_LINE.DASH


def _bar(series: Any, made: Chart, at: int) -> None:
    alone = len(made.series) == 1
    picked = alone and bool(made.focus)
    series.format.fill.solid()
    tint = (
        ink.SOFT
        if picked or bounded(made)
        else ink.MAIN
        if alone
        else ink.STEPS[at % len(ink.STEPS)]
    )
    series.format.fill.fore_color.rgb = colour(tint)
    series.invert_if_negative = False
    if bounded(made):
        intervals(series, made, at)
    for point in made.focus if picked else ():
        fill = series.points[point].format.fill
        fill.solid()
        fill.fore_color.rgb = colour(ink.MAIN)
    for point in made.unfinished:
        fill = series.points[point].format.fill
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = colour(ink.MAIN)
        fill.back_color.rgb = colour(ink.PAPER)


def intervals(series: Any, made: Chart, at: int) -> None:
    """Error bars of a length of their own for each value: python-pptx makes none."""
    found, values = made.series[at].intervals, made.series[at].values
    bars = series._element.makeelement(qn("c:errBars"), {})
    for tag, value in (("c:errBarType", "both"), ("c:errValType", "cust"), ("c:noEndCap", "0")):
        bars.append(bars.makeelement(qn(tag), {"val": value}))
    lengths = {
        "c:plus": {i: high - (values[i] or 0) for i, (_, high) in found.items()},
        "c:minus": {i: (values[i] or 0) - low for i, (low, _) in found.items()},
    }
    for tag, each in lengths.items():
        bars.append(_numbers(bars, tag, each, len(values)))
    shape = bars.makeelement(qn("c:spPr"), {})
    line = shape.makeelement(qn("a:ln"), {"w": str(Pt(2))})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": ink.MAIN.lstrip("#")}))
    line.append(fill)
    shape.append(line)
    bars.append(shape)
    series._element.find(qn("c:cat")).addprevious(bars)


def _numbers(parent: Any, tag: str, values: dict[int, float], count: int) -> Any:
    outer = parent.makeelement(qn(tag), {})
    inner = outer.makeelement(qn("c:numLit"), {})
    inner.append(inner.makeelement(qn("c:ptCount"), {"val": str(count)}))
    for at, value in values.items():
        point = inner.makeelement(qn("c:pt"), {"idx": str(at)})
        number = point.makeelement(qn("c:v"), {})
        number.text = repr(value)
        point.append(number)
        inner.append(point)
    outer.append(inner)
    return outer


def _line(series: Any, made: Chart, at: int) -> None:
    tint = ink.MAIN if len(made.series) == 1 else ink.STEPS[at % len(ink.STEPS)]
    series.smooth = False
    series.format.line.width = Pt(3)
    series.format.line.color.rgb = colour(tint)
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(tint)
    for point in made.unfinished:
        marker = series.points[point].marker
        marker.style = XL_MARKER_STYLE.CIRCLE
        marker.size = 10
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = colour(ink.PAPER)
        marker.format.line.color.rgb = colour(tint)


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
