"""What newer data says of a pinned number: late and corrected records, told with by how much."""

from metrics.moved import moved

HEADER = ("工单编号", "受理时间", "办结时限", "办结时间", "承办单位", "事项类别")


LATER = ("H1", "2024-10-07 09:00", "", "", "", "")
LATEST = ("H2", "2024-10-08 09:00", "", "", "", "")


def order(number, closed="2024-09-05 10:00"):
    return (number, "2024-09-03 11:26", "2024-09-10 18:00", closed, "区住建局", "物业管理")


def test_a_count_says_by_how_many_and_a_rate_by_how_many_points(office):
    office.load(office.table("一.csv", HEADER, [LATER, *(order(f"G{n}") for n in range(10))]))
    counted = office.measure("hotline_volume", "2024-09")
    closed = office.measure("hotline_closure_accepted", "2024-09")
    late = [order("G10", ""), order("G11", "")]
    office.load(office.table("二.csv", HEADER, [*late, LATEST]))

    assert moved(counted, office.measure("hotline_volume", "2024-09"), "2024-10-08") == (
        "此后数据有更新(现截至2024-10-08),诉求受理量现为12件(+2件)"
    )
    assert moved(closed, office.measure("hotline_closure_accepted", "2024-09"), "2024-10-08") == (
        "此后数据有更新(现截至2024-10-08),办结率(受理口径)现为83.3%(−16.7个百分点)"
    )


def test_a_number_that_newer_data_does_not_touch_has_not_moved(office):
    office.load(office.table("一.csv", HEADER, [LATER, order("G1")]))
    pinned = office.measure("hotline_volume", "2024-09")
    office.load(office.table("二.csv", HEADER, [LATEST]))

    assert moved(pinned, office.measure("hotline_volume", "2024-09"), "2024-10-08").endswith(
        ",诉求受理量没有变"
    )


def test_what_was_not_reported_then_has_no_difference_now(office):
    office.load(office.table("一.csv", HEADER, [LATER, order("G1")]))
    nothing = office.measure("case_closure_accepted", "2024-09")
    known = office.measure("hotline_closure_accepted", "2024-09")

    assert moved(nothing, known, "2024-10-08").endswith("现为100%,按第1版口径")
    assert moved(None, None, "2024-10-08").endswith("本页仍是当时的情况")
