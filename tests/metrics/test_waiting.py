"""What is said about waiting: words follow tests, and how many are still open is never left out."""

from metrics import waiting
from metrics.risk import End
from metrics.survival import Durations


def taken(*ends, clock="calendar", **rest):
    return Durations(clock, tuple(End(float(day), how, n, float(day) * n) for day, how, n in ends), **rest)  # fmt: skip


FAST = taken(*((float(day), "closed", 10) for day in range(1, 11)), (40, "open", 1))
SLOW = taken(*((float(day), "closed", 10) for day in range(4, 14)), (40, "open", 1))


def test_less_waiting_is_said_in_days_only_where_the_interval_leaves_no_doubt():
    assert waiting.compared(FAST, SLOW, "较上月").startswith("较上月平均少等3.0天(95%区间 2.")
    assert waiting.compared(SLOW, FAST, "较上月").startswith("较上月平均多等3.0天(95%区间 2.")
    assert waiting.compared(FAST, FAST, "较上月").startswith(
        "较上月无法区分:平均等待相差+0.0天(95%区间 −"
    )
    assert "每件最多看30天" in waiting.compared(FAST, SLOW, "较上月")


def test_too_few_are_not_compared():
    few = taken((3, "closed", 9))

    assert waiting.compared(few, SLOW, "较上月") == "较上月:样本不足或观察未满7天,不作比较。"


def test_the_average_of_the_closed_says_how_many_it_leaves_out():
    assert waiting.closed_only(FAST) == "只看已办结的平均5.5天,漏掉1件未办结的。"
    assert waiting.closed_only(taken((2, "closed", 4))) == "只看已办结的平均2.0天,没有漏掉未办结的。"  # fmt: skip
    assert waiting.closed_only(taken((2, "open", 4))) == ""


def test_shares_come_with_their_intervals_as_far_as_anything_was_followed():
    young = taken((2, "closed", 50), (10, "open", 50))

    assert waiting.within(young) == "7天内办结50.0%(40.7%—60.1%),观察未满15天。"
    assert waiting.finding(young, "工单") == "一半工单在2.0天内办结(2.0以上)"


def test_outcomes_name_only_what_the_records_hold_and_add_up():
    returned = taken((1, "returned", 4), (2, "closed", 90), (50, "open", 6), stand_ins=3)
    transferred = taken((1, "transferred", 10), (2, "closed", 80), (50, "open", 10))

    assert waiting.outcomes(returned) == (
        "连同退回的共100件,30天内:办结90.0%,退回4.0%,仍未了结6.0%(3件退回没有时间,按派单时间计)。"
    )
    assert waiting.outcomes(transferred) == "30天内:办结80.0%,移送10.0%,仍未了结10.0%。"
    assert waiting.outcomes(FAST) == ""


def test_working_days_are_called_so():
    worked = taken((2, "closed", 50), (40, "open", 50), clock="working")

    assert waiting.finding(worked, "案件") == "一半案件在2.0个工作日内办结(2.0以上)"
    assert "7个工作日内办结50.0%" in waiting.within(worked)
    assert waiting.closed_only(worked) == "只看已办结的平均2.0个工作日,漏掉50件未办结的。"


def test_what_may_not_be_shown_or_is_not_there_is_said():
    assert (
        waiting.finding(taken(reason="只在社区及以上公布"), "案件")
        == "案件的办结用时在这个范围不公布"
    )
    assert waiting.finding(taken(), "案件") == "没有可以计算办结用时的案件"
    assert waiting.finding(taken((9, "open", 12)), "案件") == "到截止日期,办结的还不到一半"
    assert waiting.finding(taken((3, "closed", 9)), "案件") == "只有9件案件,样本不足,不估计办结用时"
    assert waiting.left_out(taken((9, "unknown", 8))) == "8件已办结但没有办结时间,未计入。"
