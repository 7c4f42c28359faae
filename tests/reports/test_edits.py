"""Sentences that people rewrote: beside the ones the rules make, as long as they are wanted. And the command."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from metrics import Period
from metrics.notebook import Unwritable
from reports import edits
from reports.__main__ import app
from reports.model import Report
from reports.parts import Edit, Sentence, Words

KEY = "overall.volume"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A data directory whose notebook is empty."""
    monkeypatch.setenv("GOVERNANCE_DATA", str(tmp_path))
    return tmp_path


def sentence(report: Report, key: str = KEY) -> Sentence:
    return next(each for each in report.sentences if each.key == key)


def test_an_edit_is_kept_and_forgotten(written, home):
    edits.keep(written, sentence(written), "  诉求499件,开学季入学问题集中。 ")
    edited = written.edited(edits.of(written))

    found = sentence(edited)
    assert found.text == "诉求499件,开学季入学问题集中。"
    assert found.generated == sentence(written).text
    assert found.marks == sentence(written).marks
    assert not found.outdated
    edits.forget(written, KEY)
    assert edits.of(written) == {}


def test_an_edit_belongs_to_one_period_and_place(written, home):
    edits.keep(written, sentence(written), "只在九月。")
    august = Period.parse("2024-08", written.as_of)

    assert edits.of(replace(written, period=august)) == {}
    assert list(edits.of(written)) == [KEY]


def test_writing_the_generated_sentence_back_is_no_edit(written, home):
    edits.keep(written, sentence(written), "改过。")
    edits.keep(written, sentence(written), sentence(written).generated)

    assert edits.of(written) == {}


def test_an_edit_made_on_other_numbers_says_so():
    made = Sentence("a", (Words("受理499件。", (1,)),))
    then = replace(made, edit=Edit("共499件。", "受理499件。"))
    now = replace(made, words=(Words("受理503件。", (1,)),), edit=then.edit)

    assert (then.outdated, then.unfounded) == (False, ())
    assert (now.outdated, now.unfounded) == (True, ("499",))


def test_leaving_chapters_out_renumbers_what_stays(written):
    keys = [*written.chapters["demand"], *written.chapters["places"]]
    kept = written.only(keys)

    assert [number for number, _ in kept.numbered()] == ["一、", "(一)", "(二)", "(三)", "二、", "(一)", "(二)"]  # fmt: skip
    assert set(kept.captions.values()) >= {"表1", "图1"}
    assert len(kept.sources) < len(written.sources)
    assert {mark for s in kept.sentences for mark in s.marks} <= {s.mark for s in kept.sources}


def test_a_damaged_notebook_is_told_and_left_alone(written, home):
    (home / "notebook.sqlite").write_text("not a database")

    with pytest.raises(Unwritable, match="请让维护人员检查"):
        edits.keep(written, sentence(written), "改。")
    assert (home / "notebook.sqlite").read_text() == "not a database"


@pytest.fixture
def office(sample, tmp_path, monkeypatch) -> Path:
    """The sample's snapshot, with a notebook of one's own."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "CURRENT").write_text((sample / "CURRENT").read_text())
    (data / "snapshots").symlink_to(sample / "snapshots")
    monkeypatch.setenv("GOVERNANCE_DATA", str(data))
    return data


def test_the_command_writes_the_files_with_the_edits(written, office, tmp_path):
    edits.keep(written, sentence(written), "共499件,另有42件待核。")
    with sqlite3.connect(office / "notebook.sqlite") as book:
        book.execute("UPDATE edits SET instead_of = '旧句。'")

    out = tmp_path / "out"
    done = CliRunner().invoke(
        app,
        [
            "monthly",
            "--period",
            "2024-09",
            "--out",
            str(out),
            "--format",
            "xlsx",
            "--format",
            "docx",
        ],
    )

    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in out.iterdir()) == [
        "溪北街道-2024-09-通报.docx",
        "溪北街道-2024-09-通报.xlsx",
    ]
    assert "修改后数字有变,请核对:共499件,另有42件待核。" in done.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["quarter", "--period", "2024-09"], "季度写成 2024-Q3"),
        (["monthly", "--period", "2024-Q3"], "月度写成 2024-09"),
        (["monthly", "--format", "ppt"], "没有格式“ppt”"),
        (["monthly", "--period", "2024-09", "--out", "/dev/null/no"], "请换一个目录"),
        (["monthly", "--scope", "无此社区"], "区域台账里没有“无此社区”"),
    ],
)
def test_the_command_says_what_it_needs(office, tmp_path, arguments, words):
    done = CliRunner().invoke(app, [arguments[0], "--out", str(tmp_path / "out"), *arguments[1:]])

    assert words in str(done.exception)
    assert not (tmp_path / "out").exists()
