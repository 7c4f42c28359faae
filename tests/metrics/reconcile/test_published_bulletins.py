"""Bulletins that cities printed: their bases are named, their errors found, and nothing else is.

The data stand in bulletins.py. The files themselves are not in the repository; where they lie beside the
project, the last test reads them too.
"""

import os
from pathlib import Path

import pytest
from bulletins import (
    GAOAN,
    GAOAN_TEXT,
    GAOAN_TOWNS,
    HUANGSHI,
    HUANGSHI_TEXT,
    JIANGMEN,
    LIYANG,
    NINGGUO,
    QUANZHOU,
    QUANZHOU_TEXT,
    TIANMEN,
)

from metrics.reconcile import examine, read_text

PUBLISHED = Path(
    os.environ.get("GOVERNANCE_PUBLISHED") or Path(__file__).parents[4] / "shared" / "published"
)


def one(lines, *words):
    """The only line that holds all the words."""
    found = [line for line in lines if all(word in line for word in words)]
    assert len(found) == 1, (words, lines)
    return found[0]


def test_jiangmen_total_is_a_copy_of_june_and_its_rate_was_worked_out_from_it(findings):
    said = findings(JIANGMEN)

    wrong = one(said["break"], "7月完成数", "12,120", "12,102", "+18")
    assert "与“2024年6月完成数”的合计相同" in wrong
    one(said["break"], "完成率", "105.39%", "用印错的合计", "105.23%")
    one(said["look"], "自相矛盾", "12,102")
    one(said["explained"], "完成率", "7月完成数÷7月任务数", "7/7行", "四舍五入")
    one(said["explained"], "增/减幅度", "÷2024年6月完成数", "7/7行")
    assert len(said["break"]) == 2


def test_ningguo_dissatisfaction_is_over_the_hotline_on_time_orders(findings):
    said = findings(NINGGUO)

    one(said["explained"], "不满意率", "不满意数÷12345热线/按时办结", "5/5行", "四舍五入")
    hidden = one(said["look"], "不满意率", "不是“派遣案件总数”")
    assert "8.1%、7.8%、7.4%、4.4%、12.2%" in hidden
    assert said["break"] == []


def test_ningguo_closing_rates_name_their_base_but_all_at_a_hundred_prove_nothing(findings):
    said = findings(NINGGUO)

    for rate in ("“结案率”", "“按时结案率”"):
        line = one(said["note"], rate, "÷派遣案件总数", "5/5行")
        assert "不能据此认定" in line
    one(said["note"], "派遣案件总数=12345热线/按时办结+政民互动/按时办结", "5/5行")


def test_ningguo_text_calls_a_month_on_month_change_year_on_year(findings):
    text = (
        "4月份共派单601件,其中12345热线532件,政民互动69件;按时办结597件,超时办结4件,按时结案率99%,"
        "较上月同比增长1.3%。共收到回访2877件,其中不满意212件,占7.3%。"
    )

    said = findings(text)

    one(said["break"], "较上月", "环比", "不叫同比")
    one(said["look"], "7.3%", "212÷2,877=7.369%", "7.4%")
    assert len(said["break"]) == 1


def test_ningguo_august_rate_does_not_follow_from_its_figures(findings):
    said = findings("8月共派单594件,按时办结591件,按时办结率99.6%。")

    one(said["break"], "99.6%", "591÷594=99.495%", "99.5%")


def test_gaoan_quick_closure_is_over_the_handled(findings):
    said = findings(GAOAN)

    one(said["explained"], "快速办结率", "快速办结数量÷办件数量", "10/10行", "2位小数")
    one(said["note"], "按期办结率", "全是100%")
    one(said["note"], "评价满意占比", "算不出来")
    assert said["break"] == said["look"] == []


def test_gaoan_header_that_stands_twice(findings):
    said = findings(GAOAN_TOWNS)

    one(said["break"], "满意占比情况", "出现了2次")


