import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.__main__ import app
from etl.catalog import sources

ROOT = Path(__file__).resolve().parents[2]
HEADER = ("工单编号", "受理时间", "承办单位", "事项类别")
GOOD = ("G1", "2024-09-03 11:26", "区住建局", "物业管理")
BAD = ("G2", "不是日期", "区住建局", "物业管理")


@pytest.fixture
def etl(office, monkeypatch):
    """python -m etl … in this office."""
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))

    def run(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_load_prints_the_equation_and_says_by_its_status_how_it_went(etl, office):
    good = etl("load", office.table("一.csv", HEADER, [GOOD]))
    assert good.exit_code == 0
    assert "读取 1 = 新增 1 + 更新 0 + 未变 0 + 重复 0 + 未加载 0" in good.output
    assert "第 1 批已加载" in good.output

    some = etl("load", office.table("二.csv", HEADER, [GOOD, BAD]))
    assert some.exit_code == 1
    assert "未加载 1 行:受理时间无法识别为日期" in some.output
    assert "python -m etl rejects 2 --out 未加载.xlsx" in some.output

    none = etl("load", office.table("三.csv", ("甲", "乙"), [("1", "2")]))
    assert none.exit_code == 2
    assert "没有加载任何文件" in none.output


def test_a_dry_run_says_that_nothing_was_saved(etl, office):
    result = etl("load", office.table("一.csv", HEADER, [GOOD]), "--dry-run")

    assert result.exit_code == 0
    assert "以上为试算,什么也没有保存" in result.output
    assert "还没有加载过数据" in etl("batches").output
    assert "还没有快照" in etl("snapshots").output


def test_a_bad_map_is_an_answer_not_a_traceback(etl, office):
    bad = office.write("layout.toml", 'source = "hotline"\n[feilds]\norder_no = "甲"\n')

    result = etl("load", office.table("一.csv", HEADER, [GOOD]), "--map", bad)

    assert result.exit_code == 2
    assert "✗" in result.output
    assert "fields" in result.output


def test_batches_undo_rejects_snapshots_and_use(etl, office, tmp_path):
    etl("load", office.table("一.csv", HEADER, [GOOD]))
    etl("load", office.table("二.csv", HEADER, [GOOD, BAD]))

    listed = etl("batches").output
    assert "一.csv" in listed
    assert "二.csv" in listed

    out = tmp_path / "未加载.xlsx"
    assert "第 2 批有 1 行未加载" in etl("rejects", 2, "--out", out).output
    assert out.exists()

    names = [line.split()[0] for line in etl("snapshots").output.splitlines() if "-" in line]
    names = [name for name in names if name[0] == "2"]
    assert len(names) == 2
    assert f"当前快照 {names[1]}" in etl("use", names[1]).output

    assert "第 2 批已撤销" in etl("undo", 2).output
    again = etl("undo", 2)
    assert again.exit_code == 2
    assert "不能再次撤销" in again.output
    assert "已撤销" in etl("batches").output


def test_sources_lists_every_field_with_its_words(etl):
    listed = etl("sources").output

    for source in sources().values():
        assert source.label in listed
        assert all(field.name in listed for field in source.fields)
    assert "非常满意" in listed


def test_explain_says_what_would_be_understood_and_loads_nothing(etl, office):
    result = etl("explain", office.table("一.csv", HEADER, [GOOD]))

    assert result.exit_code == 0
    assert "工单编号" in result.output
    assert not office.place.store.exists()


def test_every_command_explains_itself_in_chinese(etl):
    overview = etl("--help").output
    commands = ("load", "sample", "batches", "undo", "rejects", "snapshots", "use", "sources")
    for command in (*commands, "explain"):
        assert command in overview
        assert any("\u4e00" <= letter <= "\u9fff" for letter in etl(command, "--help").output)


def test_it_starts_as_a_module_and_reads_its_directory_from_the_environment(office):
    file = office.table("一.csv", HEADER, [GOOD])

    done = subprocess.run(
        [sys.executable, "-m", "etl", "load", str(file)],
        cwd=ROOT,
        env=os.environ | {"GOVERNANCE_DATA": str(office.place.root), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0
    assert "读取 1 = 新增 1" in done.stdout
    assert office.place.pointer.exists()


def test_sample_loads_what_comes_with_the_program_and_marks_it(etl, office, monkeypatch):
    monkeypatch.setattr("etl.load.SAMPLE", office.files)
    office.table("一.csv", HEADER, [GOOD])

    result = etl("sample")

    assert result.exit_code == 0
    assert "读取 1 = 新增 1" in result.output
    assert office.snapshot.demo
