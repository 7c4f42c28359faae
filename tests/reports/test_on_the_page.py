"""The page of a report shows the tables and charts that its files will hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from inside import enter, said, turn
from plotly.graph_objects import Figure

from reports.model import Report
from reports.parts import Chart, Series
from ui.printed import figure

SHARES = Chart(
    "on-time", "bars", "甲社区较差", "按时办结率 · 按社区", ("甲社区", "乙社区", "丙社区"),
    (Series("按时办结率", (0.5, None, 0.9), ("50.0%", "已隐藏", "90.0%"), (0.4, None, 0.8), (0.6, None, 0.95)),),
    "%", "share", (1,),
)  # fmt: skip
MONTHS = Chart(
    "trend", "columns", "受理3件", "诉求受理量 · 按月", ("24年8月", "24年9月", "24年10月"),
    (Series("诉求受理量", (5, 4, 3), ("5件", "4件", "3件")),), "件", "count", (1,),
    focus=(0, 1), unfinished=(2,),
)  # fmt: skip


@pytest.fixture
def page(sample: Path, monkeypatch):
    return turn(enter(sample, monkeypatch, {"period": "2024-09"}), "briefing")


def test_every_table_is_whole_on_the_page(written: Report, page):
    shown = [block.proto.body for block in page.get("html")]

    for table in written.tables:
        (found,) = [html for html in shown if table.caption in html]
        assert found.count("<tr>") == len(table.rows) + 1
        for row in table.rows:
            assert all(cell.text in found for cell in row)


def test_every_chart_stands_with_its_finding(written: Report, page):
    told = said(page).replace("\\", "")

    for chart in written.charts:
        assert f"{written.captions[chart.key]} {chart.title}" in told


def test_the_charts_hold_the_numbers_of_the_report(written: Report):
    for chart in written.charts:
        drawn = figure(chart)
        Figure(drawn)  # plotly checks every property
        (series,) = chart.series
        way = "y" if chart.shape != "bars" else "x"
        values = [
            value
            for trace in drawn["data"]
            if trace["type"] == "bar" or trace.get("mode") == "markers"
            for value in trace[way]
        ]
        assert values == [v for v in series.values if v is not None or chart.shape != "bars"]


def test_an_interval_is_drawn_and_what_is_withheld_says_so():
    drawn = figure(SHARES)

    spans, points = drawn["data"]
    assert spans["x"] == [0.4, 0.6, None, 0.8, 0.95, None]
    assert points["x"] == [0.5, 0.9]
    assert "已隐藏" in {note["text"] for note in drawn["layout"]["annotations"]}
    assert drawn["layout"]["xaxis"]["tickformat"] == ".0%"


def test_all_months_of_a_quarter_are_picked_out_and_an_open_one_is_hatched():
    bars = figure(MONTHS)["data"][0]
    pale = figure(replace(MONTHS, focus=()))["data"][0]["marker"]["color"][0]

    assert bars["marker"]["color"][0] == bars["marker"]["color"][1] != pale
    assert bars["marker"]["pattern"]["shape"] == ["", "", "/"]


def test_rates_over_time_are_a_line():
    line = figure(replace(MONTHS, shape="lines", kind="share", unit="%"))["data"][-1]

    assert (line["mode"], line["y"]) == ("lines+markers", [5, 4, 3])
