"""Records of one matter find each other; neighbours with another matter do not; analysts have the last word."""

import sys
from importlib import import_module
from itertools import combinations

import pytest
from serving import ROOT

from etl.load import refresh
from metrics import current_snapshot
from metrics.repeats import links, records
from metrics.verdicts import Verdict, given, pending, say, take_back

HEADER = (
    "工单编号",
    "受理时间",
    "办结时间",
    "诉求类型",
    "事项类别",
    "所属社区",
    "所属网格",
    "发生地点",
    "联系电话",
    "诉求内容",
)
LEDGER = (
    "案件编号",
    "案件种类",
    "纠纷类型",
    "所属社区",
    "上报时间",
    "受理时间",
    "办结时间",
    "处理结果",
    "案情简介",
)
KEEPING = "keep_text = true\n"


def order(
    number, day, text, caller, *, estate="和苑小区", category="物业管理", closed="", grid="01网格"
):
    return (
        number,
        f"2024-{day} 09:00",
        closed,
        "投诉",
        category,
        "吉麟社区",
        grid,
        estate,
        caller,
        text,
    )


LIFT = [
    order("G1", "03-01", "电梯停运半个月,老人上不了楼", "15400000001"),
    order("G2", "03-05", "和苑小区的电梯又停运了,老人爬楼梯", "15400000002", estate=""),
    order("G3", "03-20", "反复催修,电梯仍然停运,老人出不了门", "15400000003"),
]
OTHERS = [
    order("N1", "03-06", "物业费上涨没有公示,也没有征求意见", "15400000004"),  # same estate, another matter
    order("N2", "03-07", "电梯停运半个月,老人上不了楼", "15400000005", estate="溪畔花园"),  # another estate
    order("N3", "06-20", "电梯停运半个月,老人上不了楼", "15400000006"),  # a season later
]  # fmt: skip


