"""A chart of Office, on a slide or in a document: the workbook inside it, its colours, its frame.

What opens with 编辑数据 is what the report measured, and nothing but formats is added.
"""

from typing import Any

from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports import ink
from reports.cells import Kind, plain
from reports.parts import Chart
from reports.scale import bounded, ticks

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


def frame(drawn: Drawn) -> None:
    """No border, no round corners, one colour a series: left unsaid, Word and PowerPoint choose otherwise.

    python-pptx writes the numbers of axes below zero, which the standard does not allow."""
    space = drawn._chartSpace
    space.find(qn("c:date1904")).addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    empty = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    space.chart.addnext(parse_xml(empty))
    for plot in drawn.plots:
        plot.vary_by_categories = False
    for tag in ("c:axId", "c:crossAx"):
        for each in space.iter(qn(tag)):
            each.set("val", each.get("val").lstrip("-"))


def colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.lstrip("#"))


def bar(series: Any, made: Chart, at: int) -> None:
    """What the title speaks of in the one strong colour; a month that has not ended is hatched."""
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
        _intervals(series, made, at)
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


def line(series: Any, made: Chart, at: int, width: float, dot: int) -> None:
    """`width` of the line in points, `dot` the size of its marks; hollow where the month has not ended."""
    tint = ink.MAIN if len(made.series) == 1 else ink.STEPS[at % len(ink.STEPS)]
    series.smooth = False
    series.format.line.width = Pt(width)
    series.format.line.color.rgb = colour(tint)
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = dot
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(tint)
    for point in made.unfinished:
        marker = series.points[point].marker
        marker.style = XL_MARKER_STYLE.CIRCLE
        marker.size = dot + 2
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = colour(ink.PAPER)
        marker.format.line.color.rgb = colour(tint)


def _intervals(series: Any, made: Chart, at: int) -> None:
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
