"""Texts taken apart where no word can go on are cut into the same terms as whole, with far less to cut."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.dictionary import MASKS, WORDS, Dictionary
from etl.place import ROOT
from etl.place_names import endings
from etl.run_cutter import RunCutter
from etl.runs import runs
from etl.word_pairs import WordPairs

LISTED = tomllib.loads(WORDS.read_text(encoding="utf-8"))
DICTIONARY = Dictionary(
    frozenset({*LISTED["words"], "和苑小区", "饕餮纹饕"}), frozenset({*LISTED["stop"], *MASKS})
)
WRITTEN = [
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "metrics" / "cards").glob("*.toml")),
    *sorted((ROOT / "data" / "reference").glob("*.toml")),
    *sorted((ROOT / "pages").glob("*.py")),
    *sorted((ROOT / "data" / "sample").glob("hotline*.csv")),
]


def whole(texts):
    """Terms and unknown places of each text, cut clause by clause."""
    between = rf"\[(?:{'|'.join(MASKS)})\]|[^\u4e00-\u9fa5]+"
    clauses = [(at, said) for at, text in enumerate(texts) for said in re.split(between, text)]
    said = [(set(), set()) for _ in texts]
    owners = iter(at for at, _ in clauses)
    for found in DICTIONARY.cutter().cut([said for _, said in clauses]):
        at = zip(
            *(itertools.pairwise([0, *reach]) for reach in (found.terms_reach, found.places_reach)),
            strict=True,
        )
        for (first, last), (start, stop) in at:
            said[owner := next(owners)][0].update(found.words[n] for n in found.terms[first:last])
            said[owner][1].update(found.places[start:stop])
    return said


def apart(texts):
    ids = {}
    part = pa.record_batch({"text": pa.array(texts, pa.string())})
    found = [*RunCutter(DICTIONARY, ids).cut([part])]
    words = {number: word for word, number in ids.items()}
    rows = [(row["terms"], row["places"]) for cut in found for row in cut.to_pylist()]
    assert all(len(set(numbers)) == len(numbers) for row in rows for numbers in row)
    return [tuple({words[number] for number in numbers} for numbers in row) for row in rows]


def lines_of(file):
    return file.read_text(encoding="gb18030" if file.suffix == ".csv" else "utf-8").splitlines()


said = st.lists(
    st.one_of(
        st.sampled_from(LISTED["words"]),
        st.sampled_from(endings()),
        st.sampled_from(["和苑小区", "饕餮纹饕", "一", "一一", "的", "市民来电反映", "学院路口"]),
        st.sampled_from([f"[{mask}]" for mask in MASKS]),
        st.sampled_from([",", "\n", "3栋", "\U0001f600", "A座", "\U00020000"]),
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=3),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(said, max_size=5))
def test_a_text_comes_out_in_the_same_terms(texts):
    assert apart(texts) == whole(texts)


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: Path(file).name)
def test_so_does_all_that_is_written_here(file):
    lines = lines_of(file)

    assert apart(lines) == whole(lines)


def test_few_runs_differ():
    texts = [line for file in WRITTEN if file.suffix == ".csv" for line in lines_of(file)]
    found = runs(pa.array(texts), WordPairs([]))
    strings = found.strings(np.arange(len(found.keys)))

    assert len(set(strings)) == len(strings)
    assert sum(map(len, strings)) * 20 < len(re.findall("[\u4e00-\u9fa5]", "".join(texts)))


def test_no_text_no_terms():
    assert apart([]) == [] and apart(["", "abc", "水"]) == [(set(), set())] * 3
