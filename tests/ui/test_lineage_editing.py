"""Who may correct the lineage of grids, and what the page says across a redrawing."""

import pytest
from serving import ROOT
from streamlit.testing.v1 import AppTest


@pytest.fixture
def opened(sample, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(sample))

    def open_(name, role="leader", **query):
        page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
        for word, value in query.items():
            page.query_params[word] = value
        page.session_state["role"] = role
        page.run().switch_page(f"{name}.py").run()
        assert not page.exception
        return page

    return open_


def test_only_an_analyst_is_offered_the_table_to_correct(opened):
    assert "保存沿革" not in [button.label for button in opened("quality").button]

    page = opened("quality", "analyst")
    next(button for button in page.button if button.label == "保存沿革").click().run()
    assert [said.value for said in page.success] == ["没有改动。"]


def test_the_map_refuses_then_compares_by_todays_grids(opened):
    asked = {"period": "2024-09", "compare": "同比", "metric": "诉求受理量"}
    page = opened("grids", **asked)
    assert "2个网格在2024年4月1日划分过,同比须折算" in [head.value for head in page.header]
    before = next(c.value for c in page.caption if c.value.startswith("全部网格合计"))

    page = opened("grids", **asked, division="按现行网格折算")
    assert "2024年4月1日划分过的网格已按现行网格折算,可以同比" in [
        head.value for head in page.header
    ]
    after = next(c.value for c in page.caption if c.value.startswith("全部网格合计"))
    assert before.split(";")[0] == after.split(";")[0]


def test_a_redrawn_grid_as_scope_is_not_compared(opened):
    page = opened("hotline", period="2024-09", compare="同比", area="520111007008013")

    assert any(
        "网格在2024年4月1日划分过,同比须折算" in str(text.value)
        for text in (*page.markdown, *page.caption)
    )


def test_time_charts_of_a_redrawn_grid_are_cut_there_and_judged_by_what_came_after(opened):
    page = opened("hotline", period="2024-09", area="520111007008013")
    said = [text.value for text in (*page.markdown, *page.caption)]
    assert any("2024年4月1日网格调整:前后不是同一块地方" in text for text in said)
    assert any("历史不足,不画控制限" in text for text in said)

    page = opened("hotline", period="2024-09")
    said = [text.value for text in (*page.markdown, *page.caption)]
    assert not any("网格调整:前后" in text for text in said)
    assert any("虚线为正常波动范围" in text for text in said)
