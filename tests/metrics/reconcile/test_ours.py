"""Theirs beside ours: the card, the base, the period or the as-of date that reproduces a column."""

from datetime import date, datetime, timedelta

import pytest

from metrics import Period, Scope
from metrics.reconcile import compare_with_ours, read_text

ORDER = ("工单编号", "受理时间", "办结时限", "办结时间", "受理渠道", "承办单位", "满意度")
UNITS = {  # accepted in September, of these on time, late, open; unsatisfied
    "区住建局": (47, 39, 5, 3, 6),
    "区公安局": (38, 30, 6, 2, 4),
    "区城管局": (29, 21, 4, 4, 5),
    "区卫健局": (23, 19, 3, 1, 2),
    "区市场监管局": (17, 11, 4, 2, 3),
}
AS_OF = date(2024, 10, 24)


def orders():
    number = 0
    for at, (unit, (taken, on_time, late, _, bad)) in enumerate(UNITS.items()):
        for month, count in ((8, 7 + 3 * at), (9, taken), (10, 3 + at)):
            for i in range(count):
                number += 1
                start = datetime(2024, month, 24 if month == 10 else 1 + i % 18, 9)
                closed = start + timedelta(days=3 if i < on_time else 20)
                done = closed if month == 8 or (month == 9 and i < on_time + late) else ""
                yield {
                    "工单编号": f"D{number:06d}",
                    "受理时间": start,
                    "办结时限": start + timedelta(days=10),
                    "办结时间": done,
                    "受理渠道": "12345热线",
                    "承办单位": unit,
                    "满意度": "不满意" if month == 9 and i < bad else "满意" if month == 9 and i < on_time + late else "未评价",
                }  # fmt: skip


@pytest.fixture
def compared(office):
    office.load(office.table("工单.csv", ORDER, orders()), today=AS_OF)

    def compare(text, period="2024-09"):
        (sheet,) = read_text(text).sheets
        snapshot = office.snapshot
        window = Period.parse(period, snapshot.as_of)
        return compare_with_ours(sheet, window, Scope.street(), snapshot)

    return compare


def bulletin(header, cell):
    lines = [f"{unit}\t{cell(*row)}" for unit, row in UNITS.items()]
    return "\n".join([f"单位\t{header}", *lines])


def test_counts_and_rates_are_reproduced_by_their_cards(compared):
    text = bulletin(
        "受理数\t办结率", lambda taken, on, late, *_: f"{taken}\t{(on + late) / taken * 100:.2f}%"
    )

    found = compared(text)

    assert found.dimension == "承办单位"
    assert found.unknown == ()
    taken, rate = found.matches["受理数"][0], found.matches["办结率"][0]
    assert (taken.ours.metric, taken.rows, taken.claims) == ("hotline_volume", 5, True)
    assert (rate.ours.metric, rate.rows, rate.claims) == ("hotline_closure_accepted", 5, True)
    assert all(each.agrees for each in found.printed)


def test_the_totals_row_is_compared_with_our_whole(compared):
    """It leaves out the last unit, as a bulletin does that forgot a late report."""
    rows = bulletin(
        "受理数\t办结率", lambda taken, on, late, *_: f"{taken}\t{(on + late) / taken * 100:.2f}%"
    )

    right = compared(f"{rows}\n合计\t154\t92.21%")
    wrong = compared(f"{rows}\n合计\t137\t92.21%")

    totals = [(each.column, each.ours, each.agrees) for each in right.printed if each.total]
    assert totals == [("受理数", 154, True), ("办结率", pytest.approx(142 / 154 * 100), True)]
    assert [(each.theirs, each.difference) for each in wrong.printed if not each.agrees] == [
        (137, -17)
    ]


def test_no_total_is_compared_by_a_guess(compared):
    found = compared(bulletin("受理数", lambda taken, *_: f"{taken + 1}") + "\n合计\t159")

    assert [each for each in found.printed if each.total] == []


def test_a_hidden_base_is_found_among_our_definitions(compared):
    """Over the closed on time, as 宁国 prints it; not over the accepted."""
    found = compared(bulletin("不满意率", lambda taken, on, late, o, bad: f"{bad / on * 100:.2f}%"))

    best = found.matches["不满意率"][0]
    assert best.ours.metric == "hotline_dissatisfied_on_time"
    assert (best.rows, best.claims) == (5, True)


def test_a_complement_is_tried(compared):
    found = compared(
        bulletin("未办结占比", lambda taken, on, late, still, bad: f"{still / taken * 100:.2f}%")
    )

    best = found.matches["未办结占比"][0]
    assert best.rows == 5
    assert best.ours.words.startswith("1−")


def test_the_month_before_is_tried_and_named(compared):
    found = compared(
        "\n".join(["单位\t受理数", *(f"{u}\t{7 + 3 * n}" for n, u in enumerate(UNITS))])
    )

    best = found.matches["受理数"][0]
    assert (best.rows, best.ours.period.code) == (5, "2024-08")
    assert "2024年8月" in best.when


def test_the_same_month_read_at_its_end_is_another_number(compared):
    """B7: a cohort read late is flattered; a bulletin of the first days of October had it earlier."""

    def closed_by_then(unit):
        return sum(
            1
            for row in orders()
            if row["承办单位"] == unit
            and row["受理时间"].month == 9
            and row["办结时间"]
            and row["办结时间"] < datetime(2024, 10, 1)
        )

    lines = [f"{u}\t{closed_by_then(u) / row[0] * 100:.2f}%" for u, row in UNITS.items()]
    found = compared("\n".join(["单位\t办结率", *lines]))

    best = found.matches["办结率"][0]
    assert (best.rows, best.claims) == (5, True)
    assert best.ours.as_of == date(2024, 9, 30)


def test_percentages_that_were_cut_off_are_recognised(compared):
    found = compared(
        bulletin("按期率", lambda taken, on, late, *_: f"{int(on / (on + late) * 1e4) / 100:.2f}%")
    )

    best = found.matches["按期率"][0]
    assert best.rows == 5
    assert best.mode == "cut"
    assert "截尾" in best.words


def test_nothing_that_reproduces_a_column_is_said_to(compared):
    found = compared(bulletin("受理数", lambda taken, *_: taken * 3 + 1))

    best = found.matches["受理数"][0]
    assert not best.claims
    assert sum(each.agrees for each in found.printed) < 5


def test_names_are_matched_without_their_district_and_strangers_are_listed(compared):
    text = bulletin("受理数", lambda taken, *_: taken).replace("区住建局", "住 建 局")

    found = compared(f"{text}\n市气象台\t12")

    assert found.known["住 建 局"] == "区住建局"
    assert found.unknown == ("市气象台",)
    assert found.matches["受理数"][0].rows == 5


def test_a_bulletin_of_other_places_is_not_compared(compared):
    assert compared("单位\t受理数\n甲县\t3\n乙县\t4\n丙县\t9") is None


def test_two_rows_of_round_numbers_are_never_claimed(compared):
    rows = list(UNITS.items())[:2]
    lines = [f"{unit}\t{round((r[1] + r[2]) / r[0] * 100)}%" for unit, r in rows]

    best = compared("\n".join(["单位\t办结率", *lines])).matches["办结率"][0]

    assert best.rows == 2
    assert not best.claims
