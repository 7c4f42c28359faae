"""A card with an error is refused before anything starts: the file, the line, what was probably meant."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving import ROOT

from metrics import Snapshot, checking, current_snapshot
from metrics.faults import BadCards
from metrics.library import FOLDER
from metrics.lines import Lines

CARDS = """\
label = "12345热线工单"
table = "hotline"

[dimensions]
unit = "unit"

[dates]
accepted = "accepted_at"

[terms]
invalid = "NOT COALESCE(valid, TRUE)"
taken = "NOT invalid"
closed = "COALESCE(closed_at < $cut, FALSE)"

[exclusions]
invalid = "无效工单"

[remarks]
left = { sql = "count(*) FILTER (WHERE invalid)", text = "另有无效 {n} 件" }

[defaults]
version = 1
date = "accepted"
word = "件"
direction = "higher"
minimum_n = 10
effective = 2024-01-01
owner = "街道综治中心"
review = 2025-01-01

[cards.closure]
label = "办结率"
version = 2
effective = 2024-07-01
meaning = "受理的工单中已办结的比例。"
numerator = "count(*) FILTER (WHERE taken AND closed)"
numerator_label = "已办结件数"
denominator = "count(*) FILTER (WHERE taken)"
denominator_label = "受理件数"
unit = "share"
remarks = ["left"]

[cards.closure.earlier.1]
effective = 2024-01-01
numerator = "count(*) FILTER (WHERE closed)"

