"""Every card, every cut it allows, at three lengths of period: an answer in Chinese, never an error."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from metrics import Period, Snapshot, cards, current_snapshot, measure
from metrics.api import answer
from metrics.words import value_text

# Scripts outside rely on these names.
FIXED = {
    "case": "count closure_accepted closure_due on_time_due on_time_closed mediation_success open",
    "hotline": "volume closure_accepted closure_due on_time_due on_time_closed resolved satisfied_explicit "
    "satisfied_complement rated return repeat",
    "coverage": "known fresh visited helped",
    "activity": "sessions attendances people monthly_compliance",
    "grid": "staffing party_group",
}
DIMENSIONS = (
    "region community grid kind category unit channel nature result satisfaction team system group "
    "day week month quarter year"
)
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


def test_the_ids_and_dimensions_that_scripts_rely_on_exist():
    for table, names in FIXED.items():
        assert {f"{table}_{name}" for name in names.split()} <= set(cards())
    assert set(DIMENSIONS.split()) <= {
        name for card in cards().values() for name in card.dimensions
    }


@pytest.mark.parametrize("metric", cards())
def test_a_card_says_who_owns_it_and_answers_every_cut_it_allows(metric, street):
    card = cards()[metric]
    assert all(CHINESE.search(text) for text in (card.label, card.meaning, card.owner, card.word))
    assert card.review > card.effective
    for code in ("2024-08", "2024-Q3", "2024"):
        for by in ((), *((name,) for name in card.dimensions)):
            rows = measure(metric, Period.parse(code, street.as_of), by=by, snapshot=street).rows
            for row in rows:
                assert value_text(card, row)
                assert not row.hidden or (row.numerator, row.denominator, row.value) == (None,) * 3
                ends = [end for end in (row.low, row.value, row.high) if end is not None]
                assert ends == sorted(ends)
                if card.unit == "share" and row.value is not None and card.tier == "T0":
                    assert 0 <= row.value <= 1


def command(street: Snapshot, *words: str) -> subprocess.CompletedProcess[str]:
    root = str(street.path.parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "metrics", *words],
        cwd=Path(__file__).parents[2],
        env={"GOVERNANCE_DATA": root, "PATH": "", "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_the_command_line_prints_the_same_numbers_in_three_forms(street):
    asked = ["measure", "hotline_closure_accepted", "--by", "community", "--by", "month", "--where", "nature=投诉",
             "--from", "2024-07-01", "--to", "2024-08-31", "--as-of", "2024-09-30", "--version", "1"]  # fmt: skip
    table, text, found = (command(street, *asked, "--format", f) for f in ("table", "csv", "json"))
    rows = json.loads(found.stdout)["rows"]

    assert [run.returncode for run in (table, text, found)] == [0, 0, 0]
    assert text.stdout.splitlines()[0].startswith("community,month,numerator,denominator,value,low")
    assert len(text.stdout.splitlines()) == len(rows) + 1 >= 19
    assert "办结率(受理口径)" in table.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("measure", "hotline_volum"),
        ("measure", "hotline_volume", "--by", "colour"),
        ("measure", "hotline_volume", "--period", "2024-13"),
        ("measure", "hotline_volume", "--where", "unit"),
        ("measure", "hotline_volume", "--version", "9"),
        ("measure", "team_jobs_placed", "--by", "team"),
        ("show", "nothing"),
    ],
)
def test_a_wrong_question_is_refused_in_chinese(street, words):
    run = command(street, *words)

    assert run.returncode != 0
    assert CHINESE.search(run.stderr)
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("metric", "cut"),
    [
        ("team_elders_followed", {}),
        ("activity_people", {"where": "system=1对1跟踪服务"}),
        ("activity_people", {"by": "system"}),
    ],
)
def test_six_elders_are_hidden_on_every_surface_and_under_every_card(street, metric, cut):
    words = [word for name, value in cut.items() for word in (f"--{name}", value)]
    table = command(street, "measure", metric, "--period", "2024", *words)
    status, body = answer(metric, {"period": "2024", **cut}, street)
    by = (cut["by"],) if "by" in cut else ()
    where = dict([cut["where"].split("=")]) if "where" in cut else {}
    frame = measure(
        metric, Period.parse("2024", street.as_of), by=by, where=where, snapshot=street
    ).frame()

    assert "已隐藏" in table.stdout
    assert status == 200
    rows = [row for row in body["rows"] if not by or row["system"] == "1对1跟踪服务"]
    assert [(row["hidden"], row["numerator"], row["value"]) for row in rows] == [(True, None, None)]
    shown = frame if not by else frame[frame["system"] == "1对1跟踪服务"]
    assert shown["hidden"].all()
    assert shown["numerator"].isna().all()


def test_a_sensitive_count_is_hidden_whether_or_not_anyone_was_there(street):
    """未上报 in one quarter and 已隐藏 in another would say when it happened."""
    texts = {
        value_text(m.card, m.total)
        for code in ("2023", "2023-Q4", "2024-Q2", "2024-Q3", "2024")
        for m in [
            measure(
                "team_elders_followed", Period.parse(code, street.as_of), snapshot=street
            )
        ]
    }  # fmt: skip
    assert texts == {"已隐藏"}
