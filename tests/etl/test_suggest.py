"""An unmapped word gets the category its texts resemble, as a suggestion; nothing is mapped by it."""

import os
import random
import re
import tomllib
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from archives import new_archive

from etl.dictionary import WORDS, Dictionary
from etl.suggest import Classifier

REAL = Path(os.environ.get("GOVERNANCE_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
LABELLED = REAL / "teddy2020c_zhengwu" / "示例_附件2.xlsx"


def orders(category, text, first, count=8, flags=()):
    return [
        {"order_no": f"G{n:03d}", "accepted_at": datetime(2024, 9, 3), "category": category, "text": text}
        | ({"flags": list(flags)} if flags else {})
        for n in range(first, first + count)
    ]  # fmt: skip


def test_the_orders_of_an_unmapped_word_vote(tmp_path):
    with new_archive(tmp_path / "data") as archive:
        archive.keep(
            "hotline",
            *orders("物业管理", "电梯困人,物业费上涨", 0),
            *orders("教育文体", "孩子入学,学区划分", 10),
            *orders("新词", "电梯坏了,物业费太高", 20),
        )
        archive.con.execute(
            "UPDATE raw_hotline SET flags = ['unmapped_category'] WHERE category = '新词'"
        )
        archive.publish()

        assert archive.rows("FROM suggestions") == [("hotline", "新词", "物业管理", 8, 8)]
        assert archive.rows("SELECT count(*) FROM hotline WHERE category = '新词'") == [(8,)]


def test_without_mapped_orders_nothing_is_suggested():
    assert Classifier([("电梯", "物业管理", 5)]).category(["停水"]) is None


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled messages are not on this machine")
def test_half_of_real_messages_are_told_from_the_other_half(capsys):
    """Seven classes, 495 messages; the largest class alone would be right in 21%."""
    import python_calamine

    book = python_calamine.load_workbook(str(LABELLED))
    rows = sorted(book.get_sheet_by_index(0).to_python()[1:], key=lambda row: row[0])
    listed = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    cutter = Dictionary(frozenset(listed["words"]), frozenset(listed["stop"])).cutter()

    def terms(text):
        said = cutter.cut(re.findall("[\u4e00-\u9fa5]{2,}", text))
        return list(dict.fromkeys(found.words[at] for found in said for at in found.terms))

    known = [(terms(f"{row[2]},{row[4]}"), str(row[5])) for row in rows]
    right, asked = 0, 0
    for seed in range(5):
        random.Random(seed).shuffle(known)
        half = len(known) // 2
        counts = Counter((term, label) for said, label in known[:half] for term in said)
        classifier = Classifier((term, label, n) for (term, label), n in counts.items())
        right += sum(classifier.category(said) == label for said, label in known[half:])
        asked += len(known) - half
    with capsys.disabled():
        print(f"\n七类留言,一半学、一半考,五次:{right}/{asked} = {right / asked:.1%}")  # noqa: T201
    assert right / asked > 0.65
