"""Closures that look unlikely: each habit is found where it was planted, and nothing where there is none."""

from datetime import datetime, timedelta
from random import Random

import pytest

from metrics.closures import closures

UNITS = [f"第{n}办" for n in range(8)]
ODD = "某单位"


def closed(unit, opened, after, **columns):
    """`after` is minutes from opening to closing; due at six in the evening, five days on."""
    due = (opened + timedelta(days=5)).replace(hour=18, minute=0)
    return {
        "kind": "task", "unit": unit, "reported_at": opened, "accepted_at": opened,
        "closed_at": opened + timedelta(minutes=after), "due_at": due,
    } | columns  # fmt: skip


def ordinary(random, unit, count):
    """Opened on working mornings of twelve months, closed within some days in office hours."""
    made = []
    for _ in range(count):
        day = datetime(2023, 10, 2) + timedelta(
            weeks=random.randrange(52), days=random.randrange(5)
        )
        opened = day.replace(hour=9, minute=random.randrange(60))
        minutes = random.randrange(1, 4) * 1440 + random.randrange(0, 480)
        made.append(closed(unit, opened, minutes, reply=random.randrange(10**9)))
    return made


def flagged(street, cases):
    numbered = [{"case_no": str(n), **row} for n, row in enumerate(cases)]
    return {(each.kind, each.unit) for each in closures(street.write(cases=numbered)).flagged}


@pytest.fixture
def usual():
    random = Random(5)
    return [row for unit in UNITS for row in ordinary(random, unit, 60)]


def test_ordinary_work_is_not_flagged(street):
    found = [
        flagged(street, [row for unit in UNITS for row in ordinary(Random(seed), unit, 60)])
        for seed in range(4)
    ]

    assert sum(map(len, found)) <= 1  # four streets of 48 judgements each


def test_each_habit_is_found_where_it_was_planted(street, usual):
    random = Random(6)
    at_once = [
        row | {"closed_at": row["accepted_at"] + timedelta(minutes=4)}
        for row in ordinary(random, ODD, 40)
    ]
    assert flagged(street, usual + at_once) == {("instant", ODD)}

    copied = [row | {"reply": 7} for row in ordinary(random, ODD, 40)]
    assert flagged(street, usual + copied) == {("copied", ODD)}

    late = [row | {"closed_at": row["due_at"] - timedelta(minutes=random.randrange(5, 200))}
            for row in ordinary(random, ODD, 120) if row["due_at"].weekday() < 5]  # fmt: skip
    assert flagged(street, usual + late) == {("deadline", ODD)}

    together = [
        row | {"closed_at": row["closed_at"].replace(day=28, hour=17, minute=30)}
        for row in ordinary(random, ODD, 60)
    ]
    together = [row for row in together if row["closed_at"] > row["accepted_at"]]
    assert ("batch", ODD) in flagged(street, usual + together)

    quota = [
        closed(ODD, datetime(2023 + (9 + month) // 12, (9 + month) % 12 + 1, 4 + n, 9, n), 1500 + 37 * n * month, reply=n + 40 * month)
        for month in range(12) for n in range(5)
    ]  # fmt: skip
    assert flagged(street, usual + quota) == {("quota", ODD), ("round", ODD)}


def test_small_units_and_answers_at_once_that_are_right_are_not_judged(street, usual):
    few = [row | {"closed_at": row["accepted_at"]} for row in ordinary(Random(1), ODD, 29)]
    found = closures(
        street.write(cases=[{"case_no": str(n), **row} for n, row in enumerate(usual + few)])
    )
    assert next(e.flagged for e in found.found if (e.kind, e.unit) == ("instant", ODD)) is None

    calls = [
        {"order_no": str(n), "unit": unit, "nature": nature, "valid": True,
         "accepted_at": datetime(2024, 9, 2, 9, n % 60), "closed_at": datetime(2024, 9, 2, 9, n % 60) + timedelta(minutes=wait)}
        for unit, nature, wait in ((ODD, "consultation", 3), ("第1办", "complaint", 3000))
        for n in range(60)
    ]  # fmt: skip
    found = closures(street.write(hotline=calls))
    assert not [e for e in found.found if (e.kind, e.unit) == ("instant", ODD)]


def test_dates_without_a_time_of_day_prove_nothing(street, usual):
    dated = [
        row | {"closed_at": row["closed_at"].replace(hour=0, minute=0)}
        for row in ordinary(Random(2), ODD, 60)
    ]

    assert flagged(street, usual + dated) == set()


def test_no_row_at_all_is_no_finding(street):
    found = closures(street.write())

    assert found.found == () and found.units == () and found.judged == found.few == 0


def test_an_answer_leaves_only_a_fingerprint(office):
    texts = (
        "已安排人员现场处置,问题已于3月2日整改完毕。",
        "已安排人员现场处置, 问题已于11月20日整改完毕",
        "另行研究后由社区回复当事人处理",
    )
    rows = [(f"A{n}", "2024-09-03", text) for n, text in enumerate((*texts, "", "已办"))]
    office.load(office.table("热线工单.csv", ("工单编号", "受理时间", "办理情况"), rows))

    found = [
        reply for (reply,) in office.snapshot.query("SELECT reply FROM hotline ORDER BY order_no")
    ]
    assert found[0] == found[1] != found[2] and found[3] is found[4] is None
    for file in (office.place.store, office.snapshot.path):
        assert "现场处置".encode() not in file.read_bytes()