def test_gaoan_stock_and_flow_break_by_303(findings):
    said = findings(GAOAN_TEXT)

    one(said["break"], "未办结", "159", "462", "缺口303件")
    impossible = one(said["break"], "86.69%", "没有任何整数分母")
    assert "1,742÷2009=86.71%" in impossible
    assert "1,742÷2010=86.67%" in impossible
    for held in ("有效1,986", "本期共有2,381", "办理1,919"):
        one(said["note"], held, "平")
    assert len(said["break"]) == 2


@pytest.mark.parametrize("cut", ["\t", ","])
def test_gaoan_stock_and_flow_as_a_list_of_names_and_values(cut, findings):
    rows = [("项目", "件数"), ("接收", 2084), ("驳回", 98), ("上月结转", 297), ("办结", 1821), ("未办结", 159)]  # fmt: skip

    said = findings("\n".join(f"{name}{cut}{value}" for name, value in rows))

    one(said["break"], "未办结", "159", "462", "缺口303件")


def test_tianmen_on_time_is_over_what_should_be_closed(findings):
    said = findings(TIANMEN)

    one(said["explained"], "“结案率”", "结案数÷应结案数", "3/3行")
    one(said["explained"], "“按期结案率”", "按期结案数÷应结案数", "1/1行")
    one(said["look"], "“按期结案率”", "不是“结案数”", "80.90%")
    assert said["break"] == []


def test_quanzhou_disposal_rate_counts_the_open_in_its_base(findings):
    said = findings(QUANZHOU)

    one(said["explained"], "处置率", "处置数÷(处置数+累计未处置数)", "4/4行")
    assert said["break"] == said["look"] == []
    assert all("综合得分" not in line for line in said["explained"])


def test_quanzhou_text_has_two_breaks(findings):
    said = findings(QUANZHOU_TEXT)

    one(said["break"], "27,245=25,831+81+18+1,315", "其中")
    one(said["break"], "20,684+5,246=25,930", "25,922", "相差8")
    assert len(said["break"]) == 2


def test_huangshi_shares_add_to_a_hundred(findings):
    said = findings(HUANGSHI)

    one(said["explained"], "占比", "受理件数各行之和", "15/15行")
    one(said["note"], "各行相加为100.0%")
    assert said["break"] == said["look"] == []


def test_huangshi_comparisons_lead_back_to_840_and_1028(findings):
    said = findings(HUANGSHI_TEXT)

    one(said["explained"], "3.5%", "840件")
    one(said["explained"], "15.5%", "1,028件")
    assert said["break"] == []


def test_liyang_above_a_hundred_is_flagged_and_is_no_error(findings):
    said = findings(LIYANG)

    one(said["look"], "人房关联率101.88%", "超过100%", "不是算错")
    one(said["explained"], "公布值", "分子÷分母", "10/10行")
    assert said["break"] == []


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason=f"no bulletins in {PUBLISHED}")
@pytest.mark.parametrize(
    ("file", "explained"),
    [
        ("gaoan_12345_2022_09.csv", "快速办结数量÷办件数量"),
        ("huangshi_mediation_2016_08_types.csv", "受理件数÷受理件数各行之和"),
        ("jiangmen_szcg_2024_07_collect.csv", "7月完成数÷7月任务数"),
        ("liyang_grid_2019_11.csv", "分子÷分母"),
        ("ningguo_12345_2022_04.csv", "不满意数÷12345热线_按时办结"),
        ("quanzhou_szcg_2021_05.csv", "处置数÷(处置数+累计未处置数)"),
        ("tianmen_szcg_2016_12.csv", "按期结案数÷应结案数"),
    ],
)
def test_the_files_as_they_were_published(file, explained):
    (sheet,) = read_text((PUBLISHED / file).read_text(encoding="utf-8-sig")).sheets

    said = examine(sheet).findings

    assert any(f.level == "explained" and explained in f.words for f in said)
    breaks = [f.words for f in said if f.level == "break"]
    assert len(breaks) == (2 if file.startswith("jiangmen") else 0)
