"""How words of two files are compared: width, case, blanks and units aside."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
UNIT = re.compile(r"[(\[【〔](?!#)[^()\[\]【】〔〕]{0,12}[)\]】〕]$")
LOOSE = re.compile(r"[_\-.:*、。,;'\"“”]+")


def plain(text: str) -> str:
    """Exact comparison: NFKC, no blanks or invisible characters, no case."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def loose(text: str) -> str:
    """Generous comparison: also without a unit in brackets, underscores and punctuation."""
    word = plain(text)
    return LOOSE.sub("", UNIT.sub("", word)) or word


def nearest(word: str, words: Iterable[str], count: int = 3, least: float = 0.5) -> list[str]:
    """The known words most like this one, best first."""
    wanted = loose(word)
    scored = [(_likeness(wanted, loose(known)), known) for known in dict.fromkeys(words)]
    return [
        known for score, known in sorted(scored, key=lambda x: (-x[0], x[1])) if score >= least
    ][:count]


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return 0.9 - 0.01 * abs(len(one) - len(other))
    return SequenceMatcher(None, one, other).ratio()
