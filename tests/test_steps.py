"""The list of a meeting's steps: the office's own order and names, kept whole or not at all."""

from datetime import date

import pytest

from metrics import Period, cards
from reports import steps
from reports.decisions import decide
from reports.steps import DEFAULT, WAYS, Step


@pytest.fixture(autouse=True)
def own_notebook(tmp_path, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(tmp_path))


def test_an_office_that_never_chose_has_the_usual_steps():
    assert steps.saved() == DEFAULT
    assert steps.ADVISED[0] <= len(DEFAULT) <= steps.ADVISED[1]
    assert steps.checked(DEFAULT) == DEFAULT


def test_a_list_is_kept_in_its_order_and_under_its_names():
    own = [Step("  开场  一览 ", "trend", "case_count"), DEFAULT[-1], DEFAULT[0]]

    steps.save(own)

    assert steps.saved() == (Step("开场 一览", "trend", "case_count"), DEFAULT[-1], DEFAULT[0])
    steps.save(DEFAULT)
    assert steps.saved() == DEFAULT


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ([], "步骤要有1到20个,现在是0个"),
        ([DEFAULT[0]] * 21, "现在是21个"),
        ([DEFAULT[0], Step("", "trend", "hotline_volume")], "第2步的名称"),
        ([Step("长" * 21, "trend", "hotline_volume")], "现在是21个字"),
        ([Step("敏感", "trend", "coverage_visited")], "不能用“走势”来看"),
        ([Step("构成", "breakdown", "hotline_volume")], "请选一个拆分维度"),
    ],
)
def test_a_list_that_is_not_in_order_changes_nothing(wrong, said):
    steps.save([DEFAULT[1]])

    with pytest.raises(ValueError, match=said):
        steps.save(wrong)

    assert steps.saved() == (DEFAULT[1],)


def test_a_step_whose_card_is_gone_stays_in_the_list():
    gone = Step("旧指标", "trend", "no_such_metric")

    steps.save([gone, DEFAULT[0]])

    assert steps.saved() == (gone, DEFAULT[0])
    assert gone.card is None


def test_every_way_has_metrics_and_every_cut_is_one_the_card_knows():
    for way in WAYS:
        known = steps.choices(way)
        assert known
        for metric in known:
            assert set(steps.cuts(way, metric)) <= set(cards()[metric].dimensions)
    assert not [name for name in steps.choices("trend") if cards()[name].tier == "T2"]


def test_a_meeting_opens_with_what_was_decided_last_time():
    assert steps.saved() == DEFAULT
    month = Period.parse("2024-07", date(2024, 10, 24))
    decide("逐件重办", "党政办", date(2024, 9, 30), "hotline_volume", month, "low", 10)

    assert steps.saved() == (steps.LAST_TIME, *DEFAULT)
    assert steps.ADVISED[0] <= len(steps.saved()) <= steps.ADVISED[1]
