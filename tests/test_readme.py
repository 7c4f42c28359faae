"""What the README tells a stranger to write works as it is written."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from serving import ROOT
from typer.testing import CliRunner

import etl.__main__
import metrics.__main__

FILE = """检查单号,检查日期,社区,发现隐患数,已整改数
J1,2024-09-03,吉麟社区,5,4
J2,2024-09-13,养牛社区,3,3
J3,2024-09-14,养牛社区,2,3
"""


class Scratch:
    """The project's two rooms that know about data, in a folder to write into."""

    def __init__(self, folder: Path):
        self.folder = folder
        for room in ("etl", "metrics", "data/reference"):
            shutil.copytree(
                ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__")
            )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.folder,
            env=os.environ | {"GOVERNANCE_DATA": str(self.folder / "office")},
            capture_output=True,
            text=True,
        )


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


def example(start):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(rf"^    {re.escape(start)}.*?(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    assert block, start
    return textwrap.dedent(block[0]).split("\npython -m")[0]


def test_a_source_and_a_metric_are_added_in_one_place_each(scratch):
    (scratch.folder / "etl/sources/inspections.toml").write_text(example('label = "消防安全检查"'))
    (scratch.folder / "metrics/cards/inspections.toml").write_text(example("# metrics/cards/"))
    (scratch.folder / "检查.csv").write_text(FILE)

    loaded = scratch.run("etl", "load", "检查.csv")
    measured = scratch.run(
        *("metrics", "measure", "inspection_hazards_fixed", "--period", "2024-09"),
        *("--format", "csv"),
    )

    assert "读取 3 = 新增 2 + 更新 0 + 未变 0 + 重复 0 + 未加载 1" in loaded.stdout
    assert "已整改数大于发现隐患数" in loaded.stdout
    assert measured.stdout.splitlines()[1].startswith("7,8,0.875,")


def test_every_command_of_the_readme_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"python -m (etl|metrics) (\w+)", text))

    assert ("etl", "explain") in commands
    for room, command in commands:
        app = {"etl": etl.__main__.app, "metrics": metrics.__main__.app}[room]
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0, command


def test_every_file_the_documents_point_at_is_there():
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
