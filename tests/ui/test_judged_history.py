"""A month is what it is, from whichever period it is looked at: its baseline is fixed and dated."""

from datetime import date

import pytest

from metrics import Period, Scope, card
from metrics.period import add_months
from ui import faces, history
from ui.state import View

VOLUME = card("hotline_volume")
COUNTS = [31, 28, 30, 33, 27, 31, 29, 32, 30, 28, 31, 30, 32, 60, 30, 33, 29, 31, 30, 28, 12, 30]
NEW = """
[[baselines]]
metric = "hotline_volume"
from = "2024-01"
to = "2024-12"
reason = "物业投诉并入12345"
"""


def orders(office, counts, *, first=date(2023, 1, 1), step=1):
    days = [
        (add_months(first, at), n) for at, count in enumerate(counts) for n in range(count)
    ]  # fmt: skip
    rows = [
        (
            f"G{month:%Y%m}{n}",
            f"{month.replace(day=1 + n * step % 28)} 09:00",
            "东河社区",
            "物业管理",
        )
        for month, n in days
    ]
    office.load(office.table("工单.csv", ("工单编号", "受理时间", "所属社区", "事项类别"), rows))


def look(office, code):
    snapshot = office.snapshot
    return View(snapshot, Period.parse(code, snapshot.as_of), Scope.street(), "环比")


def judged(view, code):
    made = history.charts(view, [VOLUME])["hotline_volume"]
    past = history.histories(view, [VOLUME])["hotline_volume"]
    return history.statuses(past, made)[code].kind


@pytest.fixture
def street(office):
    orders(office, COUNTS)
    return office


def test_a_month_has_one_status_whatever_is_on_show(street):
    seen = {judged(look(street, code), "2024-02") for code in ("2024-02", "2024-05", "2024-09")}

    assert seen == {"high"}


def test_the_tile_the_sentence_and_the_trend_agree(street):
    view = look(street, "2024-09")

    tile = faces.faces(view, ["hotline_volume"])["hotline_volume"]
    words = faces.headline(view, [street.measure("hotline_volume", "2024-09")], "诉求")

    assert judged(view, "2024-09") == "low"
    assert [f"{chip.shape}{chip.words}" for chip in tile.chips] == ["◇偏低"]
    assert "偏低,不是偶然波动(低于正常下限)" in words
    assert tile.marks[-1].special


def test_the_unfinished_month_is_not_judged(street):
    view = look(street, "2024-10")

    tile = faces.faces(view, ["hotline_volume"])["hotline_volume"]

    assert [chip.words for chip in tile.chips] == ["进行中"]


def test_a_new_baseline_steps_the_limits_where_it_begins(office):
    office.place.profile.write_text(NEW, encoding="utf-8")
    orders(office, [*[30, 33] * 6, *[60, 66] * 7])
    view = look(office, "2025-01")

    made = history.charts(view, [VOLUME])["hotline_volume"]
    past = history.histories(view, [VOLUME])["hotline_volume"]
    limits = history.limits(past, made)
    kinds = {found.kind for found in history.statuses(past, made).values()}

    assert limits is not None
    centres = dict(zip([row.group[0] for row in past.rows], limits.centre, strict=True))
    assert (centres["2024-02"] or 0) > 55 > 35 > (centres["2023-02"] or 0)
    assert [phase.reason for phase in made.phases] == ["", "物业投诉并入12345"]
    assert kinds == {"ordinary"}


def test_a_first_month_that_began_in_its_midst_is_no_quiet_month(office):
    rows = [(f"A{n}", f"2023-01-{20 + n % 10} 09:00", "东河社区", "物业管理") for n in range(9)]
    rows += [
        (f"B{at}-{n}", f"{add_months(date(2023, 2, 1), at).replace(day=1 + n % 28)} 09:00", "东河社区", "物业管理")
        for at in range(16)
        for n in range(30)
    ]  # fmt: skip
    office.load(office.table("工单.csv", ("工单编号", "受理时间", "所属社区", "事项类别"), rows))
    view = look(office, "2024-04")

    made = history.charts(view, [VOLUME])["hotline_volume"]

    assert made.phases[0].base[0].code == "2023-02"
    assert judged(view, "2023-01") == "few"


def test_what_is_rare_is_charted_by_the_days_between(office):
    orders(office, [1, 0, 2, 1, 0, 1, 1, 2, 0, 1, 1, 0, 2, 1, 1, 0, 1, 1, 0, 1, 1], step=9)
    view = look(office, "2024-09")

    made = history.charts(view, [VOLUME])["hotline_volume"]

    assert made.waits is not None
    assert made.waits.n == 16
    assert judged(view, "2024-08") == "ordinary"


def test_every_group_knows_its_own_spread(street):
    found = history.parts(look(street, "2024-09"), VOLUME, "category")

    (one,) = found.values()
    assert one.dispersion is not None and one.dispersion >= 1
