"""What `make` puts together: loading knows no metrics, and is not begun on a wrong card."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serving import ROOT

from metrics.library import FOLDER

ORDERS = "工单编号,受理时间,承办单位,事项类别\nG1,2024-09-03 11:26,区住建局,物业管理\nG2,不是日期,区住建局,物业管理\n"
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def load(tmp_path: Path, cards: Path) -> subprocess.CompletedProcess[str]:
    """`make load` of one file, on what is installed here."""
    orders, bin = tmp_path / "工单.csv", Path(sys.executable).parent
    orders.write_text(ORDERS, encoding="utf-8")
    data = {"GOVERNANCE_DATA": str(tmp_path / "data"), "GOVERNANCE_CARDS": str(cards)}
    return subprocess.run(
        ["make", "-o", f"{bin}/.run", "load", f"BIN={bin}", f"FILES={orders}"],
        cwd=ROOT,
        env=os.environ | data,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_wrong_card_refuses_a_load_as_it_refuses_the_start(tmp_path):
    cards = tmp_path / "cards"
    shutil.copytree(FOLDER, cards)
    hotline = (cards / "hotline.toml").read_text(encoding="utf-8")
    (cards / "hotline.toml").write_text(
        hotline.replace("COALESCE(returned, FALSE)", "COALESCE(retunred, FALSE)", 1)
    )

    done = load(tmp_path, cards)

    assert done.returncode != 0
    assert "口径卡有1处错误,没有启动" in done.stderr
    assert "hotline.toml 第28行" in done.stderr
    assert "是否要用“returned”" in done.stderr
    assert "读取" not in done.stdout
    assert not (tmp_path / "data" / "CURRENT").exists()


def test_a_file_with_a_bad_row_is_loaded_and_the_cards_hold_on_what_it_made(tmp_path):
    done = load(tmp_path, FOLDER)

    assert done.returncode == 0, done.stderr
    assert "读取 2 = 新增 1 + 更新 0 + 未变 0 + 重复 0 + 未加载 1" in done.stdout
    assert done.stdout.count("口径卡没有错误") == 2
    assert (tmp_path / "data" / "CURRENT").exists()
