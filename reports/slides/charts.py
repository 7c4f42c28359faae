"""Charts on a slide: drawn as in a document, with names that can be read from the back row."""

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from reports import native
from reports.lettering import ems
from reports.model import Chart
from reports.slides.draw import FACE, letter

LARGE, SIZE, SMALL = 18, 16, 14
MANY = 10  # names under a chart, from which they are set smaller
BEHIND = 0.08  # of the width, for the number behind the longest bar
Box = tuple[float, float, float, float]


def chart(slide: Any, made: Chart, box: Box) -> None:
    """At (left, top, width, height) in points."""
    places = (Pt(edge) for edge in box)
    frame: Any = slide.shapes.add_chart(native.kind_of(made), *places, native.data(made))
    drawn = frame.chart
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described(made))
    native.style(drawn, made, SIZE, FACE)
    names = drawn.category_axis
    names.tick_labels.font.size = Pt(_name_size(made, box))
    body = names._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", "0")
    body.set("vert", "horz")
    if made.shape == "bars":
        _room_for_names(drawn, made, box)
    letter(drawn._chartSpace)


def described(made: Chart) -> str:
    """For a reader who cannot see it."""
    told = [
        f"{name}{text}"
        for series in made.series
        for name, text in zip(made.categories, series.texts, strict=True)
    ]
    return f"{made.title}。{'、'.join(told)}。"


def _name_size(made: Chart, box: Box) -> float:
    if made.shape != "bars":
        return SMALL if len(made.categories) > MANY else SIZE
    return min(LARGE, box[3] / max(len(made.categories), 1) / 1.35)


def _room_for_names(drawn: Any, made: Chart, box: Box) -> None:
    """The bars start where the longest name ends: left to itself Office breaks or thins out names."""
    size = _name_size(made, box)
    longest = max((ems(str(each.label)) for each in native.data(made).categories), default=0)
    left = min((longest * size + 16) / box[2], 0.5)
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    places = {"x": left, "y": 0.02, "w": 1 - left - BEHIND, "h": 0.96}
    told = "".join(f'<c:{edge} val="{place:.4f}"/>' for edge, place in places.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{told}</c:manualLayout></c:layout>'
    )
    area.insert(0, layout)
