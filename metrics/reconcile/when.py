"""The month, quarter or year that a bulletin speaks of, from its text or its file's name."""

import re
from datetime import date

from metrics.errors import BadPeriod
from metrics.period import Period

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def detect(text: str, as_of: date) -> Period | None:
    """The first period named with its year; None where there is none."""
    compact = re.sub(r"\s", "", text)
    for pattern, code in (
        (r"(20\d{2}|19\d{2})年?第?([一二三四1-4])季度", lambda y, q: f"{y}-Q{_QUARTERS[q]}"),
        (r"(20\d{2}|19\d{2})年([上下])半年", lambda y, h: f"{y}-H{1 if h == '上' else 2}"),
        (r"(20\d{2}|19\d{2})年(1[0-2]|0?[1-9])月", lambda y, m: f"{y}-{int(m):02}"),
        (r"(?<!\d)(20\d{2}|19\d{2})[-_.](1[0-2]|0[1-9])(?!\d)", lambda y, m: f"{y}-{int(m):02}"),
        (r"(?<!\d)(20\d{2})(1[0-2]|0[1-9])(?!\d)", lambda y, m: f"{y}-{int(m):02}"),
        (r"(20\d{2}|19\d{2})年(?:度|全年)", lambda y: y),
    ):
        if found := re.search(pattern, compact):
            try:
                return Period.parse(code(*found.groups()), as_of)
            except BadPeriod:
                continue
    return None
