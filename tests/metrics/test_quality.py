"""What the office is told about its own rows, from the files to the counts."""

from datetime import date

from etl.load import undo
from metrics.quality import quality

HEADER = ("工单编号", "受理时间", "办结时限", "办结时间", "承办单位", "事项类别", "诉求类型", "是否退回")  # fmt: skip


def order(number, accepted="2024-09-03 11:26", *, due="", closed="", nature="投诉", returned="否"):
    return (number, accepted, due, closed, "区住建局", "物业管理", nature, returned)


# Three refused, one said twice, two strange words, one doubtful.
MIXED = [
    order("G1"),
    order("G1"),
    order("G2", nature="找茬"),
    order("G3", nature="找茬"),
    order("G4", returned="说不清"),
    order("G5", due="2024-09-01 09:00"),
    order("G6", closed="2024-09-20 09:00"),
    order("", "2024-09-03"),
    order("B1", "不是日期"),
    order("B2", closed="2024-09-01"),
]


def quality_of(office):
    return quality(office.snapshot)


def test_every_row_of_a_messy_file_is_told(office):
    office.load(office.table("工单.csv", HEADER, MIXED))

    found = quality_of(office)

    [hotline] = found.accounts
    assert (hotline.read, hotline.loaded, hotline.duplicate, hotline.rejected) == (10, 6, 1, 3)
    assert hotline.balanced
    assert hotline.rejected_share == 0.3
    assert {(each.what, each.rows, each.of) for each in found.reasons} == {
        ("缺少工单编号", 1, 10),
        ("受理时间无法识别为日期", 1, 10),
        ("办结时间早于受理时间", 1, 10),
    }
    assert [(each.field, each.what, each.rows, each.of) for each in found.words] == [
        ("诉求类型", "找茬", 2, 6),
        ("是否退回", None, 1, 6),
    ]
    assert found.unmapped_rows == 3
    assert [(each.what, each.rows, each.share) for each in found.doubts] == [
        ("办结时限早于受理时间", 1, 1 / 6)
    ]
    [filled] = found.completeness
    assert (filled.share("closed_at"), filled.share("unit")) == (1 / 6, 1)
    assert filled.missing("community") == 6


def test_a_batch_that_was_taken_back_is_not_told(office):
    office.load(office.table("好.csv", HEADER, [order("G1")]))
    office.load(office.table("坏.csv", HEADER, MIXED))
    assert quality_of(office).whole.rejected == 3

    undo(2, place=office.place)

    found = quality_of(office)
    assert (found.whole.read, found.whole.rejected) == (1, 0)
    assert found.reasons == found.words == found.doubts == ()


def test_each_source_is_late_by_its_own_rhythm(office):
    """Twenty days without an order are late for the hotline (7 days), not for the case ledger (31)."""
    cases = [(f"A{month}", f"2024-{month:02}-04", "矛盾纠纷") for month in (6, 7, 10)]
    sessions = [("H1", "2024-10-24", "益老服务队")]
    office.load(
        office.table("工单.csv", HEADER, [order("G1", "2024-10-04 09:00")]),
        office.table("案件.csv", ("案件编号", "上报时间", "事件类型"), cases),
        office.table("活动.csv", ("活动编号", "活动日期", "服务队"), sessions),
    )

    found = quality_of(office)

    assert found.as_of == date(2024, 10, 24)
    assert [each.fresh.source for each in found.late] == ["hotline"]
    ages = {each.fresh.source: (each.age, each.judgement) for each in found.pulses}
    assert ages == {
        "hotline": (20, "late"),
        "cases": (20, "on_time"),
        "activities": (0, "on_time"),
    }
    assert "大事记" in found.absent


def test_a_month_is_empty_when_later_ones_are_there_or_its_time_is_up(office):
    """Orders come weekly: September should be there by 8 October. Cases come monthly: not before
    1 November. The open month is never empty."""
    months = (5, 6, 8)
    orders = [order(f"G{m}", f"2024-{m:02}-05 09:00") for m in months]
    cases = [(f"A{m}", f"2024-{m:02}-05", "矛盾纠纷") for m in months]
    office.load(
        office.table("工单.csv", HEADER, orders),
        office.table("案件.csv", ("案件编号", "上报时间", "事件类型"), cases),
        office.table(
            "活动.csv", ("活动编号", "活动日期", "服务队"), [("H1", "2024-10-24", "益老服务队")]
        ),
    )

    gaps = {
        each.fresh.source: [month.start.month for month in each.gaps]
        for each in quality_of(office).pulses
    }

    assert gaps == {"hotline": [7, 9], "cases": [7], "activities": []}


def test_a_file_without_a_warning_and_one_that_was_cut_off(office):
    rows = [order(f"G{n}") for n in range(1000)]
    office.load(office.table("工单.csv", HEADER, rows))

    [(file, words)] = quality_of(office).warnings

    assert file == "工单.csv"
    assert "正好1,000行" in words
