"""A meeting decides what should move; the next one sees whether it did, and what cannot be told."""

import sqlite3
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from metrics import Period, Scope, card, notebook
from metrics.aims import Aim, aim_text, judge
from metrics.past import ever, limits_of
from reports.decisions import close, decide, decisions, history, revise
from reports.followup import last_time, track
from ui.links import of_decision

SATISFIED, VOLUME = "hotline_satisfied_explicit", "hotline_volume"


def months(until):
    """The first day of every month from January 2023."""
    return [date(2023 + at // 12, at % 12 + 1, 1) for at in range(until)]


def rated(shares, base=60):
    """So many satisfied of `base` rated orders in each month."""
    for month, share in zip(months(len(shares)), shares, strict=True):
        for at in range(base):
            day = month + timedelta(days=at % 28)
            yield {
                "order_no": f"{month}-{at}",
                "accepted_at": day,
                "closed_at": day,
                "satisfaction": "satisfied" if at < share else "dissatisfied",
            }


@pytest.fixture(autouse=True)
def own_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(tmp_path))


STEADY = [36, 38, 37, 36, 38, 37, 36, 38, 37, 36, 38, 37, 36, 38, 37, 36, 38, 37, 36]


def judged(
    street, shares, *, amount=0.1, side="high", base=60, due="2024-09-30", as_of="2024-10-24"
):
    """Decided on July 2024, to be reached in September."""
    snapshot = street.write(as_of=as_of, hotline=list(rated(shares, base)))
    start = Period.parse("2024-07", snapshot.as_of)
    made = decide(
        "回访不满意的逐件重办", "党政办", date.fromisoformat(due), SATISFIED, start, side, amount
    )
    return track(made, snapshot)


@pytest.mark.parametrize(
    ("shares", "options", "verdict", "because"),
    [
        ([*STEADY, 37, 56], {}, "达到", "改善,不是偶然波动"),
        ([*STEADY, 37, 40], {"amount": 0.03}, "无法判断", "处于正常波动范围,可能只是碰巧"),
        ([*STEADY, 37, 20], {}, "未达到", "幅度不够"),
        ([*STEADY, 37, 40], {}, "无法判断", "差距在随机波动范围内"),
        ([*STEADY, 37, 56], {"as_of": "2024-09-20"}, "无法判断", "2024年9月(至20日)还没有结束"),
        ([1] * 21, {"base": 3}, "无法判断", "样本不足"),
        ([36] * 7, {}, "无法判断", "2024年7月未上报"),
    ],
)
def test_a_decision_is_reached_missed_or_cannot_be_told(street, shares, options, verdict, because):
    found = judged(street, shares, **options)

    assert found.judged.words == verdict
    assert because in found.judged.because


def test_the_verdict_carries_the_numbers_of_both_periods(street):
    found = judged(street, [*STEADY, 37, 56])

    assert "2024年7月60.0%,2024年9月93.3%" in found.judged.because
    assert (found.before.total.numerator, found.now.total.numerator) == (36, 56)
    assert found.path.rows[0].group == ("2023-08",)
    assert found.limits.points["2024-09"].high < 56 / 60


def test_a_count_that_should_fall_is_judged_by_its_own_chart(street):
    rows = [row for month, many in zip(months(21), [40] * 19 + [41, 12], strict=True)
            for row in [{"order_no": f"{month}-{at}", "accepted_at": month + timedelta(days=at % 28)} for at in range(many)]]  # fmt: skip
    snapshot = street.write(hotline=rows)
    start = Period.parse("2024-07", snapshot.as_of)

    made = decide("加装路灯", "城管办", date(2024, 9, 30), VOLUME, start, "low", 20)

    assert track(made, snapshot).judged.words == "达到"
    assert aim_text(card(VOLUME), made.aim) == "减少至少20件"
    assert aim_text(card(SATISFIED), Aim("high", 0.05)) == "上升至少5个百分点"
    assert aim_text(card(SATISFIED), Aim("low", 0)) == "下降,不限多少"


def test_when_the_definition_has_changed_since_nothing_is_compared(street):
    snapshot = street.write(hotline=list(rated([*STEADY, 37, 56])))
    period = Period.parse("2024-07", snapshot.as_of)
    made = decide("重办", "党政办", date(2024, 9, 30), SATISFIED, period, "high", 0.1)
    with sqlite3.connect(notebook.path()) as book:
        book.execute("UPDATE decisions SET version = 1")

    (found,) = last_time(snapshot).tracks

    assert found.decision.number == made.number
    assert found.judged.words == "无法判断"
    assert "口径已由第1版改为第2版" in found.judged.because
    assert found.path is not None


def test_two_versions_are_never_judged_against_each_other(street):
    snapshot = street.write(hotline=list(rated([*STEADY, 37, 56])))
    old = street.measure(SATISFIED, "2024-07", version=1)
    new = street.measure(SATISFIED, "2024-09")
    limits = limits_of(snapshot, street.measure(SATISFIED, ever(snapshot).code, by="month"))

    assert judge(Aim("high", 0.1), old, new, limits).words == "无法判断"


def test_a_meeting_opens_with_what_became_of_the_last_one(street):
    judged(street, [*STEADY, 37, 56])
    snapshot = street.snapshot
    start = Period.parse("2024-07", snapshot.as_of)
    decide("投诉减半", "综治办", date(2024, 12, 31), VOLUME, start, "low", 30)
    decide("取消的", "综治办", date(2024, 9, 1), VOLUME, start, "low", 30)
    close(3, "cancelled", "并入第2项")

    found = last_time(snapshot)

    assert found.sentence == "上次议定2项:达到1项、未达到0项、无法判断1项;已过期限1项"
    assert [each.decision.number for each in found.overdue] == [1]
    close(1, "done")
    close(2, "done")
    assert last_time(snapshot).sentence == "没有进行中的议定事项"


def test_nothing_of_a_decision_is_ever_lost(street):
    judged(street, [*STEADY, 37, 56])

    revise(1, due=date(2024, 10, 31), note="等街道办会议")
    close(1, "done", "已重办")
    close(1, "open", "又有反映")

    assert [(e.edit, e.state, e.due.month, e.note) for e in history(1)] == [
        (1, "open", 9, ""),
        (2, "open", 10, "等街道办会议"),
        (3, "done", 10, "已重办"),
        (4, "open", 10, "又有反映"),
    ]
    assert [(e.number, e.edit) for e in decisions()] == [(1, 4)]
    with pytest.raises(LookupError, match="没有第9号"):
        history(9)


def test_scope_and_filter_are_kept_and_what_they_name_may_be_gone(street):
    rows = [row | {"place": "C1", "unit": "区住建局"} for row in rated([*STEADY, 37, 56])]
    snapshot = street.write(hotline=rows)
    start = Period.parse("2024-07", snapshot.as_of)
    decide("重办", "吉麟社区", date(2024, 9, 30), SATISFIED, start, "high", 0.1, scope="C1", where={"unit": "区住建局"})  # fmt: skip

    (found,) = last_time(snapshot).tracks
    assert found.now
    assert (found.now.scope, found.now.where) == (Scope("community", "C1"), {"unit": "区住建局"})
    assert found.judged.words == "达到"

    ledger = [{"code": "S", "name": "溪北街道", "level": "street"}]
    (gone,) = last_time(street.write(ledger=ledger)).tracks
    assert gone.judged.words == "无法判断"
    assert "C1" in gone.judged.because
    assert gone.path is None


def test_a_chart_leads_to_a_decision_about_its_metric_place_and_filter(street):
    row = {"order_no": "1", "accepted_at": "2024-09-03", "place": "C1", "unit": "区住建局"}
    street.write(hotline=[row])
    found = street.measure(VOLUME, scope=Scope("community", "C1"), where={"unit": "区住建局"})

    asked = parse_qs(urlsplit(of_decision(found).partition("](")[2].rstrip(")")).query)

    assert (asked["metric"], asked["area"]) == ([VOLUME], ["C1"])
    assert parse_qs(asked["where"][0]) == {"unit": ["区住建局"]}
    assert of_decision(street.measure("hotline_open")) == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "  "}, "请写事项"),
        ({"who": ""}, "请写责任单位"),
        ({"text": "长" * 201}, "最多200个字,现在是201个字"),
        ({"who": "王某 13800001111"}, "不记个人信息"),
        ({"due": date(2024, 7, 31)}, "期限要在2024年7月之后"),
        ({"amount": -1.0}, "不能是负数"),
        ({"metric": "coverage_visited"}, "不能逐月判断"),
    ],
)
def test_what_cannot_be_kept_or_judged_is_refused_with_the_reason(street, changes, said):
    snapshot = street.write(hotline=list(rated([30])))
    asked = {
        "text": "重办", "who": "党政办", "due": date(2024, 9, 30), "metric": VOLUME,
        "period": Period.parse("2024-07", snapshot.as_of), "side": "low", "amount": 1.0,
    } | changes  # fmt: skip

    with pytest.raises(ValueError, match=said):
        decide(**asked)
    assert decisions() == []
