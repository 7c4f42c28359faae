"""Columns of few distinct words become codes: each word is judged once, however often it occurs.

An export of a million orders has six satisfaction words and a few hundred units. Arrow finds the
distinct words of a batch; Python looks at those it has not met yet.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.catalog import Field
from etl.dates import EMPTY_WORDS
from etl.words import plain

Cells = tuple[str | None, ...]
Judgement = tuple[str | bool | None, ...]
Mask = Callable[[Sequence[str]], list[str]]

JOINT = "\x1f"
FORGET_AFTER = 200_000  # distinct words: a column of free text would otherwise fill the memory
YES = ("是", "有", "y", "yes", "true", "t", "1", "√", "✓", "对", "已", "1.0")
NO = ("否", "无", "n", "no", "false", "f", "0", "×", "✗", "x", "错", "未", "没有", "0.0")
# 办理中 and the like leave a date empty, but are the answer where a state is asked for.
EMPTY = frozenset(plain(w) for w in EMPTY_WORDS[: EMPTY_WORDS.index("未办结")]) - {"无"}
PATH = " › "
GUARD = "\t\r\n'’` \u3000"


@dataclass
class Coder:
    """Fills output columns from one or more columns of the file, one judgement per distinct input."""

    columns: tuple[int, ...]
    outputs: dict[str, pa.DataType]
    judge: Callable[[list[Cells]], list[Judgement]]
    unmapped: tuple[str, int, int] | None = (
        None  # field; place of the flag and of the word in a verdict
    )
    met: dict[str | None, Judgement] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)

    def code(self, batch: pa.RecordBatch) -> list[pa.Array]:
        words = self._joined(batch).dictionary_encode(null_encoding="encode")
        distinct = words.dictionary.to_pylist()
        if len(self.met) > FORGET_AFTER:
            self.met.clear()
        new = [word for word in distinct if word not in self.met]
        if new:
            cells = [self._cells(word) for word in new]
            self.met.update(zip(new, self.judge(cells), strict=True))
        verdicts = [self.met[word] for word in distinct]
        if self.unmapped:
            self._count(words.indices, verdicts)
        return [
            pa.array([v[i] for v in verdicts], kind).take(words.indices)
            for i, kind in enumerate(self.outputs.values())
        ]

    def _joined(self, batch: pa.RecordBatch) -> pa.Array:
        arrays = [batch.column(f"c{column}") for column in self.columns]
        if len(arrays) == 1:
            return arrays[0]
        return pc.call_function(
            "binary_join_element_wise",
            [*arrays, JOINT],
            pc.JoinOptions(null_handling="replace", null_replacement=""),
        )

    def _cells(self, word: str | None) -> Cells:
        if len(self.columns) == 1:
            return (word,)
        return tuple(part or None for part in (word or "").split(JOINT))

    def _count(self, indices: pa.Array, verdicts: list[Judgement]) -> None:
        assert self.unmapped
        _, flag, shown = self.unmapped
        if not any(v[flag] for v in verdicts):
            return
        counts = np.bincount(indices.to_numpy(zero_copy_only=False), minlength=len(verdicts))
        for verdict, count in zip(verdicts, counts, strict=True):
            if verdict[flag] and count:
                self.strange[str(verdict[shown])] += int(count)


def tidy(cell: str | None) -> str | None:
    """A label as it is kept: one width, no guards, no blanks but single ones between Latin words."""
    if cell is None:
        return None
    text = re.sub(
        r"[\s\u200b-\u200f\ufeff]+", " ", unicodedata.normalize("NFKC", cell).strip(GUARD)
    )
    text = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", text.strip())
    return None if plain(text) in EMPTY else text


def choice_coder(what: Field, column: int, values: Mapping[str, str | None], mask: Mask) -> Coder:
    known: dict[str, str | None] = {
        plain(word): choice.code
        for choice in what.values
        for word in (*choice.synonyms, choice.label, choice.code)
    }
    known |= values

    def judge(rows: list[Cells]) -> list[Judgement]:
        return _known_or_masked([cell for (cell,) in rows], known, mask)

    outputs = {what.column: pa.string(), f"{what.column}_unmapped": pa.bool_()}
    return Coder((column,), outputs, judge, (what.name, 1, 0))


def _known_or_masked(
    cells: Sequence[str | None], known: Mapping[str, str | None], mask: Mask
) -> list[Judgement]:
    words = [tidy(cell) for cell in cells]
    found = [plain(word or "") in known for word in words]
    masked = mask([word or "" for word in words])
    return [
        (known[plain(word or "")], False) if there else (shown or None, word is not None)
        for word, there, shown in zip(words, found, masked, strict=True)
    ]


def flag_coder(
    what: Field, column: int, values: Mapping[str, str | None], opposite: bool, mask: Mask
) -> Coder:
    """A reverse question (是否超期) turns 是 and 否 around, but not words that say it in full."""
    known: dict[str, str | None] = {plain(w): str(opposite is False).lower() for w in YES}
    known |= {plain(w): str(opposite is True).lower() for w in NO}
    known |= {
        plain(word): choice.code
        for choice in what.values
        for word in (*choice.synonyms, choice.label)
    }
    known |= values

    def judge(rows: list[Cells]) -> list[Judgement]:
        words = [tidy(cell) for (cell,) in rows]
        shown = mask([word or "" for word in words])
        return [
            (*_truth(word, known, opposite), text) for word, text in zip(words, shown, strict=True)
        ]

    outputs = {what.column: pa.bool_(), f"{what.column}_unmapped": pa.bool_()}
    return Coder((column,), outputs, judge, (what.name, 1, 2))


def _truth(
    word: str | None, known: Mapping[str, str | None], opposite: bool
) -> tuple[bool | None, bool]:
    said = plain(word or "")
    if said in known:
        return (known[said] == "true" if known[said] else None), False
    if word is None:
        return None, False
    if re.fullmatch(r"\d+(\.0+)?", said):  # a count: returned twice is returned
        return (float(said) > 0) is not opposite, False
    return None, True


def verdict_coder(
    what: Field, column: int, true: Sequence[str] | None, false: Sequence[str] | None, mask: Mask
) -> Coder:
    """Words that mean yes and words that mean no; with one list only, the rest is the other."""
    yes = {plain(word) for word in true or ()}
    no = {plain(word) for word in false or ()}

    def judge(rows: list[Cells]) -> list[Judgement]:
        words = [(cell or "").strip(GUARD) for (cell,) in rows]
        shown = mask(words)
        return [(*truth(plain(word)), text) for word, text in zip(words, shown, strict=True)]

    def truth(word: str) -> tuple[bool | None, bool]:
        if word in yes or word in no:
            return word in yes, False
        if not word:
            return None, False
        return (None, True) if true and false else (not true, False)

    outputs = {what.column: pa.bool_(), f"{what.column}_unmapped": pa.bool_()}
    return Coder((column,), outputs, judge, (what.name, 1, 2))


def text_coder(
    what: Field,
    columns: tuple[int, ...],
    values: Mapping[str, str | None],
    mask: Mask,
    separator: str | None = None,
) -> Coder:
    """Labels: the first column that says something, or all of them joined."""

    def judge(rows: list[Cells]) -> list[Judgement]:
        words = []
        for cells in rows:
            said = [values.get(plain(c), tidy(c)) if c else values.get("") for c in cells]
            there = [word for word in said if word]
            words.append(separator.join(there) if separator is not None else next(iter(there), ""))
        return [(text or None,) for text in mask(words)]

    return Coder(columns, {what.column: pa.string()}, judge)


def path_coder(
    what: Field,
    columns: tuple[int, ...],
    values: Mapping[str, str | None],
    standard: "Standard",
    mask: Mask,
) -> Coder:
    """A category path. Its top level gets the standard name; a name unknown to it stays as it is."""

    def judge(rows: list[Cells]) -> list[Judgement]:
        paths = [_levels(cells, values) for cells in rows]
        known = [standard.path(path) for path in paths]
        shown = mask([PATH.join(path) for path, _ in known])
        return [
            (text or None, bool(text) and not there, text.split(PATH)[0])
            for text, (_, there) in zip(shown, known, strict=True)
        ]

    outputs = {what.column: pa.string(), f"{what.column}_unmapped": pa.bool_()}
    return Coder(columns, outputs, judge, (what.name, 1, 2))


def _levels(cells: Cells, values: Mapping[str, str | None]) -> list[str]:
    levels: list[str] = []
    for cell in cells:
        word = values.get(plain(cell), tidy(cell)) if cell else values.get("")
        parts = re.split(r"\s*(?:[›>]|->|—>|--|\|)\s*", word) if word else []
        levels += [part for part in parts if part and part not in levels[-1:]]
    return levels


@dataclass(frozen=True)
class Standard:
    """Standard category names of one source, and what exports call them."""

    names: Mapping[str, str]
    level2: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, table: Mapping[str, Mapping]) -> "Standard":
        names = {
            plain(word): name
            for name, spec in table.items()
            for word in (*spec.get("synonyms", ()), name)
        } | {plain(name): name for name in table}
        level2 = {
            name: {
                plain(word): second
                for second, words in spec.get("level2", {}).items()
                for word in (*words, second)
            }
            for name, spec in table.items()
        }
        return cls(names, level2)

    def path(self, levels: list[str]) -> tuple[list[str], bool]:
        if not levels or not self.names:
            return levels, True
        top = self.names.get(plain(levels[0]))
        if top is None:
            return levels, False
        second = [self.level2[top].get(plain(levels[1]), levels[1])] if len(levels) > 1 else []
        return [top, *second, *levels[2:]], True


def skip_coder(columns: tuple[int, ...], wanted: Sequence[Sequence[str]]) -> Coder:
    """Rows that a map leaves out: any of its columns holds one of its words."""

    def judge(rows: list[Cells]) -> list[Judgement]:
        return [
            (
                any(
                    plain((c or "").strip(GUARD)) in words
                    for c, words in zip(cells, wanted, strict=True)
                ),
            )
            for cells in rows
        ]

    return Coder(columns, {"left_out": pa.bool_()}, judge)
