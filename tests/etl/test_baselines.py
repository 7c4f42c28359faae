"""An office that changes what is usual says from when to when, and why."""

from datetime import date

import pytest

from etl.errors import BadMap
from etl.place import Place
from etl.profile import as_meta, read_profile
from metrics.baselines import Baseline, baselines
from metrics.snapshot import Snapshot

GOOD = """[[baselines]]
metric = "hotline_volume"
from = "2024-01"
to = "2024-12"
reason = "小区物业投诉并入"
"""


def profile(tmp_path, text):
    place = Place(tmp_path)
    place.profile.write_text(text, encoding="utf-8")
    return read_profile(place)


def test_a_baseline_travels_in_the_snapshot_to_the_chart(tmp_path):
    meta = as_meta(profile(tmp_path, f'street_name = "溪北街道"\n{GOOD}'))
    snapshot = Snapshot("s", tmp_path, date(2025, 6, 1), meta, None)  # ty: ignore[invalid-argument-type]

    assert baselines(snapshot, "hotline_volume") == (
        Baseline(date(2024, 1, 1), date(2025, 1, 1), "小区物业投诉并入"),
    )
    assert baselines(snapshot, "case_count") == ()
    assert meta["street_name"] == "溪北街道"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("小区物业投诉并入", " "), "更换基线必须有理由"),
        (GOOD.replace('reason = "小区物业投诉并入"\n', ""), "缺少 reason"),
        (GOOD.replace('"2024-12"', '"2024-06"'), "不足12个月"),
        (GOOD.replace('"2024-01"', '"2024年1月"'), "请写成 2024-01"),
        (GOOD + 'note = "x"\n', "不认识的字段 note"),
        (GOOD + GOOD.replace("2024-", "2023-").replace('"2023-12"', '"2024-03"'), "重叠"),
    ],
    ids=["blank reason", "no reason", "too short", "no month", "unknown word", "overlap"],
)
def test_a_baseline_that_says_too_little_stops_the_load_and_says_what_to_do(
    tmp_path, text, complaint
):
    with pytest.raises(BadMap, match=complaint) as problem:
        profile(tmp_path, text)

    assert "profile.toml" in str(problem.value) and "请改正后重新加载" in str(problem.value)
