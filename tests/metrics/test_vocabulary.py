"""The analyst's words are kept in the notebook, survive a reload, and change how texts are read."""

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from metrics import vocabulary

AREAS = ("编码", "名称", "层级", "上级编码")
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


PANEL = """
from types import SimpleNamespace
from metrics import current_snapshot
from ui.panels.dictionary import dictionary
dictionary(SimpleNamespace(role="analyst", snapshot=current_snapshot()))
"""


@pytest.fixture
def proposing(office, monkeypatch):
    """Twenty orders of one community say each of fourteen places."""
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    names = [f"{one}{other}小区" for one in "榕桂樟柳槐桦楠" for other in "苑屿"]
    rows = [
        (f"{name}{n}", "2024-09-03", "物业管理", f"反映{name}停水", "东社区")
        for name in names
        for n in range(20)
    ]
    office.load(
        office.table("区域.csv", AREAS, [("S", "街道", "街道", ""), ("C", "东社区", "社区", "S")])
    )
    office.load(office.table("工单.csv", (*HEADER, "社区"), rows))
    return office, names


def test_proposals_are_taken_or_refused_and_then_gone(proposing):
    office, names = proposing
    found = vocabulary.proposals(office.snapshot)
    assert {(each.orders, each.community) for each in found} == {(20, "东社区")}
    assert sorted(each.word for each in found) == sorted(names)

    page = AppTest.from_string(PANEL).run()
    assert any("另有2个" in each.value for each in page.caption)
    page.button(key=f"propose-{found[0].word}").click().run()
    page.button(key=f"refuse-{found[1].word}").click().run()
    assert not page.exception
    assert {(each.word, each.kept) for each in vocabulary.local_words()} == {
        (found[0].word, True),
        (found[1].word, False),
    }
    assert vocabulary.proposals(office.snapshot) == found[2:]


def test_a_snapshot_of_before_proposes_nothing_and_the_panel_says_so(loaded):
    office, _ = loaded
    [file] = office.place.snapshots.glob("*.duckdb")
    with duckdb.connect(str(file)) as con:
        con.execute("DROP TABLE word_proposals")

    assert vocabulary.proposals(office.snapshot) == []
    page = AppTest.from_string(PANEL).run()
    assert not page.exception
    assert "没有可建议的地名。" in [each.value for each in page.caption]