@pytest.fixture
def office(office, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    office.place.profile.write_text(KEEPING)
    return office


def load(office, *orders, name="工单.csv"):
    office.load(office.table(name, HEADER, orders))


def shared(office):
    snapshot = office.snapshot
    return [
        [record.number.removeprefix("hotline:") for record in records(snapshot, number)]
        for (number,) in snapshot.query(
            "SELECT matter FROM clusters WHERE matter > 0 ORDER BY matter"
        )
    ]


def test_one_matter_told_by_three_is_found_and_what_lies_beside_it_is_not(office):
    load(office, *LIFT, *OTHERS)

    assert shared(office) == [["G1", "G2", "G3"]]
    first, *_ = links(office.snapshot, 1)
    assert (first.left, first.right, first.days) == ("hotline:G1", "hotline:G2", 4)
    assert first.same_place
    assert first.same_category
    assert 0.13 <= first.alike < 1


def test_people_are_a_rounded_number_or_none(office):
    load(office, *LIFT)
    few = office.snapshot.query("SELECT records, persons FROM clusters")
    load(
        office,
        *(
            order(f"M{n}", f"03-{n:02d}", "电梯停运,老人上不了楼", f"154000001{n:02d}")
            for n in range(2, 9)
        ),
        name="更多.csv",
    )

    assert few == [(3, None)]
    assert office.snapshot.query("SELECT records, persons FROM clusters") == [(10, 10)]


def test_a_split_is_kept_when_the_data_is_loaded_again_and_a_taken_back_one_is_forgotten(office):
    load(office, *LIFT)
    apart = [Verdict.of_pair(f"hotline:{one}", "hotline:G3", same=False) for one in ("G1", "G2")]

    say(apart)
    waiting = pending(office.snapshot, given())
    refresh(place=office.place)
    split, still = shared(office), pending(office.snapshot, given())
    load(office, *LIFT, *OTHERS[:1], name="再来.csv")
    again = shared(office)
    take_back(apart)
    refresh(place=office.place)

    assert (waiting, still) == (True, False)
    assert split == again == [["G1", "G2"]]
    assert shared(office) == [["G1", "G2", "G3"]]


def test_what_an_analyst_confirms_is_linked_whatever_the_words_say(office):
    load(office, *LIFT, *OTHERS)

    say([Verdict.of_pair("hotline:N1", "hotline:G1", same=True)])
    refresh(place=office.place)

    assert shared(office) == [["G1", "G2", "N1", "G3"]]
    told = [link for link in links(office.snapshot, 1) if link.confirmed]
    assert [(link.left, link.right) for link in told] == [("hotline:G1", "hotline:N1")]


def test_a_damaged_notebook_stops_a_load_rather_than_forgetting_what_was_split(office):
    load(office, *LIFT)
    (office.place.root / "notebook.sqlite").write_bytes(b"no database at all" * 100)

    with pytest.raises(Exception, match="人工确认和拆分"):
        load(office, *OTHERS)


def test_a_matter_lasts_half_a_year_at_most_however_it_chains(office):
    load(
        office,
        *(
            order(f"C{month}", f"{month:02d}-10", "电梯停运,老人上不了楼", f"1540000000{month}")
            for month in range(1, 9)
        ),
    )

    spans = office.snapshot.query("SELECT first_day, last_day FROM clusters ORDER BY first_day")
    assert spans == [] or all((last - first).days <= 180 for first, last in spans)
    chained = [order(f"D{n}", f"{1 + n // 2:02d}-{1 + 15 * (n % 2):02d}", "桩机夜间打桩,打桩声不停", f"154000002{n:02d}") for n in range(18)]  # fmt: skip
    load(office, *chained, name="打桩.csv")
    found = [m for m in shared(office) if m[0].startswith("D")]
    assert len(found) == 2
    assert [number for matter in found for number in matter] == [f"D{n}" for n in range(18)]


def test_one_callers_chain_is_a_number_of_orders_and_no_list_of_them(office):
    again = [order(f"R{n}", f"0{n}-01", f"第{n}次反映", "15400000009") for n in range(1, 5)]
    load(office, *again, order("R9", "05-02", "另一个人", "15400000010"))

    snapshot = office.snapshot
    assert snapshot.query("SELECT kind, anchor, records, persons FROM clusters") == [
        ("one_caller", "hotline:R1", 4, None)
    ]
    assert snapshot.query("SELECT count(*) FROM links") == [(0,)]
    [(pseudonym,)] = [row for row in pseudonyms(office) if row[0]][:1]
    assert str(pseudonym).encode() not in snapshot.path.read_bytes()
    columns = {
        row[0]
        for row in snapshot.query("SELECT column_name FROM duckdb_columns() WHERE NOT internal")
    }
    assert not columns & {"caller", "chain", "address", "place"}


def pseudonyms(office):
    import duckdb

    with duckdb.connect(str(office.place.store), read_only=True) as con:
        return con.execute("SELECT caller FROM raw_hotline").fetchall()


def test_a_chain_that_is_not_one_matter_is_dissolved(office):
    load(office, *(order(f"R{n}", f"0{n}-01", f"第{n}次反映", "15400000009") for n in range(1, 5)))

    say([Verdict.of_chain("hotline:R1", same=False)])
    refresh(place=office.place)

    assert office.snapshot.query("SELECT count(*) FROM clusters") == [(0,)]


CASES = [
    ("JF1", "矛盾纠纷", "邻里纠纷", "吉麟社区", "2024-02-01 09:00", "2024-02-01 10:00", "2024-02-20 10:00", "调解成功", "和苑小区棋牌室深夜喧哗,双方达成协议"),
    ("JF2", "矛盾纠纷", "邻里纠纷", "吉麟社区", "2024-02-01 09:00", "2024-02-01 10:00", "2024-02-20 10:00", "调解成功", "溪畔花园棋牌室深夜喧哗,双方达成协议"),
    ("JF3", "矛盾纠纷", "邻里纠纷", "吉麟社区", "2024-02-01 09:00", "2024-02-01 10:00", "2024-02-20 10:00", "调解成功", ""),
]  # fmt: skip


def test_a_mediated_dispute_whose_matter_is_called_in_again_did_not_stay_settled(office):
    office.load(office.table("纠纷.csv", LEDGER, CASES))
    before = office.measure("case_returned", "2024-02", as_of=office.snapshot.as_of)
    load(
        office,
        order("H1", "03-11", "棋牌室调解后又深夜喧哗", "15400000007"),
        order("H2", "08-01", "路灯不亮", ""),
    )

    found = dict(
        (number, (traced, days))
        for number, traced, days in office.snapshot.query(
            "SELECT case_no, traced, returned_in FROM cases"
        )
    )
    assert found == {"JF1": (True, 20), "JF2": (True, None), "JF3": (False, None)}
    row = office.measure("case_returned", "2024-02").total
    assert before.total.numerator in (0, None)
    assert (row.numerator, row.denominator) == (1, 2)
    assert office.measure("case_not_returned_30", "2024-02").total.value == 0.5


@pytest.fixture(scope="module")
def truth():
    sys.path.insert(0, str(ROOT / "data" / "sample"))
    try:
        return import_module("synthetic.retold").truth()
    finally:
        sys.path.remove(str(ROOT / "data" / "sample"))


def test_what_the_sample_plants_is_found_and_its_neighbours_are_left_alone(sample, truth):
    snapshot = current_snapshot(sample)
    of: dict[str, int] = {}
    for (number,) in snapshot.query("SELECT matter FROM clusters WHERE matter > 0"):
        of |= {
            record.number.removeprefix("hotline:"): number for record in records(snapshot, number)
        }
    planted = {pair for each in truth.shared for pair in combinations(sorted(each.numbers), 2)}
    members = {number for each in truth.shared for number in each.numbers}
    found = {
        pair
        for pair in combinations(sorted(of), 2)
        if of[pair[0]] == of[pair[1]] and members & set(pair)
    }
    beside = [
        each
        for each in truth.shared
        if each.other and of.get(each.other) in {of.get(n, 0) for n in each.numbers}
    ]

    precision, recall = len(found & planted) / len(found), len(found & planted) / len(planted)
    said = f"{len(truth.shared)} matters, {len(planted)} pairs: precision {precision:.3f}, recall {recall:.3f}"
    sys.stdout.write(said + "\n")
    assert precision >= 0.9, said
    assert recall >= 0.8, said
    assert len(beside) <= 1


def test_disputes_that_come_up_again_in_the_sample_are_seen(sample, truth):
    snapshot = current_snapshot(sample)
    back = dict(
        snapshot.query("SELECT case_no, returned_in FROM cases WHERE traced AND kind = 'dispute'")
    )
    found = [case for case in truth.again if back.get(case) is not None]
    false = [case for case, days in back.items() if days is not None and case not in truth.again]

    sys.stdout.write(
        f"{len(truth.again)} planted: {len(found)} found, {len(false)} others of {len(back)}\n"
    )
    assert len(found) >= 0.8 * len(truth.again)
    assert len(false) <= 0.25 * len(truth.again)
