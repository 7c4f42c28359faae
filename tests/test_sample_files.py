"""The sample agrees with the article, holds the trouble it promises, and can be written again."""

import csv
import io
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample"
AS_OF = datetime(2024, 10, 24, 18)
COMMUNITIES = (
    "吉麟社区",
    "养牛社区",
    "石板井社区",
    "竹林社区",
    "上水社区",
    "董家堰社区",
    "中铁城社区",
    "溪北社区",
    "朝阳社区",
)
EXACT = {  # the article's exact figures that a file of the sample holds, beside indicators.csv
    "communities": 9,
    "communities_village_converted": 6,
    "communities_urban": 3,
    "da_dangwei": 3,
    "grids": 110,
    "grid_staff_full": 103,
    "grid_staff_part": 7,
    "grid_party_groups": 74,
    "grid_party_group_members": 836,
    "huajie_lianhuzhang": 589,
    "wechat_l1": 9,
    "wechat_l2": 110,
    "wechat_l3": 589,
    "cases_total": 365,
    "cases_family": 109,
    "cases_other": 256,
    "cases_resolved": 365,
    "night_school_sessions": 9,
    "job_training_sessions": 4,
    "salons": 2,
    "firm_problems_solved": 53,
    "hard_elders_followed": 6,
    "reserve_cadres": 18,
}


@cache
def sheet(file: str, name: str, header_rows: int = 1) -> tuple[list[dict], list[list]]:
    """Records under the last header row, and the totals rows, of one sheet."""
    grid = CalamineWorkbook.from_path(SAMPLE / file).get_sheet_by_name(name).to_python()
    upper, header = grid[1], grid[header_rows]
    names = [low or high for high, low in zip(upper, header, strict=True)]
    totals, records = [], []
    for row in grid[1 + header_rows :]:
        is_total = re.sub(r"\s", "", str(row[0])) in {"合计", "小计"} or row[1] == "小计"
        if is_total:
            totals.append(row)
        else:
            records.append(dict(zip(names, row, strict=True)))
    return records, totals


@cache
def hotline(file: str) -> list[dict]:
    text = (SAMPLE / file).read_bytes().decode("gb18030")
    rows = list(csv.reader(io.StringIO(text)))
    return [dict(zip(rows[2], row, strict=False)) | {"cells": len(row)} for row in rows[3:]]


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@cache
def orders() -> dict[str, dict[str, str]]:
    """The latest state of every order that can be read."""
    known = {}
    for row in (*hotline("hotline_20241008.csv"), *hotline("hotline_20241024.csv")):
        if row["cells"] == 25 and re.fullmatch(r"\t20(23|24)(?!99)\d{8}", row["工单编号"]):
            known[row["工单编号"]] = row
    return known


