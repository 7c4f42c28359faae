"""How words of two files are compared: width, case, blanks and units aside."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from etl.catalog import sources

BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
UNIT = re.compile(r"[(\[【〔](?!#)[^()\[\]【】〔〕]{0,12}[)\]】〕]$")
LOOSE = re.compile(r"[_\-.:*、。,;'\"“”]+")

# What is odd about a row that was loaded all the same; the rules of a source bring their own words.
FLAGS = {
    "unknown_area": "区域不在台账中",
    "grid_outside_community": "网格不属于所填社区",
    "bad_point": "坐标无效,未采用",
    "swapped_point": "经纬度颠倒,已对调",
    "point_outside_area": "坐标不在所填区域内",
}


def flag_label(source: str, code: str) -> str:
    """A flag of a loaded row, as a reader is told of it."""
    catalogue = sources()[source]
    if code.startswith("unmapped_"):
        field = catalogue.field_named(code.removeprefix("unmapped_"))
        kept = "留空" if field and field.type == "flag" else "按原文保留"
        return f"{field.label if field else code}不在标准取值中,{kept}"
    rules = {rule.name: rule.reason for rule in catalogue.rules}
    return rules.get(code) or FLAGS.get(code, code)


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
