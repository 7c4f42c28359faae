"""Every file that leaves has a line: when, in which role, of which period, place and snapshot."""

from pathlib import Path

import pytest
from inside import enter, texts, turn
from typer.testing import CliRunner

from metrics import notebook
from reports import handed
from reports.__main__ import app
from reports.model import Report
from ui import briefing


@pytest.fixture
def office(sample: Path, tmp_path, monkeypatch) -> Path:
    """The sample's snapshot, with a notebook of one's own."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "CURRENT").write_text((sample / "CURRENT").read_text())
    (data / "snapshots").symlink_to(sample / "snapshots")
    monkeypatch.setenv("GOVERNANCE_DATA", str(data))
    return data


@pytest.fixture
def damaged(office: Path) -> Path:
    (office / notebook.FILE).write_text("not a database")
    return office


def test_a_file_that_is_taken_has_a_line(written: Report, office):
    report = written.only(["overall", "units"])
    before = handed.latest()

    assert [handed.note(report, "甲.docx", "领导") for _ in range(2)] == ["", ""]

    first, second = handed.latest()
    assert before == []
    assert (first.role, first.file, first.period, first.place) == ("领导", "甲.docx", "2024-09", "溪北街道")  # fmt: skip
    assert (first.filters, first.snapshot) == ("overall units", written.snapshot)
    assert second.at <= first.at
    assert handed.latest(1) == [first]


def test_the_command_writes_the_file_and_says_that_no_line_was_kept(damaged, tmp_path):
    out = tmp_path / "out"
    done = CliRunner().invoke(
        app,
        ["monthly", "--period", "2024-09", "--out", str(out), "--format", "xlsx", "--generated"],
    )

    assert done.exit_code == 0, done.output
    assert [path.suffix for path in out.iterdir()] == [".xlsx"]
    assert "但这次下载没有记下" in done.output


def test_the_page_gives_its_files_and_says_that_no_line_was_kept(damaged, monkeypatch):
    monkeypatch.setattr(briefing, "WRITERS", {"xlsx": briefing.WRITERS["xlsx"]})
    page = turn(enter(damaged, monkeypatch, {"period": "2024-09"}), "briefing")
    assert any("下面都是原句" in str(each) for each in texts(page))

    next(button for button in page.button if button.label == "生成文件").click().run()

    page.download_button(key="file-xlsx").click().run()

    assert any("但这次下载没有记下" in str(each) for each in texts(page))
    assert not page.exception
