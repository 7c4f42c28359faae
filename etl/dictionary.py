"""Which words the text of an order is cut into: the general dictionary, the reference list, the names of
areas, and the list that the office keeps on the page 热点诉求."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from etl import notebook
from etl.ahead import THREADS
from etl.errors import BadMap
from etl.place import ROOT, Place
from etl.place_names import LINE, LISTS, Names
from etl.word_pairs import REFERENCE, WordPairs

WORDS = ROOT / "data" / "reference" / "words.toml"
HAN = re.compile("[\u4e00-\u9fa5]{2,10}")
# Parts of speech that say what an order is about; words of all others are passed over.
TELLING = ("n", "v", "a", "i", "l", "j")
PERSON = "nr"  # names of persons, which the general dictionary also holds
TOGETHER = 25_000  # clauses that are cut in one call
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
        here = Path(__file__)
        modules = (
            *("place_names.py", "characters.py", "distinct.py"),
            *("word_pairs.py", "runs.py", "run_cutter.py"),
        )
        for file in (here, *map(here.with_name, modules), LISTS, REFERENCE):
            digest.update(file.read_bytes())
        return digest.hexdigest()[:16]

    def cutter(self) -> "Cutter":
        return _cutter(self)


@dataclass(frozen=True)
class Cut:
    """Texts, each ended by a line, as pieces: numbers into their distinct words, and where each piece ends."""

    text: str
    words: list[str]
    pieces: np.ndarray
    stops: np.ndarray


@dataclass(frozen=True)
class Found:
    """What texts say: the number of a word each time one is said as a term, and names of places that no
    dictionary has; up to where those of each text reach."""

    words: list[str]
    terms: np.ndarray
    terms_reach: np.ndarray
    places: list[str]
    places_reach: np.ndarray


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
        self.pairs = WordPairs(dictionary.words)
        self._names = Names.known()
        self._told: dict[str, bool] = {}

    def cut(self, clauses: Sequence[str]) -> Iterator[Found]:
        """What runs of Chinese characters say, for each part of them in turn."""
        parts = [clauses[at : at + TOGETHER] for at in range(0, len(clauses), TOGETHER)]
        with ThreadPoolExecutor(THREADS) as pool:
            yield from map(self._found, pool.map(self._cut, parts))

    def _found(self, cut: Cut) -> Found:
        words = cut.words
        tells = np.array([self._is_term(word) for word in words], bool)
        said = tells[cut.pieces]
        places = self._names.unknown(cut.text, cut.stops)
        starts = np.concatenate([[0], cut.stops[:-1]])
        # Of a name all pieces are passed over: those from its first on that begin before its end.
        steps = np.zeros(len(starts) + 1, np.int32)
        np.add.at(steps, places[:, 0], 1)
        np.add.at(steps, np.searchsorted(starts, places[:, 1]), -1)
        said &= np.cumsum(steps[:-1]) == 0
        lines = np.flatnonzero(cut.pieces == words.index(LINE))
        names = [cut.text[starts[first] : end] for first, end in places]
        proposed = np.array([name not in self._of.stop for name in names], bool)
        return Found(
            words,
            cut.pieces[said],
            np.cumsum(said)[lines],
            [name for name, kept in zip(names, proposed, strict=True) if kept],
            np.searchsorted(places[proposed, 1], cut.stops[lines]),
        )

    def _cut(self, clauses: Sequence[str]) -> Cut:
        text = "".join(f"{clause}{LINE}" for clause in clauses)
        pieces = pa.array(self._jieba.cut(text, False), pa.string()).dictionary_encode()
        words = pieces.dictionary.to_pylist()
        numbers = pieces.indices.to_numpy()
        lengths = np.fromiter(map(len, words), np.int64, len(words))
        return Cut(text, words, numbers, np.cumsum(lengths[numbers]))

    def knows(self, word: str) -> bool:
        return self._jieba.has_word(word)

    def _is_term(self, word: str) -> bool:
        if word not in self._told:
            self._told[word] = self._tells(word)
        return self._told[word]

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
