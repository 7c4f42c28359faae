"""Pasted text as tables and paragraphs: what WPS and Excel put on the clipboard, csv, markdown, spaced text.

Nothing here touches a disk.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from metrics.reconcile.figures import figure, is_blank, plain
from metrics.reconcile.sheet import Sheet, build, names_total

LARGEST = 1_000_000  # characters
_DEEPEST = 4  # rows of a header
_HEADING = re.compile(
    r"单位|街道|社区|区域|乡镇|镇办|部门|名称|类别|类型|指标|项目|序号|[数率量比]$|[数率量比]\(|件|同期|本期|\d+月|增减|得分|排名"
)
_PERIODS = re.compile(
    r"(?:(?:19|20)\d{2}年?)?(?:\d{1,2}月(?:份)?|第?[一二三四1-4]季度|[上下]半年)?"
)


class NothingToRead(Exception):
    """The text holds no table and no sentence with numbers."""


@dataclass(frozen=True)
class Pasted:
    sheets: tuple[Sheet, ...]
    paragraphs: tuple[str, ...]


def read_text(text: str) -> Pasted:
    """Tables and paragraphs of a pasted text, in order."""
    if len(text) > LARGEST:
        raise NothingToRead(
            f"粘贴的内容有{len(text):,}个字,超过{LARGEST:,}个。请只粘贴要核对的那张表。"
        )
    sheets: list[Sheet] = []
    paragraphs: list[str] = []
    for block in _blocks(text):
        rows = _cells(block)
        if rows is None:
            paragraphs += [line.strip() for line in block if line.strip()]
        else:
            made = from_rows(rows)
            if made is None:
                paragraphs += [" ".join(filter(None, row)) for row in rows]
            else:
                sheets.append(made)
    if not sheets and not any(re.search(r"\d", line) for line in paragraphs):
        raise NothingToRead(
            "没有读到数字。应粘贴通报里的表格(从WPS表格或网页里选中表格复制,带表头)"
            f"或含有数字的一段文字;现在读到的是{len(text.strip())}个字,没有一个数。"
        )
    return Pasted(tuple(sheets), tuple(paragraphs))


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines that look alike: cut by the same sign, or running text."""
    found: list[tuple[str, list[str]]] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        kind = _kind(line)
        if kind == "blank":
            found.append((kind, []))
        elif found and found[-1][0] == kind:
            found[-1][1].append(line)
        else:
            found.append((kind, [line]))
    return [lines for kind, lines in found if lines]


def _kind(line: str) -> str:
    if not plain(line) and "\t" not in line:
        return "blank"
    if "\t" in line:
        return "\t"
    if line.strip().startswith("|") or line.count("|") >= 2:
        return "|"
    if re.search("[。\uff0c]", line):
        return "text"
    if line.count(",") >= 1 and not re.search("[\uff0c\uff1b\uff1a。]", line) and _short(line):
        return ","
    return "spaced" if len(line.split()) >= 2 and re.search(r"\S\s+\S", line.strip()) else "text"


def _short(line: str) -> bool:
    """Cells are words and numbers, not clauses."""
    cells = line.split(",")
    return sum(len(plain(cell)) for cell in cells) <= 20 * len(cells)


def _cells(lines: Sequence[str]) -> list[list[str]] | None:
    kind = _kind(lines[0])
    if kind == "text" or len(lines) < 2:
        return None
    if kind == "|":
        kept = [line.strip().strip("|") for line in lines if not re.fullmatch(r"[\s|:\-]+", line)]
        return [[cell.strip() for cell in line.split("|")] for line in kept]
    if kind in ("\t", ","):
        return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=kind)]
    for cut in (r"\s{2,}", r"\s+"):
        rows = [re.split(cut, line.strip()) for line in lines]
        if len({len(row) for row in rows}) == 1 and len(rows[0]) >= 2 and _has_figures(rows[1:]):
            return rows
    return None


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    return any(figure(cell) for row in rows for cell in row)


