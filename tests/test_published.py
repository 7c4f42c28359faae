"""Bulletins that cities printed: records rebuilt from their counts must give their rates back.

Each test names the definition that reproduces the printed figure.
"""

from datetime import datetime, timedelta

import pytest

ORDER = (
    "工单编号",
    "受理时间",
    "办结时限",
    "办结时间",
    "受理渠道",
    "承办单位",
    "满意度",
    "是否退回",
)


def order(
    number: int, unit: str, accepted: datetime, *, due: int = 10, closed: int | None = 5, **rest
):
    """A work order due `due` days and closed `closed` days after it was accepted."""
    return {
        "工单编号": f"D{number:06d}",
        "受理时间": accepted,
        "办结时限": accepted + timedelta(days=due),
        "办结时间": accepted + timedelta(days=closed) if closed is not None else "",
        "受理渠道": "12345热线",
        "承办单位": unit,
        **rest,
    }


def percent(row, digits: int = 0) -> str:
    """Rounded half up, as bulletins do."""
    return f"{row.numerator / row.denominator * 100 + 1e-9:.{digits}f}%"


NINGGUO = {  # unit: (hotline orders, 政民互动 orders, unsatisfied), all closed on time, April 2022
    "住建局": (87, 12, 8),
    "公安局": (70, 7, 6),
    "城管局": (66, 2, 5),
    "卫健委": (63, 5, 3),
    "市场监督管理局": (39, 2, 5),
}


def test_ningguo_dissatisfaction_has_the_rated_hotline_orders_as_its_base(office):
    rows, number = [], 0
    for unit, (hotline, mailbox, unsatisfied) in NINGGUO.items():
        for i in range(hotline + mailbox):
            number += 1
            on_hotline = i < hotline
            rating = ("不满意" if i < unsatisfied else "满意") if on_hotline else "未评价"
            channel = "12345热线" if on_hotline else "政民互动"
            accepted = datetime(2022, 4, 1 + i % 18, 9)
            rows.append(order(number, unit, accepted, 满意度=rating, 受理渠道=channel))
    report = office.load(office.table("宁国.csv", ORDER, rows), today=datetime(2022, 5, 18).date())
    assert report.files[0].accounting.loaded == 353

    closed = office.shares(
        "hotline_closure_accepted", "2022-04", "unit", as_of=datetime(2022, 5, 18).date()
    )
    complement = office.measure(
        "hotline_satisfied_complement", "2022-04", by=("unit",), as_of=datetime(2022, 5, 18).date()
    )
    volume = office.shares("hotline_volume", "2022-04", "unit", as_of=datetime(2022, 5, 18).date())

    assert closed == {unit: (a + b, a + b) for unit, (a, b, _) in NINGGUO.items()}
    printed = {r.labels[0]: f"{(1 - r.value) * 100:.0f}%" for r in complement.rows}
    assert printed == {
        "住建局": "9%",
        "公安局": "9%",
        "城管局": "8%",
        "卫健委": "5%",
        "市场监督管理局": "13%",
    }
    base = {r.labels[0]: (r.denominator - r.numerator, r.denominator) for r in complement.rows}
    assert base == {unit: (bad, hotline) for unit, (hotline, _, bad) in NINGGUO.items()}
    of_all = {unit: f"{bad / volume[unit][0] * 100:.1f}" for unit, (_, _, bad) in NINGGUO.items()}
    assert list(of_all.values()) == ["8.1", "7.8", "7.4", "4.4", "12.2"]


def test_tianmen_rates_have_the_cases_that_fell_due_as_their_base(office):
    header = ("案件编号", "类型", "问题类别", "上报时间", "受理时间", "办结时限", "办结时间")
    rows, number = [], 0

    def add(count, category, due, closed):
        nonlocal number
        for _ in range(count):
            number += 1
            rows.append(
                (
                    f"T{number:05d}",
                    "派单任务",
                    category,
                    "2016-12-01 08:00",
                    "2016-12-01 09:00",
                    due,
                    closed,
                )
            )

    in_december, later = "2016-12-20 18:00", "2017-01-05 18:00"
    on_time, late = "2016-12-10 10:00", "2016-12-28 10:00"
    add(737 - 7, "事件类", in_december, on_time)
    add(902 - 730, "事件类", in_december, late)
    add(956 - 902, "事件类", in_december, "")
    add(971 - 956, "事件类", later, "")
    add(7, "部件类", in_december, on_time)
    add(2, "部件类", in_december, late)
    add(16 - 9, "部件类", in_december, "")
    add(25 - 16, "部件类", later, "")
    as_of = datetime(2016, 12, 31).date()
    report = office.load(
        office.table("天门.csv", header, rows), source="cases", today=datetime(2017, 1, 3).date()
    )
    assert report.files[0].accounting.loaded == 996

    total = office.measure("case_closure_due", "2016-12", as_of=as_of).total
    on_time_due = office.measure("case_on_time_due", "2016-12", as_of=as_of).total

    assert (total.numerator, total.denominator, percent(total, 2)) == (911, 972, "93.72%")
    assert (on_time_due.numerator, on_time_due.denominator, percent(on_time_due, 2)) == (
        737,
        972,
        "75.82%",
    )
    parts = office.shares("case_closure_due", "2016-12", "category", as_of=as_of)
    assert parts == {"事件类": (902, 956), "部件类": (9, 16)}
    assert office.measure("case_on_time_closed", "2016-12", as_of=as_of).total.denominator == 911


HUANGSHI = {
    "婚姻家庭": 160, "邻里": 278, "房屋宅基地": 67, "合同": 44, "生产经营": 31, "损害赔偿": 76, "山林土地": 18, "征地拆迁": 28,
    "环境污染": 4, "劳动争议": 13, "消费": 7, "医疗": 55, "道路交通事故": 33, "物业": 1, "其他": 54,
}  # fmt: skip


