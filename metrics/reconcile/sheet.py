"""A printed table: its names, its columns with the part each plays, its totals rows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from metrics.reconcile.figures import MAGNITUDES, Figure, figure, is_blank, plain

Role = Literal["name", "count", "rate", "score", "serial", "ignored"]
ROLES: dict[Role, str] = {
    "name": "单位名称",
    "count": "数量",
    "rate": "比率",
    "score": "其他数值",
    "serial": "序号或排名",
    "ignored": "不用",
}
Cells = Sequence[str | None]

TOTALS = (
    "合计",
    "总计",
    "总和",
    "共计",
    "小计",
    "累计",
    "全市",
    "全区",
    "全县",
    "全街道",
    "合計",
    "小計",
    "總計",
)
PARTIAL = ("小计", "小計")
_SERIAL = re.compile(r"序号|排名|名次|位次|编号|no\.?", re.I)
_SCORE = re.compile(r"得分|分值|评分|平均|人均|户均|场均|时长|天数|用时|指数|单价")
_RATE = re.compile(r"率|占比|比例|比重|幅度|增幅|降幅|同比|环比|百分比|满意度|%|‰")
_UNIT = re.compile(r"\(([^()]{0,8})\)$")
# A column under such a header may name a person; it is neither read nor shown.
PERSONAL = re.compile(
    r"姓名|联系|电话|手机|身份证|证件|地址|来电人|诉求人|当事人|住址|内容|经办|网格员"
)
FINEST = 6  # decimals
MOST_TURNED = 40  # quantities that a table on its side lists
_DIGITS = re.compile(r"\d{7,}")


@dataclass(frozen=True, eq=False)
class Column:
    at: int
    name: str
    role: Role
    values: np.ndarray  # over every row, totals included; nan where nothing is printed
    slack: np.ndarray  # how far off a rounded count may be
    scale: float = 1.0  # of a rate: what one prints as (100 for percent)
    digits: int = 0

    @property
    def unit(self) -> str:
        return {100.0: "%", 1000.0: "‰"}.get(self.scale, "") if self.role == "rate" else ""

    @property
    def width(self) -> float:
        """Of a rounding interval."""
        return 10.0**-self.digits


@dataclass(frozen=True, eq=False)
class Sheet:
    headers: tuple[str, ...]  # as printed, repeated ones too
    columns: tuple[Column, ...]
    names: tuple[str, ...]  # of every row
    total: np.ndarray  # True for a totals row
    titles: tuple[str, ...] = ()
    turned: bool = False  # its rows were columns in print
    cells: tuple[Cells, ...] = ()  # as read, for a reader who corrects a column's part

    def of(self, role: Role) -> list[Column]:
        return [column for column in self.columns if column.role == role]

    @property
    def body(self) -> np.ndarray:
        return ~self.total

    @property
    def name_column(self) -> str:
        return next((column.name for column in self.of("name")), "名称")


def build(
    headers: Sequence[str],
    rows: Sequence[Cells],
    titles: Sequence[str] = (),
    roles: Mapping[int, Role] | None = None,
) -> Sheet:
    """`roles` are a reader's corrections, by the place of a column."""
    width = len(headers)
    filled = [[*row, *[None] * (width - len(row))][:width] for row in rows]
    filled = [row for row in filled if not all(is_blank(cell) for cell in row)]
    heads, turned = list(headers), False
    if not roles and _lies_on_its_side(heads, filled):
        heads, filled = _turn(heads, filled)
        turned = True
    figures = [[figure(row[at]) for row in filled] for at in range(len(heads))]
    guessed = [_guess(head, at, figures[at], filled) for at, head in enumerate(heads)]
    _one_name(guessed, heads, filled)
    for at, role in (roles or {}).items():
        guessed[at] = role
    columns = tuple(
        _column(at, head, guessed[at], figures[at]) for at, head in enumerate(_unique(heads))
    )
    names, total = _names(filled, guessed, columns)
    return Sheet(tuple(heads), columns, names, total, tuple(titles), turned, tuple(filled))


def with_roles(sheet: Sheet, roles: Mapping[int, Role]) -> Sheet:
    """The same table with columns read as a reader says they are."""
    known: dict[int, Role] = {column.at: column.role for column in sheet.columns}
    made = build(sheet.headers, sheet.cells, sheet.titles, known | dict(roles))
    return replace(made, turned=sheet.turned)


