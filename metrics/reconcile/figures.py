"""One printed cell as a number: 93.72%, ↓22.21%, １２％, 1.2万, 1,234件, (21); and what is no number."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Unit = Literal["", "%", "‰"]

NOT_APPLICABLE = frozenset(
    ("", "/", "\\", "-", "--", "—", "——", "―", "无", "－", "N/A", "n/a", "*")
)
MAGNITUDES = {"万": 1e4, "亿": 1e8, "千": 1e3}
_SIGNS = {"↓": -1, "▼": -1, "下降": -1, "减少": -1, "↑": 1, "▲": 1, "上升": 1, "增加": 1, "增长": 1}
_MINUS = str.maketrans("−–﹣", "---")
_BLANKS = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_FIGURE = re.compile(
    r"(?P<sign>↓|▼|↑|▲|下降|减少|上升|增加|增长)?"
    r"(?P<digits>[+-]?\d+(?:\.(?P<decimals>\d+))?)"
    r"(?P<size>[万亿千])?(?P<unit>%|‰|个百分点)?"
    r"(?P<word>件|次|人|人次|户|个|宗|起|条|场|处|元|分|家|名|天|小时|工作日)?"
)
# So many digits name a person, a phone or a case; they count nothing.
_IDENTIFIER = 9


@dataclass(frozen=True)
class Figure:
    """`value` in the printed unit (93.72 for 93.72%); `step` is what the last printed digit is worth."""

    value: float
    digits: int
    unit: Unit = ""
    step: float = 1.0

    @property
    def slack(self) -> float:
        """Half a step for a rounded count (1.2万), nothing for a count that was printed whole."""
        return self.step / 2 if not self.unit and self.step > 1 else 0.0


def plain(cell: object) -> str:
    """Without width, blanks and invisible characters."""
    text = "" if cell is None else str(cell)
    if text.isascii():  # most cells are numbers
        return _BLANKS.sub("", text)
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).translate(_MINUS))


def is_blank(cell: object) -> bool:
    return plain(cell) in NOT_APPLICABLE


def figure(cell: object) -> Figure | None:
    """None where the cell is empty, a word, a date or an identifier."""
    text = plain(cell).strip("'’`*")
    if re.fullmatch(r"\([\d.,]+%?\)", text):
        text = "-" + text[1:-1]
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    found = _FIGURE.fullmatch(text)
    if not found or len(found["digits"].split(".")[0].lstrip("+-")) >= _IDENTIFIER:
        return None
    decimals = len(found["decimals"] or "")
    size = MAGNITUDES.get(found["size"] or "", 1.0)
    sign = _SIGNS.get(found["sign"] or "", 1)
    value = float(found["digits"]) * size
    if sign < 0:
        value = -abs(value)
    unit: Unit = "%" if found["unit"] in ("%", "个百分点") else "‰" if found["unit"] else ""
    return Figure(value, decimals, unit, size * 10.0**-decimals)


def printed(value: float, digits: int, unit: str = "") -> str:
    """As a bulletin would print it, half rounded up."""
    if value != value:
        return "—"
    nudge = 1e-9 if value >= 0 else -1e-9
    return f"{value + nudge:,.{digits}f}{unit}" if not unit else f"{value + nudge:.{digits}f}{unit}"
