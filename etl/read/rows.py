"""What a row is when it is not data: blank, a total, or a note under the table."""

import re
from collections.abc import Sequence

TOTAL_WORDS = ("合计", "小计", "总计", "总和", "共计", "累计", "合計", "小計", "總計")
# Longer than the longest spelling of a total, with all the spaces it is usually padded with.
LONGEST_TOTAL = 24

_SPACE = "[\\s\u200b\ufeff]*"
_SPELLED = "|".join(_SPACE.join(word) for word in TOTAL_WORDS)
_LATIN = f"(?:grand{_SPACE})?total|(?:ｇｒａｎｄ{_SPACE})?ｔｏｔａｌ"
_TOTAL = re.compile(f"{_SPACE}['‘’\"]?{_SPACE}(?:{_SPELLED}|{_LATIN}){_SPACE}[::]?{_SPACE}", re.I)
_NOTE = re.compile(
    r"[\s((\[【*※#]*"
    r"(注|备注|说明|填表|填报|制表|制单|审核|复核|负责人|经办人|联系人|联系电话|单位负责人|统计时间"
    r"|统计口径|数据来源|资料来源|数据截至|数据截止|截至|截止|导出时间|导出人|打印时间|打印人|以上"
    r"|共\s*\d+\s*[条行件])"
)
# A lone cell this long at the foot of a table is a sentence, not the rest of a record.
_SENTENCE = 8


def is_blank(cells: Sequence[str | None]) -> bool:
    for cell in cells:  # noqa: SIM110  every row passes here, and a generator costs twice as much
        if cell and not cell.isspace():
            return False
    return True


def names_total(cell: str) -> bool:
    return len(cell) <= LONGEST_TOTAL and _TOTAL.fullmatch(cell) is not None


def is_total(cells: Sequence[str | None]) -> bool:
    """True where the first or the second filled cell says so."""
    seen = 0
    for cell in cells:
        if cell and not cell.isspace():
            if names_total(cell):
                return True
            seen += 1
            if seen == 2:
                return False
    return False


def may_be_note(cells: Sequence[str | None], width: int) -> bool:
    """True of a row that is a note if no data follows it. Narrow tables have no room for notes."""
    # Counting comes first: it settles nearly every row at a tenth of the cost.
    if width < 3 or len(cells) - cells.count("") - cells.count(None) > max(1, width // 2):
        return False
    filled = [cell for cell in cells if cell]
    if _NOTE.match(filled[0]):
        return True
    return len(filled) == 1 and len(cells) == width and len(filled[0]) >= _SENTENCE
