"""A chart as a document shows it: smaller print than on a slide, the same figures, colours and marks."""

from copy import deepcopy
from typing import Any

from pptx.chart.chart import Chart as Drawn
from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports import ink
from reports.drawing import FORMATS, LIMITS, bar, colour, frame, line
from reports.parts import Chart
from reports.scale import axis, bounded

ROOM = 1.12  # of the longest bar, for the number behind it


def style(drawn: Drawn, chart: Chart, points: float, face: str) -> None:
    """Quiet axes, direct labels, what the title speaks of in the one strong colour."""
    drawn.has_title = False
    drawn.font.size = Pt(points)
    drawn.font.color.rgb = colour(ink.INK)
    _east_asian(drawn, face)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    if chart.corridor:
        _draw_corridor(drawn, len(chart.series), chart.shape)
    _axes(drawn, chart)
    for at, series in enumerate(list(drawn.plots[0].series)[: len(chart.series)]):
        if chart.shape == "lines":
            line(series, chart, at, 2, 5)
        else:
            bar(series, chart, at)
    _labels(drawn, chart)
    frame(drawn)


def _axes(drawn: Drawn, chart: Chart) -> None:
    scale, values, names = axis(chart), drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = (
        scale.low,
        scale.high,
        scale.step,
    )
    if chart.shape == "bars":
        values.maximum_scale = scale.high * ROOM
    values.tick_labels.number_format = scale.pattern
    values.tick_labels.number_format_is_linked = False
    values.major_gridlines.format.line.color.rgb = colour(ink.RULE)
    values.format.line.fill.background()
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = colour(ink.LIMIT)
    if chart.shape == "bars":
        # First on top; the bars carry their numbers, so the axis need not.
        names.reverse_order = True
        values.visible = False
        values.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # No name is left out for want of room.
    every = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    names._element.find(qn("c:noMultiLvlLbl")).addprevious(every)


def _labels(drawn: Drawn, chart: Chart) -> None:
    plot = drawn.plots[0]
    if chart.shape in ("columns", "bars"):
        plot.gap_width = 45
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = FORMATS[chart.kind], False
    if chart.shape == "lines":
        labels.position = XL_LABEL_POSITION.ABOVE
    elif bounded(chart):
        labels.position = XL_LABEL_POSITION.INSIDE_BASE
    elif chart.shape != "stacked":
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _draw_corridor(drawn: Drawn, real: int, shape: str) -> None:
    """The series after the real ones become thin lines, over columns in a plot of their own."""
    plot = drawn.plots[0]._element
    extra = plot.findall(qn("c:ser"))[real:]
    lines = plot if shape == "lines" else _line_plot(plot)
    first = lines.find(qn("c:marker"))
    for ser, name in zip(extra, LIMITS, strict=True):
        made = _as_line(ser, dashed=name != LIMITS[1])
        plot.remove(ser)
        lines.insert(lines.index(first), made)


def _line_plot(plot: Any) -> Any:
    axes = "".join(f'<c:axId val="{each.get("val")}"/>' for each in plot.findall(qn("c:axId")))
    made = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/>{axes}</c:lineChart>'
    )
    plot.addnext(made)
    return made


def _as_line(ser: Any, *, dashed: bool) -> Any:
    """Only what a line may have, in the order of the schema."""
    made = parse_xml(f"<c:ser {nsdecls('c', 'a')}/>")
    for name in ("c:idx", "c:order", "c:tx"):
        made.append(deepcopy(ser.find(qn(name))))
    dash = f'<a:prstDash val="{MSO_LINE.to_xml(MSO_LINE.DASH if dashed else MSO_LINE.SOLID)}"/>'
    made.append(parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:ln w="9525"><a:solidFill><a:srgbClr val="{ink.LIMIT[1:]}"/>'
        f"</a:solidFill>{dash}</a:ln></c:spPr>"
    ))  # fmt: skip
    made.append(parse_xml(f'<c:marker {nsdecls("c")}><c:symbol val="none"/></c:marker>'))
    # The number stands on the columns; on three lines it would be noise.
    made.append(parse_xml(
        f'<c:dLbls {nsdecls("c")}><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    ))  # fmt: skip
    for name in ("c:cat", "c:val"):
        made.append(deepcopy(ser.find(qn(name))))
    made.append(parse_xml(f'<c:smooth {nsdecls("c")} val="0"/>'))
    return made


def _east_asian(drawn: Drawn, face: str) -> None:
    """python-pptx sets the Latin face only, and Chinese would fall back to whatever is there."""
    for properties in drawn._chartSpace.iter(qn("a:defRPr")):
        for tag in ("a:latin", "a:ea"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
            properties.append(parse_xml(f'<{tag} {nsdecls("a")} typeface="{face}"/>'))