def _unique(names: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for at, name in enumerate(names):
        word = _DIGITS.sub("…", name.strip()) or f"第{at + 1}列"
        seen[word] += 1
        found.append(word if seen[word] == 1 else f"{word}(第{seen[word]}个)")
    return found


def _guess(head: str, at: int, figures: Sequence[Figure | None], rows: Sequence[Cells]) -> Role:
    if PERSONAL.search(head):
        return "ignored"
    filled = [row[at] for row in rows if not is_blank(row[at])]
    known = [each for each in figures if each is not None]
    if not known or len(known) < 0.6 * len(filled):
        return "name" if filled else "ignored"
    if _SERIAL.search(head) or _counts_up(head, at, known):
        return "serial"
    if sum(bool(each.unit) for each in known) >= 0.5 * len(known):
        return "rate"
    word = plain(head)
    if re.search(r"\(%\)|%|‰", word):
        return "rate"
    if _SCORE.search(word):
        return "score"
    if _magnitude(head) > 1:
        return "count"
    decimals = any(each.digits and each.step < 1 for each in known)
    if decimals and (_RATE.search(word) or all(abs(each.value) <= 1 for each in known)):
        return "rate"
    if decimals:
        return "score"
    return "count"


def _counts_up(head: str, at: int, known: Sequence[Figure]) -> bool:
    """1, 2, 3 … in the first column, under a header that says nothing of a number."""
    values = [each.value for each in known]
    return (
        at == 0
        and not re.search(r"数|量|件|次", head)
        and len(values) > 2
        and values == [float(n) for n in range(1, len(values) + 1)]
    )


def _one_name(roles: list[Role], heads: Sequence[str], rows: Sequence[Cells]) -> None:
    """The names of the rows stand in the column with most different words."""
    at = [n for n, role in enumerate(roles) if role == "name"]
    if len(at) < 2:
        return

    def told(column: int) -> tuple[bool, int, int]:
        words = {plain(row[column]) for row in rows if not is_blank(row[column])}
        longest = max((len(word) for word in words), default=0)
        return longest <= 24, len(words), -column

    best = max(at, key=told)
    for column in at:
        if column != best:
            roles[column] = "ignored"


def _column(at: int, name: str, role: Role, figures: Sequence[Figure | None]) -> Column:
    magnitude = _magnitude(name) if role == "count" else 1.0
    values = np.array([each.value * magnitude if each else np.nan for each in figures], float)
    slack = np.array([each.slack * magnitude if each else 0.0 for each in figures], float)
    if magnitude > 1:
        slack = np.array([each.step * magnitude / 2 if each else 0.0 for each in figures], float)
    # A workbook hands over 0.0919540229885 where it shows 9.2%: further digits say nothing.
    digits = min(
        max((each.digits for each in figures if each and each.step <= 1), default=0), FINEST
    )
    return Column(at, name, role, values, slack, _scale(name, figures), digits)


def _magnitude(name: str) -> float:
    unit = _UNIT.search(plain(name))
    return next((size for word, size in MAGNITUDES.items() if unit and word in unit[1]), 1.0)


def _scale(name: str, figures: Sequence[Figure | None]) -> float:
    known = [each for each in figures if each]
    units = {each.unit for each in known}
    if "‰" in units or "‰" in name:
        return 1000.0
    if "%" in units or "%" in plain(name):
        return 100.0
    return 100.0 if any(abs(each.value) > 1.5 for each in known) else 1.0


def names_total(word: str) -> bool:
    return any(plain(word).strip(":") in (total, f"全部{total}", f"总{total}") for total in TOTALS)


def _names(
    rows: Sequence[Cells], roles: Sequence[Role], columns: Sequence[Column]
) -> tuple[tuple[str, ...], np.ndarray]:
    """Names that may be shown, and which rows are totals: one of the first two words says so."""
    at = next((n for n, role in enumerate(roles) if role == "name"), None)
    names, total = [], []
    for number, row in enumerate(rows, 1):
        words = [cell for cell in row if not is_blank(cell)][:2]
        is_total = any(names_total(str(word)) for word in words)
        word = "" if at is None or is_blank(row[at]) else " ".join(str(row[at]).split())
        if is_total and not names_total(word):
            word = next(str(each) for each in words if names_total(str(each)))
        hidden = _DIGITS.search(word) or len(word) > 40
        names.append(f"第{number}行" if not word or hidden else word)
        total.append(is_total)
    flags = np.array(total, bool)
    return tuple(names), np.zeros(len(flags), bool) if flags.all() else flags


def _lies_on_its_side(headers: Sequence[str], rows: Sequence[Cells]) -> bool:
    """Months as columns, or a list of names and values: one row is one quantity."""
    from metrics.reconcile.flows import concept

    if len(rows) < 2 or len(headers) < 2:
        return False
    if len(rows) > MOST_TURNED:
        return False
    known = [[figure(cell) for cell in row] for row in rows]
    across = sum(_mixed(row) for row in known)
    down = sum(_mixed([row[at] for row in known]) for at in range(len(headers)))
    words = [plain(row[0]) for row in rows]
    if any(figure(word) for word in words if word) or len(set(words)) < len(words):
        return False
    if len(headers) == 2:
        return sum(concept(word) is not None for word in words) >= 3
    return down > len(headers) / 2 and not across


def _mixed(cells: Sequence[Figure | None]) -> bool:
    units = {bool(cell.unit) for cell in cells if cell}
    return len(units) == 2


def _turn(
    headers: Sequence[str], rows: Sequence[Cells]
) -> tuple[list[str], list[list[str | None]]]:
    heads = [headers[0] or "期间", *(str(row[0] or "") for row in rows)]
    body = [[headers[at], *(row[at] for row in rows)] for at in range(1, len(headers))]
    return heads, [list(row) for row in body]
