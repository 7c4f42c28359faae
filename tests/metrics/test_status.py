"""One word for one judgement: what is decided, in which order, and that nobody else decides."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metrics import card
from metrics.result import Row
from metrics.status import SIGNS, Outcome, status

ROOT = Path(__file__).resolve().parents[2]
ON_TIME, RETURNED, VOLUME = (
    card("hotline_on_time_due"),
    card("hotline_return"),
    card("hotline_volume"),
)
HIGH, LOW, NONE = (
    Outcome("high", because="高于正常上限"),
    Outcome("low", because="低于正常下限"),
    Outcome(),
)
BLIND = Outcome(judged=False, because="历史不足13期")


def judge(*given) -> Any:
    return status(*given)


def row(value, base=40.0, **rest):
    numerator = None if value is None else value * (base or 1)
    return Row(("x",), ("甲社区",), numerator, base, value, **rest)


@pytest.mark.parametrize(
    ("metric", "value", "test", "kind"),
    [
        (ON_TIME, 0.97, HIGH, "better"),
        (ON_TIME, 0.70, LOW, "worse"),
        (RETURNED, 0.30, HIGH, "worse"),
        (RETURNED, 0.01, LOW, "better"),
        (VOLUME, 60, HIGH, "high"),
        (VOLUME, 2, LOW, "low"),
        (ON_TIME, 0.93, NONE, "ordinary"),
        (ON_TIME, 0.93, BLIND, "few"),
    ],
)
def test_a_side_becomes_better_or_worse_by_the_direction_of_the_card(metric, value, test, kind):
    assert judge(metric, row(value), test).kind == kind


def test_at_its_ceiling_a_rate_says_nothing_even_without_a_past():
    assert [judge(ON_TIME, row(1.0), test).kind for test in (NONE, HIGH, BLIND, None)] == [
        "ceiling"
    ] * 4


def test_a_ceiling_does_not_cover_a_deterioration():
    assert judge(ON_TIME, row(0.991, 4000), LOW).kind == "worse"


def test_three_of_three_is_too_few_not_a_ceiling():
    found = judge(ON_TIME, row(1.0, 3), HIGH)

    assert (found.kind, found.because) == ("few", "分母不足10")


def test_hidden_unreported_and_without_a_base_are_three_things():
    hidden = row(None, hidden=True)
    unreported = row(None, reason="未上报:来源没有办结时间")
    empty = row(None, 0.0, reason="没有可计入分母的记录")

    assert [judge(ON_TIME, each, HIGH).kind for each in (hidden, unreported, empty)] == [
        "hidden",
        "missing",
        "few",
    ]


def test_without_a_test_nothing_is_said():
    assert judge(ON_TIME, row(0.9), None) is None


def test_a_status_has_its_own_word_and_only_kin_share_a_shape():
    words = [sign.words for sign in SIGNS.values()]
    shapes = [sign.shape for kind, sign in SIGNS.items() if kind not in ("missing", "hidden")]

    assert len(set(words)) == len(words)
    assert len(set(shapes)) == len(shapes)
    assert (SIGNS["better"].shape, SIGNS["better"].colour) == ("▲", "blue")
    assert (SIGNS["worse"].shape, SIGNS["worse"].colour) == ("▼", "orange")


def test_a_sentence_says_why():
    assert judge(ON_TIME, row(0.7), LOW).clause == "变差,不是偶然波动(低于正常下限)"
    assert judge(ON_TIME, row(0.9), BLIND).clause == "历史不足13期,不作判断"


WORDS = ("特殊原因-", "变差", "偏高", "偏低", "较差", "较好", "样本不足", "已到顶", "不是偶然波动,")
# What the word means there: a rate that will rise as cases close.
ALLOWED = {
    "ui/glossary.py": {"偏低"},
}


def spoken(path):
    """The text literals of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return " ".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in described
    )


def test_no_other_module_has_words_for_a_judgement():
    wrong = {}
    for room in ("metrics", "ui", "pages"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            said = spoken(path)
            found = {word for word in WORDS if word in said} - ALLOWED.get(name, set())
            if found and name != "metrics/status.py":
                wrong[name] = sorted(found)

    assert wrong == {}


def test_a_card_is_judged_alike_whatever_its_unit_says_of_a_ceiling():
    ratio = replace(ON_TIME, unit="ratio")

    assert judge(ratio, row(1.2), NONE).kind == "ordinary"
