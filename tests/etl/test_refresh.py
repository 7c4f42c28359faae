"""After an upgrade the snapshot is made anew; until then nothing starts on one that lacks a column."""

import os
import subprocess
import sys

import duckdb
import pytest
from serving import ROOT

from etl.load import refresh

ORDERS = """工单编号,受理时间,办结时间,截止时间,诉求分类
HX001,2024-09-01 09:00,2024-09-02 09:00,2024-09-06 09:00,噪声扰民
HX002,2024-09-03 09:00,,2024-09-08 09:00,噪声扰民
"""


@pytest.fixture
def upgraded(office):
    """An office whose snapshot was made before a column was known."""
    office.load(office.write("工单.csv", ORDERS), source="hotline")
    made = office.place.snapshots / office.place.pointer.read_text().strip()
    with duckdb.connect(made) as con:
        con.execute("ALTER TABLE hotline DROP COLUMN repeated_in")
        con.execute("UPDATE meta SET value = 'earlier' WHERE key = 'recipe'")
    return office


@pytest.fixture
def run(office):
    def run_(*words):
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, "GOVERNANCE_DATA": str(office.place.root), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run_


def test_nothing_starts_on_a_snapshot_that_lacks_a_column_and_it_is_said_what_to_do(run, upgraded):
    for words in (("-m", "metrics", "list"), ("-m", "streamlit", "run", "app.py")):
        done = run(*words)

        assert done.returncode != 0
        assert "缺少hotline.repeated_in" in done.stdout + done.stderr
        assert "python -m etl refresh" in done.stdout + done.stderr


def test_the_snapshot_is_made_anew_from_the_same_records_once(run, upgraded):
    old = upgraded.place.pointer.read_text()

    done = run("-m", "etl", "refresh")

    assert done.returncode == 0, done.stderr
    assert upgraded.place.pointer.read_text() != old
    assert upgraded.measure("hotline_volume", "2024-09").total.numerator == 2
    assert refresh(place=upgraded.place) is None


def test_where_nothing_was_loaded_nothing_is_made(office):
    assert refresh(place=office.place) is None
    assert not office.place.store.exists()
