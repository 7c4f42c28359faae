"""How much room words take, without a font at hand: counted in ems and on the safe side."""

import re
import unicodedata
from collections.abc import Sequence
from math import ceil

LATIN = 0.6  # of an em, a digit or a letter of the faces used
SONG = 0.55  # the same in the song face of documents
INSET = 9.0  # points of a cell of a table in a document, left and right
SHORT = 8.0  # ems; up to so many a text stays on one line where the others can give way
OPENING, CLOSING = "(\uff08", ")\uff09"
CLAUSES = "。;,:\uff1b\uff0c\uff1a"


def ems(text: str, latin: float = LATIN) -> float:
    return sum(1.0 if unicodedata.east_asian_width(ch) in "WFA" else latin for ch in text)


def longest_word(text: str, latin: float = LATIN) -> float:
    """The widest run that no line should end in, in ems: 1,234件, metric_name@2, 石板井社. Longer Chinese
    may be broken anywhere."""
    runs = re.findall(r"[!-~]+.?|[^!-~]{1,4}", text)
    return max((ems(run, latin) for run in runs), default=1.0)


def lines(text: str, room: float) -> int:
    """How many lines of `room` ems a text fills. A line may end an em early, for a word or a mark that
    must not begin the next."""
    return sum(max(1, ceil(ems(row) / max(room - 1, 1))) for row in text.split("\n"))


def cut(text: str, room: float) -> tuple[str, str]:
    """The longest run of whole clauses that fits `room` ems, and the rest; nothing is lost. All of it
    where even the first clause is too long."""
    if ems(text) <= room:
        return text, ""
    ends = [at for at in _ends(text) if ems(text[:at]) <= room]
    if not ends:
        return text, ""
    return text[: ends[-1]].rstrip(CLAUSES), text[ends[-1] :].lstrip()


def _ends(text: str) -> list[int]:
    """Behind every mark that closes a clause, outside brackets; not inside 1,234."""
    depth, found = 0, []
    for at, ch in enumerate(text):
        depth += (ch in OPENING) - (ch in CLOSING)
        if (
            depth == 0
            and ch in CLAUSES
            and not re.match(r"\d,\d{3}", text[max(0, at - 1) : at + 4])
        ):
            found.append(at + 1)
    return found


def widths(
    header: Sequence[str], rows: Sequence[Sequence[str]], size: float, room: float
) -> list[float]:
    """Points per column of a table `room` points wide in letters of `size` points. A header may take two
    lines. Where not all cells can have what they want the longest give way, but never so far that a number
    or a key is broken, and short ones last."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]

    def points(wide: float) -> float:
        return wide * size + INSET

    wanted, least, words = [], [], []
    for head, column in zip(header, columns, strict=True):
        texts = [line for text in column for line in text.split("\n")]
        name = max(ems(head, SONG) / 2 + 0.5, min(ems(head, SONG), 3))
        widest = max([name, *(ems(text, SONG) for text in texts)])
        word = max([name, *(longest_word(text, SONG) for text in texts)])
        wanted.append(points(widest))
        words.append(points(word))
        least.append(points(widest if widest <= SHORT else word))
    least = words if sum(least) > room else least
    return [round(each, 2) for each in shared_out(least, wanted, size, room)]


def shared_out(
    least: Sequence[float], wanted: Sequence[float], step: float, room: float
) -> list[float]:
    """The room, among columns that have a least and a wanted width: the longest give way, to `step` at most."""
    limit = max(wanted)
    while limit > step and sum(_given(least, wanted, limit)) > room:
        limit -= 2
    given = _given(least, wanted, limit)
    return [each * room / sum(given) for each in given]


def _given(least: Sequence[float], wanted: Sequence[float], limit: float) -> list[float]:
    return [max(low, min(high, limit)) for low, high in zip(least, wanted, strict=True)]
