"""The sample's own files counted a second time, in plain pandas, by somebody who has not read ours."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from serving import ROOT

from metrics import Period, Snapshot, current_snapshot, measure

SAMPLE = ROOT / "data" / "sample"
AS_OF = pd.Timestamp("2024-10-25")  # the end of the last day
MOMENTS = {"受理时间": "accepted", "办结时限": "due", "办结时间": "closed", "回访时间": "visited"}
RATED = {"非常满意", "满意", "基本满意", "不满意", "非常不满意"}
WHOLE = "2023-01-01..2024-09-30"


@pytest.fixture(scope="module")
def street(sample: Path) -> Snapshot:
    return current_snapshot(sample)


@pytest.fixture(scope="module")
def orders() -> pd.DataFrame:
    """The last word on every order, without the rows that no reading can make sense of."""
    rows = []
    for name in ("hotline_20241008.csv", "hotline_20241024.csv"):
        with (SAMPLE / name).open(encoding="gb18030", newline="") as file:
            _, _, header, *body = csv.reader(file)
            rows += [dict(zip(header, row, strict=True)) for row in body if len(row) == len(header)]
    found = pd.DataFrame(rows).apply(lambda column: column.str.strip("\t' "))
    for words, name in {**MOMENTS, "更新时间": "updated", "派单时间": "sent"}.items():
        found[name] = pd.to_datetime(
            found[words].replace("", None), format="mixed", errors="coerce"
        )
        found[f"{name}_wrong"] = found[name].isna() & (found[words] != "")
    number = found["工单编号"]
    wrong = (number == "") | number.str.fullmatch(r"1[3-9]\d{9}") | found["accepted"].isna()
    wrong |= (found["closed"] < found["accepted"]) | found["sent_wrong"] | found["closed_wrong"]
    wrong |= (found["accepted"] >= "2026-01-01") | (found["closed"] >= "2026-01-01")
    found = found[~wrong].sort_values(["updated", "closed"], kind="stable", na_position="first")
    found = found.drop_duplicates("工单编号", keep="last")
    taken = (found["是否有效"] != "否") & (found["是否退单"] != "是")
    done = found["closed"] < AS_OF
    said = (found["visited"].isna() | (found["visited"] < AS_OF)) & found["满意度"].isin(RATED)
    place = found["所属社区"].str.replace(" ", "").str.removesuffix("社区") + "社区"
    return found.assign(
        place=place,
        taken=taken,
        counted=taken & (found["是否纳入考核"] != "否"),
        done=done,
        in_time=done & (found["closed"] <= found["due"]),
        rated=said,
        happy=said & found["满意度"].isin({"非常满意", "满意"}),
        unhappy=said & found["满意度"].isin({"不满意", "非常不满意"}),
    )


def counted(orders: pd.DataFrame, day: str, base: pd.Series, hit: pd.Series | None):
    """(month, community) -> numerator, denominator, of what falls on that day."""
    end = pd.Timestamp("2024-10-01")
    there = base & (orders[day] < end)
    keys = [orders[day].dt.strftime("%Y-%m"), orders["place"]]
    below = there.groupby(keys).sum()
    above = below if hit is None else (there & hit).groupby(keys).sum()
    return {key: (int(above[key]), int(n)) for key, n in below.items() if n}


def by_hand(orders: pd.DataFrame) -> dict[str, dict[tuple[str, str], tuple[int, int]]]:
    all_, known = orders["counted"], orders["处理结果"] != ""
    done, rated = orders["done"], orders["rated"]
    fell_due = orders["due"] < AS_OF
    return {
        "hotline_volume": counted(orders, "accepted", orders["taken"], None),
        "hotline_closure_accepted": counted(orders, "accepted", all_, done),
        "hotline_closure_due": counted(orders, "due", all_ & fell_due, done),
        "hotline_on_time_due": counted(orders, "due", all_ & fell_due, orders["in_time"]),
        "hotline_on_time_closed": counted(
            orders, "accepted", all_ & done & orders["due"].notna(), orders["in_time"]
        ),
        "hotline_resolved": counted(
            orders, "accepted", all_ & done & known, orders["处理结果"] == "已解决"
        ),
        "hotline_satisfied_explicit": counted(orders, "accepted", all_ & rated, orders["happy"]),
        "hotline_satisfied_complement": counted(
            orders, "accepted", all_ & rated, ~orders["unhappy"]
        ),
        "hotline_rated": counted(orders, "accepted", all_ & (done | rated), rated),
        "hotline_return": counted(
            orders, "accepted", orders["是否有效"] != "否", orders["是否退单"] == "是"
        ),
    }


def test_hotline_metrics_by_month_and_community_are_what_pandas_counts(orders, street):
    period = Period.parse(WHOLE, street.as_of)
    names = {area.name for area in street.areas("community")}
    for metric, expected in by_hand(orders).items():
        rows = measure(metric, period, by=("month", "community"), snapshot=street).rows
        found = {
            (row.group[0], row.labels[1]): (row.numerator, row.denominator or row.numerator)
            for row in rows
            if row.labels[1] in names and (row.denominator or row.numerator)
        }
        expected = {key: pair for key, pair in expected.items() if key[1] in names}
        assert len(expected) > 180, metric
        assert found == expected, metric
