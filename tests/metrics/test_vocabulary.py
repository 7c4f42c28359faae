"""The analyst's words are kept in the notebook, survive a reload, and change how texts are read."""

import pytest

from metrics import vocabulary

HEADER = ("工单编号", "受理时间", "事项类别", "主要内容")


@pytest.fixture
def loaded(office, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    rows = [(f"G{n}", "2024-09-03", "物业管理", "和苑小区电梯") for n in range(6)]
    file = office.table("工单.csv", HEADER, rows)
    office.load(file)
    return office, file


def terms(office):
    return {term for (term,) in office.snapshot.query("SELECT DISTINCT term FROM term_months")}


def test_a_word_takes_effect_at_the_next_load_and_stays(loaded):
    office, file = loaded
    assert terms(office) == {"电梯"}
    vocabulary.add(" 和苑 小区 ")
    vocabulary.add("电梯", kept=False)

    office.load(file)
    assert terms(office) == {"和苑小区"}
    assert [(each.word, each.kept) for each in vocabulary.local_words()] == [
        ("和苑小区", True),
        ("电梯", False),
    ]

    vocabulary.remove("电梯")
    office.load(file)
    assert terms(office) == {"和苑小区", "电梯"}


@pytest.mark.parametrize("word", ["", "水", "13812345678", "a=b", "一二三四五六七八九十一"])
def test_what_is_no_word_is_refused_in_words(loaded, word):
    with pytest.raises(ValueError, match="2到10个汉字"):
        vocabulary.add(word)
    assert vocabulary.local_words() == []