def test_huangshi_mediation_success_and_its_two_comparisons(office):
    header = ("案件编号", "类型", "纠纷类型", "上报时间", "受理时间", "办结时间", "调解结果")
    kinds = [kind for kind, count in HUANGSHI.items() for _ in range(count)]
    rows = [
        (
            f"H{i:05d}",
            "矛盾纠纷",
            kind,
            "2016-08-05",
            "2016-08-05",
            "2016-08-20",
            "调解成功" if i < 842 else "调解不成",
        )
        for i, kind in enumerate(kinds)
    ]
    rows += [
        (f"J{i:05d}", "矛盾纠纷", "邻里", "2016-07-05", "2016-07-05", "2016-07-20", "调解成功")
        for i in range(840)
    ]
    rows += [
        (f"L{i:05d}", "矛盾纠纷", "邻里", "2015-08-05", "2015-08-05", "2015-08-20", "调解成功")
        for i in range(1028)
    ]
    office.load(office.table("黄石.csv", header, rows), source="cases")
    as_of = datetime(2016, 8, 31).date()

    success = office.measure(
        "case_mediation_success", "2016-08", as_of=as_of, where={"kind": "dispute"}
    ).total
    by_type = office.shares(
        "case_count", "2016-08", "category", as_of=as_of, where={"kind": "dispute"}
    )

    assert (success.numerator, success.denominator, percent(success, 1)) == (842, 869, "96.9%")
    assert {kind: n for kind, (n, _) in by_type.items()} == HUANGSHI
    count = {
        p: office.measure("case_count", p, as_of=as_of).total.numerator
        for p in ("2016-08", "2016-07", "2015-08")
    }
    assert (count["2016-08"] - count["2016-07"], count["2016-08"] - count["2015-08"]) == (29, -159)
    assert f"{29 / count['2016-07']:.1%}" == "3.5%"
    assert f"{-159 / count['2015-08']:.1%}" == "-15.5%"


GAOAN = {  # unit: (handled, closed ahead of half the time limit, re-dispatched), September 2022
    "市监局": (266, 262, "98.50%"), "卫健委": (162, 116, "71.60%"), "教体局": (123, 112, "91.06%"),
    "人社局": (114, 108, "94.74%"), "住建局": (113, 94, "83.19%"), "瑞州街办": (128, 121, "94.53%"),
    "筠阳街办": (72, 58, "80.56%"), "新街镇": (38, 31, "81.58%"), "八景镇": (33, 22, "66.67%"), "杨圩镇": (30, 25, "83.33%"),
}  # fmt: skip


def test_gaoan_quick_closure_and_on_time_of_closed(office):
    rows, number = [], 0
    for unit, (handled, quick, _) in GAOAN.items():
        for i in range(handled):
            number += 1
            rows.append(
                order(
                    number,
                    unit,
                    datetime(2022, 9, 1 + i % 15, 9),
                    due=10,
                    closed=2 if i < quick else 9,
                )
            )
    office.load(office.table("高安.csv", ORDER, rows), today=datetime(2022, 10, 25).date())
    as_of = datetime(2022, 9, 30).date()

    quick = office.measure("hotline_closed_early", "2022-09", by=("unit",), as_of=as_of)
    on_time = office.shares("hotline_on_time_closed", "2022-09", "unit", as_of=as_of)

    assert {r.labels[0]: percent(r, 2) for r in quick.rows} == {
        u: p for u, (_, _, p) in GAOAN.items()
    }
    assert on_time == {unit: (n, n) for unit, (n, _, _) in GAOAN.items()}


def test_gaoan_closure_counts_returned_orders_only_in_the_stock_and_flow_base(office):
    """2084 received, 98 of them returned; 297 carried over; 1821 closed: (1821+98)/(2084+297) = 80.60%."""
    rows = [
        order(i, "高安", datetime(2022, 8, 20), due=60, closed=20 if i < 200 else None)
        for i in range(297)
    ]
    rows += [
        order(1000 + i, "高安", datetime(2022, 9, 5), due=60, closed=None if i < 98 else 10 if i < 98 + 1621 else None,
              是否退回="是" if i < 98 else "否")
        for i in range(2084)
    ]  # fmt: skip
    office.load(office.table("高安.csv", ORDER, rows), today=datetime(2022, 10, 25).date())
    as_of = datetime(2022, 9, 30).date()

    stock_flow = office.measure("hotline_closure_stock_flow", "2022-09", as_of=as_of).total
    accepted = office.measure("hotline_closure_accepted", "2022-09", as_of=as_of).total

    assert (stock_flow.numerator, stock_flow.denominator, percent(stock_flow, 2)) == (
        1919,
        2381,
        "80.60%",
    )
    assert (accepted.numerator, accepted.denominator) == (1621, 1986)
    assert 2381 - 1919 != 159, "the bulletin's 159 open orders do not follow from its own figures"


LIYANG_COVERAGE = (170238, 167101)


def test_coverage_above_one_hundred_percent_is_shown_as_it_is(office):
    header = ("月份", "社区", "人员类别", "应掌握数", "已掌握数")
    path = office.table(
        "溧阳.csv",
        header,
        [("2019-11", "某镇", "流动人口", LIYANG_COVERAGE[1], LIYANG_COVERAGE[0])],
    )
    report = office.load(path, source="coverage")

    assert report.files[0].flags.get("coverage_over_100") == 1
    known = office.measure("coverage_known", "2019-Q4", as_of=datetime(2019, 12, 31).date()).total
    assert known.value == pytest.approx(1.0188, abs=0.0002)