[cards.volume]
label = "受理量"
meaning = "受理的件数。"
numerator = "count(*) FILTER (WHERE taken)"
numerator_label = "受理件数"
unit = "count"
"""

# What is written instead of what; the line it is told at; words that must be in the message.
WRONG = {
    "invalid TOML": ('word = "件"', 'word = "件', 24, ["不是合法的 TOML"]),
    "a table written twice": ("[exclusions]", "[dates]", 15, ["同一个名字写了两次", "[dates]"]),
    "an unknown word in the file": ('table = "hotline"', 'tabel = "hotline"', 2, ["“tabel”", "是否要用“table”"]),
    "an unknown word on a card": ('meaning = "受理的件数', 'meanning = "受理的件数', 49, ["“meanning”", "“meaning”"]),
    "a missing word": ('numerator_label = "受理件数"\n', "", 47, ["[cards.volume]", "缺少 numerator_label"]),
    "a rate without a denominator": (
        'denominator = "count(*) FILTER (WHERE taken)"\ndenominator_label = "受理件数"\n', "", 31, ["比例没有分母", "denominator"],
    ),
    "an unknown column in a term": ("NOT COALESCE(valid,", "NOT COALESCE(vaild,", 11, ["“vaild”", "是否要用“valid”"]),
    "an unknown column in a dimension": ('unit = "unit"', 'unit = "unti"', 5, ["“unti”", "“unit”"]),
    "an unknown column as a date": ('"accepted_at"', '"acepted_at"', 8, ["“acepted_at”", "“accepted_at”"]),
    "an unknown term on a card": ("(WHERE taken AND closed)", "(WHERE takn AND closed)", 36, ["“takn”", "“taken”"]),
    "an unknown term in an earlier version": ("(WHERE closed)", "(WHERE clsoed)", 45, ["[cards.closure.earlier.1]", "“closed”"]),
    "an unknown date": ('date = "accepted"', 'date = "acepted"', 23, ["“acepted”", "“accepted”"]),
    "an unknown remark": ('remarks = ["left"]', 'remarks = ["letf"]', 41, ["“letf”", "“left”"]),
    "an unknown parameter": ("$cut", "$cutt", 13, ["“$cutt”", "“cut”"]),
    "an unknown function": ("(WHERE taken AND closed)", "(WHERE taken AND dat_diff(closed))", 36, ["函数“dat_diff”", "“date_diff”"]),
    "an unknown table": ('table = "hotline"', 'table = "hotlin"', 2, ["“hotlin”这张表", "“hotline”"]),
    "brackets that do not match": ("(WHERE taken AND closed)", "(WHERE taken AND (closed)", 36, ["括号没有配对"]),
    "quotes that do not match": ("(WHERE taken AND closed)", "(WHERE taken AND result = 'x)", 36, ["单引号没有配对"]),
    "a word too many in SQL": ("(WHERE taken AND closed)", "(WHERE taken AND AND closed)", 36, ["SQL 写错了", "“AND”"]),
    "a numerator that is no sum": ('numerator = "count(*) FILTER (WHERE closed)"', 'numerator = "closed"', 45, ["不是汇总"]),
    "a base that nobody knows": (
        'numerator = "count(*) FILTER (WHERE closed)"', 'denominator = "residens"', 45, ["“residens”", "“residents”"],
    ),
    "two metrics of one name": ('label = "受理量"', 'label = "办结率"', 48, ["“办结率”已用于 hotline.toml 第31行"]),
    "a version without its date": ("[cards.closure.earlier.1]\neffective = 2024-01-01", "[cards.closure.earlier.1]", 43, ["第1版没有写生效日期"]),
    "the newest version without its date": ("version = 2\neffective = 2024-07-01", "version = 2", 33, ["第2版要在自己下面写生效日期"]),
    "versions that overlap": ("effective = 2024-07-01", "effective = 2024-01-01", 44, ["两版重叠"]),
    "an end that overlaps": (
        "earlier.1]\neffective = 2024-01-01", "earlier.1]\neffective = 2024-01-01\nuntil = 2024-07-15", 45, ["两版重叠", "应到2024-06-30为止"],
    ),
    "an end that leaves a gap": (
        "earlier.1]\neffective = 2024-01-01", "earlier.1]\neffective = 2024-01-01\nuntil = 2024-05-31", 45, ["中间没有口径", "2024-06-30"],
    ),
    "a version number that is not earlier": ("earlier.1]", "earlier.3]", 43, ["小于2的整数", "“3”"]),
    "a review before it begins": ("review = 2025-01-01", "review = 2023-01-01", 29, ["复核日期2023-01-01", "晚于生效日期"]),
    "an exclusion that names no term": ('[exclusions]\ninvalid', '[exclusions]\ninvalidd', 16, ["“invalidd”", "“invalid”"]),
    "an unknown unit": ('unit = "count"', 'unit = "cuont"', 52, ["“cuont”", "“count”"]),
    "an unknown tier": ('unit = "count"', 'unit = "count"\ntier = "TO"', 53, ["“TO”", "T0、T1、T2"]),
    "an unknown direction": ('direction = "higher"', 'direction = "hihger"', 25, ["“hihger”", "“higher”"]),
    "an unknown interval": ('unit = "count"', 'unit = "count"\ninterval = "wilsn"', 53, ["“wilsn”", "“wilson”"]),
    "an unknown time basis": ('unit = "count"', 'unit = "count"\nbasis = "B8"', 53, ["“B8”", "B1、B2、B3、B4、B5、B6、B7"]),
    "an unknown clock": ('unit = "count"', 'unit = "count"\nclock = "workin"', 53, ["“workin”", "“working”"]),
    "a successor that is not there": ('unit = "count"', 'unit = "count"\nthen = "closur"', 53, ["“closur”", "“closure”"]),
    "a successor that leads back": ('unit = "count"', 'unit = "count"\nthen = "volume"', 53, ["绕了回来", "volume → volume"]),
    "a date in quotes": ("review = 2025-01-01", 'review = "2025-01-01"', 29, ["应为日期", "2024-10-24"]),
}  # fmt: skip


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "hotline.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_file_that_is_broken_below_is_whole(tmp_path):
    assert checking.check(where=folder(tmp_path, CARDS)) == []


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_told_with_its_file_its_line_and_what_was_meant(fault, tmp_path):
    old, new, line, words = WRONG[fault]
    assert CARDS.count(old) >= 1

    [found] = checking.check(where=folder(tmp_path, CARDS.replace(old, new, 1)))

    assert (found.file, found.line) == ("hotline.toml", line)
    assert [word for word in words if word not in str(found)] == []


def test_two_files_that_define_one_metric_are_told_where_the_other_is(tmp_path):
    (tmp_path / "zzz.toml").write_text(CARDS.replace("办结率", "另一个"), encoding="utf-8")

    found = checking.check(where=folder(tmp_path, CARDS))

    assert [(fault.file, fault.line) for fault in found] == [("zzz.toml", 31), ("zzz.toml", 47)]
    assert "指标“closure”已在 hotline.toml 第31行" in found[0].words


def test_a_broken_term_is_told_once_and_not_at_every_card_that_uses_it(tmp_path):
    broken = CARDS.replace("closed_at < $cut", "closd_at < $cut")

    [found] = checking.check(where=folder(tmp_path, broken))

    assert found.line == 13 and "是否要用“closed_at”" in found.words


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "broken.toml").write_text("label = ", encoding="utf-8")
    text = CARDS.replace('unit = "count"', 'unit = "cuont"').replace(
        "(WHERE closed)", "(WHERE clsoed)"
    )

    found = checking.check(where=folder(tmp_path, text))

    assert [(fault.file, fault.line) for fault in found] == [
        ("broken.toml", 1), ("hotline.toml", 45), ("hotline.toml", 52),
    ]  # fmt: skip
    assert str(BadCards(found)).startswith("口径卡有3处错误,没有启动")


def test_a_column_is_looked_for_in_the_snapshot_that_is_current(sample, tmp_path):
    """The snapshot has what was loaded; a column that it lost is a fault although the shapes have it."""
    extra = CARDS.replace('unit = "unit"', 'unit = "unit"\nflag = "list_extract(flags, 1)"')
    where = folder(tmp_path, extra)

    assert checking.check(current_snapshot(sample), where) == []
    assert checking.check(None, where)[0].line == 6


def test_the_tables_to_check_on_before_the_first_load_are_those_of_a_snapshot(sample):
    from metrics.binding import tables

    real: Snapshot = current_snapshot(sample)
    for name, columns in tables(None).columns.items():
        assert set(columns) == set(real.columns(name)) - {"flags", "text"}, name


def test_a_word_in_a_text_of_several_lines_is_found_on_its_line():
    lines = Lines(
        'label = "x"\nrelation = """\nSELECT a,\n  bad = 1\nFROM t\n"""\n[terms]\nbad = "a"\n'
    )

    assert lines.near("bad", "relation") == 4
    assert lines.of("terms", "bad") == 8
    assert lines.of("terms", "none") == 7


def run(cards: Path, data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | {"GOVERNANCE_CARDS": str(cards), "GOVERNANCE_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=60,
    )


BROKEN = CARDS.replace("(WHERE taken AND closed)", "(WHERE takn AND closed)")


@pytest.mark.parametrize(
    "command", [("streamlit", "run", "app.py", "--server.port", "0"), ("metrics", "list"), ("metrics", "check")],
    ids=["the dashboard", "a question", "the check"],
)  # fmt: skip
def test_nothing_starts_on_a_broken_card(command, tmp_path):
    done = run(folder(tmp_path, BROKEN), tmp_path / "data", *command)

    assert done.returncode not in (0, None)
    said = done.stdout + done.stderr
    assert "hotline.toml 第36行 [cards.closure] numerator:" in said
    assert "是否要用“taken”" in said
    assert "Traceback" not in said


def test_the_cards_as_they_are_pass(sample):
    assert checking.check(current_snapshot(sample), FOLDER) == []
    assert checking.check(None, FOLDER) == []
