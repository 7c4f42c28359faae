"""A trend over a change of definition: each month by the version of its day, and never a line across."""

import io

import pytest
from python_calamine import CalamineWorkbook

from metrics import Period, Scope, Snapshot, current_snapshot, measure
from ui import data, editions
from ui.charts import Limits, trend_bars, trend_line
from ui.downloads import as_csv, as_xlsx
from ui.state import View

SATISFIED = "hotline_satisfied_explicit"


@pytest.fixture(scope="module")
def snapshot(sample) -> Snapshot:
    return current_snapshot(sample)


def course(snapshot: Snapshot, first: str, last: str, metric: str = SATISFIED) -> editions.Course:
    """Two months and all between them."""
    period = Period("custom", Period.parse(first, snapshot.as_of).start, Period.parse(last, snapshot.as_of).end, snapshot.as_of)  # fmt: skip
    view = View(snapshot, period, Scope.street(), "环比")
    return editions.course(view, data.measured(view, [metric], by=("month",))[metric], None)


def test_each_month_is_measured_by_the_version_in_force_on_its_first_day(snapshot):
    found = course(snapshot, "2024-05", "2024-08")

    assert [(each.card.version, [row.group[0] for row in each.rows]) for each in found.measured] == [
        (1, ["2024-05", "2024-06"]),
        (2, ["2024-07", "2024-08"]),
    ]  # fmt: skip
    for month, version in (("2024-06", 1), ("2024-07", 2)):
        alone = measure(
            SATISFIED, Period.parse(month, snapshot.as_of), version=version, snapshot=snapshot
        )
        [mark] = [mark for mark in found.marks({}) if mark.key == month]
        assert mark.value == alone.total.value


def test_the_line_breaks_there_and_a_flag_says_which_version_begins(snapshot):
    found = course(snapshot, "2024-05", "2024-08")

    drawn = trend_line(found.marks({}), unit="满意率", breaks=found.breaks)

    lines = [trace for trace in drawn["data"] if trace["mode"] == "lines+markers"]
    assert [trace["x"] for trace in lines] == [["2024-05", "2024-06"], ["2024-07", "2024-08"]]
    [words] = [note["text"] for note in drawn["layout"]["annotations"]]
    assert words == "口径第2版自2024年7月起"
    [rule] = drawn["layout"]["shapes"]
    assert rule["x0"] == rule["x1"] == 1.5  # between the second and the third month
    assert "前后不可比" in found.notes[0]


def test_bars_get_the_rule_and_the_words_too(snapshot):
    found = course(snapshot, "2024-05", "2024-08")

    drawn = trend_bars(found.marks({}), unit="件", breaks=found.breaks)

    assert len(drawn["layout"]["shapes"]) == 1
    assert len(drawn["data"][0]["x"]) == 4


@pytest.mark.parametrize("months", [("2024-07", "2024-09"), ("2024-09", "2024-09")])
def test_within_one_version_nothing_breaks(months, snapshot):
    found = course(snapshot, *months)

    assert (found.plain, found.breaks, found.notes) == (True, [], [])


def test_before_the_change_all_months_are_by_the_version_of_then(snapshot):
    found = course(snapshot, "2024-01", "2024-03")

    assert [each.card.version for each in found.measured] == [1]
    assert found.breaks == []
    assert found.limits(Limits([0.9] * 3, [0.8] * 3, [1.0] * 3)) is None
    assert found.notes == ["图中按当时的第1版口径;标题按现行的第2版,两者不可比。"]


def test_limits_stand_only_beside_the_version_they_were_worked_out_for(snapshot):
    found = course(snapshot, "2024-05", "2024-08")

    kept = found.limits(Limits([0.9] * 4, [0.8] * 4, [1.0] * 4))

    assert kept == Limits([None, None, 0.9, 0.9], [None, None, 0.8, 0.8], [None, None, 1.0, 1.0])


def test_a_downloaded_trend_names_the_version_of_each_row(snapshot):
    sheet = course(snapshot, "2024-05", "2024-08").sheet()

    rows = as_csv(sheet).decode("utf-8-sig").splitlines()
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(sheet)))
    notes = [line for [line] in book.get_sheet_by_name("说明").to_python()]

    assert [row.rpartition(",")[2] for row in rows] == [
        "口径编号", f"{SATISFIED}@1", f"{SATISFIED}@1", f"{SATISFIED}@2", f"{SATISFIED}@2",
    ]  # fmt: skip
    assert f"口径编号:{SATISFIED}@1、{SATISFIED}@2" in notes


def test_two_versions_over_one_period_stand_beside_each_other_with_what_differs(snapshot):
    view = View(snapshot, Period.parse("2024-09", snapshot.as_of), Scope.street(), "环比")

    said, rows = editions.side_by_side(view, editions.versions(SATISFIED)[2], (1, 2))

    items = [row["项"].replace("\u2060", "") for row in rows]
    assert items == ["2024年9月的数", "分子/分母", "95%区间", "说的是什么", "分子"]
    old, new = list(rows[1].values())[1:]
    assert old.split("/")[1] == new.split("/")[1]  # the base is the same
    assert int(old.split("/")[0]) > int(new.split("/")[0])
    assert said.startswith("同一期间(2024年9月),第2版与第1版相差−")
    assert said.endswith("只是算法不同,不说明工作好坏")
