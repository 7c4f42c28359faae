"""Which words the text of an order is cut into: the general dictionary, the reference list, the names of
areas, and the list that the office keeps on the page 热点诉求."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb

from etl import notebook, place_names
from etl.errors import BadMap
from etl.place import ROOT, Place
from etl.place_names import Names, outside

WORDS = ROOT / "data" / "reference" / "words.toml"
HAN = re.compile("[\u4e00-\u9fa5]{2,10}")
# Parts of speech that say what an order is about; words of all others are passed over.
TELLING = ("n", "v", "a", "i", "l", "j")
PERSON = "nr"  # names of persons, which the general dictionary also holds
OFTEN = 1_000_000  # a local word is never cut in pieces
MASKS = (
    "姓名",
    "号码",
    "门牌",
    "车牌",
    "账号",
    "邮箱",
)  # what etl.mask leaves in the place of a person


@dataclass(frozen=True)
class Dictionary:
    """Local words and words to pass over; `edition` changes when either does, or the way of cutting."""

    words: frozenset[str]
    stop: frozenset[str]

    @cached_property
    def edition(self) -> str:
        listed = "\n".join([*sorted(self.words), "", *sorted(self.stop)])
        digest = hashlib.sha256(listed.encode())
        for file in (Path(__file__), Path(place_names.__file__), place_names.LISTS):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]

    def cutter(self) -> "Cutter":
        return _cutter(self)


class Cutter:
    """Cuts runs of Chinese characters into terms. Only words of a dictionary become terms: what the
    segmenter makes up for a string it does not know may be somebody's name. A place whose name it does not
    know is passed over whole: its pieces are not what an order is about."""

    def __init__(self, dictionary: Dictionary) -> None:
        import rjieba  # loads its dictionary; only loading needs it

        self._of = dictionary
        self._jieba = rjieba.Jieba()
        for word in sorted(dictionary.words):
            self._jieba.add_word(word, OFTEN, "nz")
        self._names = Names.known()
        self._told: dict[str, bool] = {}

    def terms(self, text: str) -> list[str]:
        """The distinct terms of a text, in the order they are said."""
        told, found = self._told, []
        pieces = self._jieba.cut(text, False)
        if places := self._names.unknown(text, pieces):
            pieces = outside(pieces, places)
        for word in dict.fromkeys(pieces):
            if word not in told:
                told[word] = self._tells(word)
            if told[word]:
                found.append(word)
        return found

    def places(self, text: str) -> list[str]:
        """The places named in a run of Chinese characters that no dictionary has."""
        spans = self._names.unknown(text, self._jieba.cut(text, False))
        names = (text[start:end] for start, end in spans)
        return [name for name in names if name not in self._of.stop]

    def knows(self, word: str) -> bool:
        return self._jieba.has_word(word)

    def pieces(self, text: str) -> list[str]:
        return self._jieba.cut(text, False)

    def _tells(self, word: str) -> bool:
        if word in self._of.stop or not HAN.fullmatch(word):
            return False
        if word in self._of.words:
            return True
        tagged = self._jieba.tag(word)
        kind = tagged[0][1] if len(tagged) == 1 else ""
        return kind.startswith(TELLING) and not kind.startswith(PERSON)


@lru_cache(maxsize=1)
def _cutter(dictionary: Dictionary) -> Cutter:
    """Reading the general dictionary takes longer than cutting a daily file."""
    return Cutter(dictionary)


def read_dictionary(con: duckdb.DuckDBPyConnection, place: Place) -> Dictionary:
    """As it stands now: the store's area ledger and the notebook may have changed since the last load."""
    try:
        listed = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(f"{WORDS} 不是有效的 TOML:{error}。请改正后重新加载。") from error
    own = dict(office_words(place))
    words = {*listed["words"], *_areas(con)} | {word for word, kept in own.items() if kept}
    stop = {*listed["stop"], *MASKS} | {word for word, kept in own.items() if not kept}
    stop -= {word for word, kept in own.items() if kept} - set(MASKS)
    return Dictionary(frozenset(words - stop), frozenset(stop))


def _areas(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Of the ledger the names of communities and larger: a grid is called by its number."""
    rows = con.execute(
        "SELECT DISTINCT name FROM raw_areas WHERE is_latest AND level IN ('community', 'region', 'street')"
    )
    return (name for (name,) in rows.fetchall() if name and HAN.fullmatch(name))


def office_words(place: Place) -> list[tuple[str, bool]]:
    """The office's list in the notebook: the word, and whether it is one or is to be passed over."""
    sql = "SELECT word, kept FROM local_words ORDER BY word"
    rows = notebook.rows(place, "local_words", sql)
    return [(word, bool(kept)) for word, kept in rows if HAN.fullmatch(word)]
