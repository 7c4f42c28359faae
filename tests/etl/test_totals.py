"""Totals rows are compared with the rows they can mean, and only a wrong one is said to differ."""

HEADER = ["月份", "社区", "人员类别", "应掌握数", "已掌握数"]
BLOCK = (("吉麟社区", 10, 8), ("清溪社区", 10, 9))


def rows(word="小计", grand=True, before=False, wrong=None):
    found = []
    for month in ("2024-01", "2024-02", "2024-03"):
        total = [[word, "", "", 20, 18 if month == wrong else 17]]
        data = [[month, place, "独居老人", expected, known] for place, expected, known in BLOCK]
        found += total + data if before else data + total
    return [*found, ["总计", "", "", 60, 51]] if grand else found


def said(office, table):
    return office.load(office.table("重点.csv", HEADER, table)).files[0].reconciliation


def test_each_subtotal_is_compared_with_the_rows_since_the_one_before(office):
    assert said(office, rows()) == ["合计行与各行相加一致(核对8处)。"]


def test_totals_of_monthly_blocks_may_call_themselves_totals_of_all(office):
    assert said(office, rows("合计", grand=False)) == ["合计行与各行相加一致(核对6处)。"]


def test_subtotals_may_stand_above_their_block(office):
    assert said(office, rows(before=True)) == ["合计行与各行相加一致(核对8处)。"]


def test_a_wrong_subtotal_is_named_by_row_column_and_difference(office):
    assert said(office, rows(wrong="2024-02")) == ["第7行小计“已掌握数”为18,各行相加为17,相差+1。"]


def test_a_total_above_the_data_stands_for_all_of_it(office):
    table = [["合计", "", "", 20, 17], *[["2024-01", p, "独居老人", e, k] for p, e, k in BLOCK]]

    assert said(office, table) == ["合计行与各行相加一致(核对2处)。"]


def test_rejected_rows_are_mentioned_where_a_total_differs(office):
    table = [
        *rows(grand=False)[:2],
        ["不是月份", "上水社区", "独居老人", 5, 5],
        ["合计", "", "", 25, 22],
    ]

    assert said(office, table) == [
        "第5行合计“应掌握数”为25,各行相加为20,相差+5。",
        "第5行合计“已掌握数”为22,各行相加为17,相差+5。",
        "另有1行被拒绝,未计入各行相加。",
    ]