def from_rows(rows: Sequence[Sequence[str | None]]) -> Sheet | None:
    """A table whose header must be found; None where no row holds numbers."""
    width = max((len(row) for row in rows), default=0)
    laid = [[*row, *[None] * (width - len(row))] for row in rows]
    data = [
        at
        for at, row in enumerate(laid)
        if not _numbers_columns(row) and _is_data(row, laid[at + 1 :])
    ]
    first = data[0] if data else None
    if first is None or width < 2:
        return None
    above = [
        row
        for row in laid[:first]
        if any(not is_blank(cell) for cell in row) and not _numbers_columns(row)
    ]
    titles = [str(_only(row)) for row in above if _only(row)]
    heads = [row for row in above if not _only(row)][-_DEEPEST:]
    if not heads:
        heads = [[f"第{at + 1}列" for at in range(width)]]
    return build(_join(heads, width), [row for row in laid[first:] if not _is_note(row)], titles)


def heading_score(headers: Sequence[str]) -> int:
    """How many different headers name a unit, a quantity or a rate: a title over the table names none."""
    return len({plain(each) for each in headers if _HEADING.search(plain(each))})


def _only(row: Sequence[str | None]) -> str | None:
    """A title stands alone in its row."""
    filled = [cell for cell in row if not is_blank(cell)]
    return filled[0] if len(filled) == 1 and len(row) > 1 else None


def _is_data(row: Sequence[str | None], below: Sequence[Sequence[str | None]]) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    known = [cell for cell in filled if figure(cell) and not _is_period(cell)]
    if names_total(str(filled[0])) if filled else False:
        return bool(known)
    if not known:
        return False
    # Bare years over columns of numbers are a header.
    years = all(re.fullmatch(r"(19|20)\d{2}", plain(cell)) for cell in known)
    return not (years and len(known) > 1 and below and len(known) == len(filled) - 1)


def _is_period(cell: str | None) -> bool:
    word = plain(cell)
    return bool(word) and not word.isdigit() and bool(_PERIODS.fullmatch(word))


def _is_note(row: Sequence[str | None]) -> bool:
    """注:…, 制表人:… under the table."""
    filled = [plain(cell) for cell in row if not is_blank(cell)]
    return (
        bool(filled)
        and not any(figure(cell) for cell in filled)
        and (
            re.match(r"[(*※]*(注|备注|说明|填表|制表|审核|数据来源|统计)", filled[0]) is not None
            or (len(filled) == 1 and len(filled[0]) > 12)
        )
    )


def _numbers_columns(row: Sequence[str | None]) -> bool:
    """The row 甲 1 2 3 … that statistical forms print under the header."""
    words = [plain(cell) for cell in row]
    numbers = [word for word in words if word.isdigit()]
    letters = [word for word in words if word and not word.isdigit()]
    return (
        len(numbers) + len(letters) >= 3
        and len(numbers) >= 2
        and [int(word) for word in numbers]
        == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        and int(numbers[0]) <= 2
        and all(word in "甲乙丙丁栏次" for word in letters)
    )


def _join(heads: Sequence[Sequence[str | None]], width: int) -> list[str]:
    """Levels of a header as 上级/下级: a merged cell is copied as its word and then blanks."""
    levels = [["" if is_blank(cell) else plain(cell) for cell in row] for row in heads]
    for lower, upper in pairwise(reversed(levels)):
        for at in range(1, width):
            if not upper[at] and lower[at] and upper[at - 1] and not _ends(levels, upper, at):
                upper[at] = upper[at - 1]
    return [
        "/".join(dict.fromkeys(word for word in parts if word))
        for parts in zip(*levels, strict=True)
    ]


def _ends(levels: Sequence[list[str]], upper: list[str], at: int) -> bool:
    """A cell merged downwards has nothing below it, so its neighbour is not its part."""
    row = next(n for n, level in enumerate(levels) if level is upper)
    return row + 1 < len(levels) and not any(level[at - 1] for level in levels[row + 1 :])