def indicators() -> list[dict[str, str]]:
    with (SAMPLE / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def activities(name: str) -> list[dict]:
    return [r for r in sheet("activities.xlsx", name)[0] if not re.search(r"-\d$", r["活动编号"])]


def total(records: list[dict], column: str) -> int:
    return int(sum(record[column] or 0 for record in records))


# -- what the article says


def test_every_reported_figure_is_transcribed_and_two_have_no_number():
    rows = indicators()

    assert len(rows) == len({row["指标编码"] for row in rows}) == 73
    assert Counter(row["限定"] for row in rows) == {"准确": 53, "至少": 14, "约": 6}
    assert [row["指标编码"] for row in rows if not row["数值"]] == [
        "health_check_attend",
        "resources_matched",
    ]
    assert {row["指标编码"]: int(row["数值"]) for row in rows if row["指标编码"] in EXACT} == EXACT


def test_the_ledger_has_the_real_communities_and_the_articles_totals():
    places = sheet("areas.xlsx", "区域")[0]
    communities = [place for place in places if place["区域层级"] == "社区"]
    grids, totals = sheet("areas.xlsx", "网格")

    assert [(c["区域代码"], c["区域名称"]) for c in communities] == [
        (f"520111007{n:03d}", name) for n, name in enumerate(COMMUNITIES, 1)
    ]
    assert Counter(c["社区类型"] for c in communities) == {"村改社区": 6, "城市社区": 3}
    assert [p["区域名称"] for p in places if p["区域层级"] == "大党委"] == [
        "环贵大创新经济圈",
        "十里河滩人文生态经济带",
        "城市服务承载核心区",
    ]
    assert len(grids) == len({g["区域代码"] for g in grids}) == 110
    assert {g["上级代码"] for g in grids} == {c["区域代码"] for c in communities}
    assert total(grids, "专职网格员") == 103
    assert total(grids, "兼职网格员") == 7
    assert total(grids, "网格党小组数") == 74
    assert total(grids, "党小组组员数") == 836
    assert total(grids, "联户数") == 589
    assert 40_000 <= total(grids, "常住人口") < 50_000
    assert totals[0][5:12] == [total(grids, column) for column in list(grids[0])[5:12]]


def test_all_365_disputes_are_closed_with_success_and_109_are_of_families():
    disputes, totals = sheet("cases.xlsx", "矛盾纠纷", 2)
    types = Counter(d["案件类别"] for d in disputes)

    assert len(disputes) == 365 and totals == [["合计", "", "365件", *[""] * 14]]
    assert types["婚恋家庭纠纷"] == 109
    assert sum(types.values()) - types["婚恋家庭纠纷"] == 256
    assert len(types) == 15
    assert {d["办理结果"] for d in disputes} == {"调解成功"}
    closed = [d["办结时间"] for d in disputes]
    assert all((c if isinstance(c, datetime) else moment(c)) <= AS_OF for c in closed)


def test_what_the_article_bounds_is_bounded_and_what_it_counts_is_counted():
    assert 190 <= len(activities("社区活动")) < 200
    assert 200 <= len(activities("坝坝会")) < 300
    assert 100 <= len(activities("共建联席会")) < 200
    assert len(activities("干部夜校")) == 9
    assert 800 <= total(activities("干部夜校"), "参与人次") < 900
    assert len(activities("就业培训")) == 4
    assert 400 <= total(activities("就业培训"), "参与人次") < 500
    assert 200 <= total(activities("就业培训"), "成果数") < 300
    assert 20 <= len(activities("老龄活动")) < 30
    assert 500 <= total(activities("老龄活动"), "参与人次") < 600
    assert 20 <= len(activities("社区体检")) < 30
    assert len(activities("企业沙龙")) == 2
    assert total(activities("益企服务队"), "成果数") == 53


def test_what_has_no_number_in_the_article_has_none_here():
    assert {r["参与人次"] for r in activities("社区体检")} == {""}
    assert {r["参与人数"] for r in activities("社区体检")} == {""}


def test_six_followed_elders_are_never_split():
    rows = [r for r in activities("益老服务队") if r["活动类型"] == "1对1跟踪服务"]

    assert [(r["参与人数"], r["所属社区"], r["所属网格"]) for r in rows] == [(6, "", "")]


def community_months(records: list[dict]) -> set[tuple]:
    def month(day: object) -> tuple[int, int]:
        if isinstance(day, float):
            day = date(1899, 12, 30) + timedelta(days=int(day))
        if isinstance(day, date):
            return day.year, day.month
        year, number = re.findall(r"\d+", str(day))[:2]
        return int(year), int(number)

    return {(r["所属社区"], month(r["活动日期"])) for r in records if r["所属社区"]}


def test_not_every_community_met_in_every_month_however_meetings_are_counted():
    names = CalamineWorkbook.from_path(SAMPLE / "activities.xlsx").sheet_names
    of_any_kind = community_months([record for name in names for record in activities(name)])
    own = community_months(activities("社区活动"))

    assert 160 < len(own) < len(of_any_kind) == 9 * 22 - 7


def test_firms_problems_solved_agree_between_the_team_and_the_cases():
    requests = sheet("cases.xlsx", "企业诉求", 2)[0]

    assert Counter(r["办理结果"] for r in requests)["已解决"] == 53


# -- what trouble is planted


def test_the_hotline_export_is_old_encoding_titles_and_guarded_numbers():
    raw = (SAMPLE / "hotline_20241008.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode("gb18030"))))

    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert len(rows[0]) == 1 and "演示数据" in rows[0][0]
    assert rows[3][0].startswith("\t2023")


def test_the_orders_cover_22_months_with_a_festival_dip_and_a_september_bump():
    accepted = [moment(o["受理时间"]) for o in orders().values()]
    by_month = Counter((a.year, a.month) for a in accepted)
    festival = sum(date(2024, 2, 9) <= a.date() <= date(2024, 2, 16) for a in accepted)
    after = sum(date(2024, 3, 8) <= a.date() <= date(2024, 3, 15) for a in accepted)
    school = Counter(
        (moment(o["受理时间"]).month, moment(o["受理时间"]).year)
        for o in orders().values()
        if o["二级分类"] == "入学"
    )

    assert 8_000 <= len(accepted) <= 9_000
    assert len(by_month) == 22
    assert max(accepted).date() == date(2024, 10, 24)
    assert festival < 0.6 * after
    assert school[9, 2024] > 3 * school[4, 2024]


def late(rows: list[dict[str, str]]) -> float:
    due = [
        r
        for r in rows
        if r["是否有效"] == "是" and r["是否退单"] == "否" and moment(r["办结时限"]) <= AS_OF
    ]
    return sum(not r["办结时间"] or r["办结时间"] > r["办结时限"] for r in due) / len(due)


def test_one_community_closes_later_in_both_years_and_the_others_are_alike():
    shares = {
        (name, year): late(
            [
                o
                for o in orders().values()
                if o["所属社区"] == name and o["受理时间"].startswith(year)
            ]
        )
        for name in COMMUNITIES
        for year in ("2023", "2024")
    }
    slow = [share for (name, _), share in shares.items() if name == "石板井社区"]
    others = [share for (name, _), share in shares.items() if name != "石板井社区"]

    assert min(slow) > 0.15
    assert max(others) < 0.11


def test_one_caller_complains_again_and_again_about_night_works():
    callers = Counter(o["联系电话"] for o in orders().values() if o["联系电话"])
    phone, count = callers.most_common(1)[0]
    matters = {
        (o["二级分类"], o["受理时间"][11:13]) for o in orders().values() if o["联系电话"] == phone
    }

    assert count == 34
    assert matters == {("夜间施工", "22"), ("夜间施工", "23")}
    assert callers.most_common(2)[1][1] < 10


def test_one_grid_is_silent():
    names = {g["区域名称"]: g["区域代码"] for g in sheet("areas.xlsx", "网格")[0]}
    spoken = {o["所属网格"].strip() for o in orders().values()}

    assert [n for n, code in names.items() if n not in spoken and code not in spoken] == [
        "竹林社区07网格"
    ]


def test_the_second_export_brings_new_orders_and_closes_old_ones():
    first = {o["工单编号"]: o for o in hotline("hotline_20241008.csv")}
    second = {o["工单编号"]: o for o in hotline("hotline_20241024.csv")}
    again = first.keys() & second.keys()
    closed = [n for n in again if not first[n]["办结时间"] and second[n]["办结时间"]]

    assert len(second) - len(again) > 250
    assert len(closed) > 40
    assert all(first[n]["更新时间"] < second[n]["更新时间"] for n in again)


def test_open_and_overdue_matters_stand_everywhere_but_among_disputes():
    overdue = [
        o
        for o in orders().values()
        if not o["办结时间"] and o["是否退单"] == "否" and moment(o["办结时限"]) < AS_OF
    ]
    still_open = {
        name: Counter(r["办理结果"] for r in sheet("cases.xlsx", name, 2)[0])["办理中"]
        for name in ("隐患排查", "派单吹哨", "信访事项", "企业诉求")
    }

    assert len(overdue) > 50
    assert min(still_open.values()) >= 5


def test_three_category_names_stay_unmapped_and_every_other_is_standard():
    standard = tomllib.loads(
        (ROOT / "data" / "reference" / "categories.toml").read_text(encoding="utf-8")
    )
    known = {
        source: {word for name, spec in names.items() for word in (name, *spec["synonyms"])}
        for source, names in standard.items()
    }
    cases = {
        record["案件类别"]
        for name in ("矛盾纠纷", "隐患排查", "派单吹哨", "信访事项", "企业诉求")
        for record in sheet("cases.xlsx", name, 2)[0]
    }

    assert {o["一级分类"] for o in orders().values()} - known["hotline"] == {
        "创文创卫",
        "疫情防控",
        "数字城管转办",
    }
    assert cases - known["cases"] == {"智慧灯杆"}


def test_coverage_has_a_small_cell_a_share_above_one_and_a_group_without_register():
    grid = CalamineWorkbook.from_path(SAMPLE / "coverage.xlsx").get_sheet_by_index(0).to_python()
    groups = {name: n for n, name in enumerate(grid[1]) if name and n > 1}
    body: list[list] = grid[3:]
    rows = [row for row in body if row[1] in COMMUNITIES]
    at = groups.__getitem__
    floating = {row[0]: row[at("流动人口")] for row in body if row[1] == "小计"}

    assert list(groups) == ["流动人口", "失业人员", "帮扶人员", "重点人员", "残障人员", "独居老人"]
    assert len(rows) == 9 * 22
    assert all(20_000 <= people < 30_000 for m, people in floating.items() if m != "2023年8月")
    assert {r[at("帮扶人员")] for r in rows if r[1] == "中铁城社区"} == {6}
    assert {r[at("失业人员")] for r in rows} == {""}
    assert [
        (r[0], r[1])
        for r in rows
        if r[at("流动人口")] and r[at("流动人口") + 1] > r[at("流动人口")]
    ] == [("2024年6月", "溪北社区")]
    assert [(r[0], r[1]) for r in rows if not any(r[2:])] == [("2023年8月", "上水社区")]


def test_one_total_does_not_agree_with_its_rows():
    wrong = {}
    for name in CalamineWorkbook.from_path(SAMPLE / "activities.xlsx").sheet_names:
        totals = sheet("activities.xlsx", name)[1][0]
        records = activities(name)
        for column, said in zip(records[0], totals, strict=True):
            if isinstance(said, float | int) and said != total(records, column):
                wrong[name, column] = said - total(records, column)

    assert wrong == {("坝坝会", "参与人次"): 90}


# -- what must hold for any committed file


def test_no_phone_number_of_the_sample_can_belong_to_anyone():
    texts = [
        (SAMPLE / f).read_bytes().decode("gb18030")
        for f in ("hotline_20241008.csv", "hotline_20241024.csv")
    ]
    for file in ("cases.xlsx", "activities.xlsx"):
        with zipfile.ZipFile(SAMPLE / file) as book:
            texts.append(book.read("xl/sharedStrings.xml").decode())
    numbers = [n for text in texts for n in re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)]

    assert len(numbers) > 5_000
    assert {number[:4] for number in numbers} == {"1540"}


def test_the_generator_writes_the_committed_files_again(tmp_path):
    subprocess.run([sys.executable, SAMPLE / "generate.py", tmp_path], check=True)

    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted(
        {p.name for p in SAMPLE.iterdir() if p.suffix in {".csv", ".xlsx"}} - {"indicators.csv"}
    )
    for name in written:
        assert contents(tmp_path / name) == contents(SAMPLE / name), name


def contents(path: Path) -> bytes | list[tuple[str, bytes]]:
    """A workbook's parts: how they are compressed is the business of the machine's zlib."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return [(part.filename, book.read(part)) for part in book.infolist()]


def test_the_sample_stays_small():
    size = sum(path.stat().st_size for path in SAMPLE.iterdir() if path.is_file())

    assert size < 3_000_000
