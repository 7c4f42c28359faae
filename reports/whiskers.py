"""Intervals on the bars of a native chart: error bars with a length of their own for each value.

python-pptx has no error bars; Word and PowerPoint draw and edit them.
"""

from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from reports import ink
from reports.model import Series


def whiskers(drawn: Any, series: Series) -> None:
    spans = {
        at: (low, high, series.values[at] or 0.0) for at, (low, high) in series.intervals.items()
    }
    plus = {at: high - value for at, (_, high, value) in spans.items()}
    minus = {at: value - low for at, (low, _, value) in spans.items()}
    many = len(series.values)
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="0"/><c:plus>{_numbers(plus, many)}</c:plus><c:minus>{_numbers(minus, many)}</c:minus>'
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{ink.MAIN[1:]}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    drawn._element.find(qn("c:cat")).addprevious(bars)


def _numbers(lengths: dict[int, float], many: int) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{each!r}</c:v></c:pt>' for at, each in lengths.items())
    return f'<c:numLit><c:ptCount val="{many}"/>{points}</c:numLit>'
