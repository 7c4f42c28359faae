"""Corrections of an analyst count after one button, without a new file."""

import pytest
from serving import ROOT
from streamlit.testing.v1 import AppTest

from metrics import vocabulary

HEADER = "工单编号,受理时间,事项类别,诉求内容"
ROWS = [f"G{n},2024-09-0{n} 09:00,物业管理,反映和苑小区停水" for n in range(1, 7)]


@pytest.fixture
def opened(office, monkeypatch):
    office.load(office.write("工单.csv", "\n".join([HEADER, *ROWS])))
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))

    def open_(role):
        page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
        page.session_state["role"] = role
        page.run().switch_page("intake.py").run()
        assert not page.exception
        return page

    return open_


def button(page):
    return next((each for each in page.button if each.key == "recompute"), None)


def terms(office):
    return {term for (term,) in office.snapshot.query("SELECT DISTINCT term FROM term_months")}


def test_an_analyst_recomputes_after_the_word_list_was_edited_and_nobody_else_is_offered_to(
    office, opened
):
    assert button(opened("leader")) is None
    assert any("没有待生效的更正" in said.value for said in opened("analyst").markdown)

    vocabulary.add("和苑小区")
    page = opened("analyst")
    assert any("本单位词表改过" in said.value for said in page.markdown)
    before = terms(office)
    asked = button(page)
    assert asked is not None
    page = asked.click().run()

    assert not page.exception
    assert ["已重新计算" in said.value for said in page.success] == [True]
    assert any("没有待生效的更正" in said.value for said in page.markdown)
    assert "和苑小区" not in before and "和苑小区" in terms(office)

    again = button(page)
    assert again is not None
    assert ["没有要重新计算的" in said.value for said in again.click().run().success] == [True]
