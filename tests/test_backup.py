"""The notebook copied while it is in use, checked, and put back."""

import shutil
import sqlite3
from datetime import date

import pytest
from typer.testing import CliRunner

from metrics import Period, notebook
from reports.__main__ import app
from reports.backup import BackupFailed, backup
from reports.decisions import decide, decisions


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path


def write(text):
    start = Period.parse("2024-09", date(2024, 10, 24))
    return decide(text, "党政办", date(2024, 12, 31), "hotline_volume", start, "low", 20)


def test_a_backup_holds_what_was_there_and_can_be_put_back(kept):
    write("加装路灯")
    done = CliRunner().invoke(app, ["backup", str(kept / "u盘" / "备份")])
    write("后来的")

    assert done.exit_code == 0, done.output
    (copy,) = (kept / "u盘" / "备份").iterdir()
    assert copy.name.startswith("notebook-20")
    assert str(copy) in done.output
    shutil.copy(copy, notebook.path())
    assert [each.text for each in decisions()] == ["加装路灯"]


def test_a_backup_is_taken_while_someone_is_writing(kept):
    write("加装路灯")
    with sqlite3.connect(notebook.path(), isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE decisions SET text = '半句'")
        copy = backup(kept / "copies")
        writer.execute("ROLLBACK")

    with sqlite3.connect(copy) as book:
        assert book.execute("SELECT text FROM decisions").fetchall() == [("加装路灯",)]


def test_nothing_to_copy_or_nowhere_to_copy_it_is_said_and_leaves_nothing(kept):
    nothing = CliRunner().invoke(app, ["backup", str(kept / "copies")])
    assert nothing.exit_code == 1
    assert "还没有可备份的内容" in nothing.output
    assert not (kept / "copies").exists()

    notebook.path().write_bytes(b"not a database at all" * 200)
    with pytest.raises(BackupFailed, match="备份没有成功"):
        backup(kept / "copies")
    assert list((kept / "copies").iterdir()) == []
    (kept / "file").touch()
    with pytest.raises(BackupFailed, match="写入权限"):
        backup(kept / "file")
