"""The tree of the model: every system has its place, and says what it is measured by or what it lacks."""

import csv
from pathlib import Path

import pytest
from serving import ROOT

from metrics import Period, Scope, card, current_snapshot, measure
from metrics.labels import code_of
from metrics.measure import part
from metrics.systems import below, systems
from ui.standing import CONNECTED, MISSING, REPORTED, STATES, standings
from ui.state import View

SEED = ROOT.parent / "shared" / "seed" / "seed_systems.csv"
TRANSCRIPT = ROOT / "data" / "sample" / "indicators.csv"


@pytest.fixture(scope="module")
def view(sample: Path) -> View:
    snapshot = current_snapshot(sample)
    return View(snapshot, Period.parse("2024-09", snapshot.as_of), Scope.street(), "环比")


def values(standing):
    return [said.row.value for said in standing.said]


def test_all_109_systems_have_a_place_in_the_tree():
    found = systems()

    assert len(found) == 109
    assert [s.key for s in below("model")] == [
        key for key, s in found.items() if s.key == "model" or s.parent
    ]
    for system in found.values():
        assert system.label and system.does and system.needs
        assert (ROOT / "pages" / f"{system.page}.py").is_file(), system.key
        assert (ROOT / "etl" / "sources" / f"{system.source}.toml").is_file(), system.key


@pytest.mark.skipif(
    not SEED.is_file(), reason="the transcript of the article is not beside a clone"
)
def test_the_tree_is_the_articles():
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}

    found = systems()

    assert found.keys() == rows.keys()
    for key, row in rows.items():
        assert (found[key].label, found[key].parent or "") == (row["label_zh"], row["parent"])


def test_a_system_asks_only_what_its_metrics_can_answer():
    for system in systems().values():
        for asked in system.measures:
            assert set(asked.by) <= set(card(asked.metric).dimensions), system.key


def test_every_reported_figure_belongs_to_a_system():
    with TRANSCRIPT.open(encoding="utf-8", newline="") as file:
        keys = {row["指标编码"] for row in csv.DictReader(file)}

    assert {key for system in systems().values() for key in system.reported} == keys


def test_a_system_is_measured_or_reported_or_without_data(view):
    found = {each.system.key: each for each in standings(view, systems().values())}

    assert {each.state for each in found.values()} == set(STATES)
    assert found["night_school"].state == CONNECTED
    assert values(found["night_school"])[0] == 1
    assert found["reserve_cadre"].state == REPORTED
    assert found["sp_shidu"].state == MISSING


def test_what_did_not_happen_is_zero_and_what_is_withheld_stays_so(view):
    found = {each.system.key: each for each in standings(view, systems().values())}

    assert values(found["salon"]) == [0]
    assert values(found["one_to_one"]) == [None]
    assert all(said.row and said.row.hidden for said in found["one_to_one"].said)


@pytest.mark.parametrize("period", ["2024-09", "2023-02", "2024-W30", "2021-05"])
def test_a_part_that_a_cut_lacks_says_what_a_filter_finds(view, period):
    snapshot = view.snapshot
    asked = {each for system in systems().values() for each in system.measures if each.by}
    when = Period.parse(period, snapshot.as_of)

    lacking = 0
    for metric, by, values in asked:
        group = tuple(code_of(snapshot, *each) for each in zip(by, values, strict=True))
        cut = measure(metric, when, by=by, snapshot=snapshot)
        where = dict(zip(by, group, strict=True))
        if cut.row(*group) is None:
            lacking += 1
            alone = measure(metric, when, where=where, snapshot=snapshot).total
            found = part(cut, group, snapshot)
            assert found._replace(group=(), labels=()) == alone, (metric, values)
    assert lacking


def test_a_reported_figure_keeps_its_words(view):
    said = {figure.key: figure.text for figure in view.snapshot.indicators()}

    assert said["night_school_attend"] == "800余人次"
    assert said["fixed_investment"] == "近1亿元"
    assert said["pop_university"] == "近5万人"
    assert said["health_check_attend"] == "无确切数"
    assert said["model_start_year"] == "2023年"
