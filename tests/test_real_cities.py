"""Files nobody here made: Los Angeles requests and polygons, Chinese municipal messages.

The data sets are not in the repository. GOVERNANCE_REAL_DATA names the folder that holds them.
"""

import os
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from kept import everything_kept

REAL = Path(os.environ.get("GOVERNANCE_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))
LA = REAL / "la_myla311"
TEDDY = REAL / "teddy2020c_zhengwu"

needs_la = pytest.mark.skipif(not LA.is_dir(), reason=f"no Los Angeles files in {LA}")
needs_teddy = pytest.mark.skipif(not TEDDY.is_dir(), reason=f"no municipal messages in {TEDDY}")

POLYGONS = """
source = "areas"
[fields]
code = "nc_id"
name = "name"
[read]
area_level = "community"
"""
POPULATION = """
source = "areas"
[fields]
code = "NC_ID"
name = "NAME"
residents = "total_population"
[read]
area_level = "community"
"""
REQUESTS_2017 = """
source = "hotline"
[fields]
order_no = "SRNumber"
accepted_at = "CreatedDate"
updated_at = "UpdatedDate"
closed_at = "ClosedDate"
due_at = { from = "accepted_at", plus = "7 days" }
channel = "RequestSource"
category = "RequestType"
unit = "Owner"
community = "NCName"
address = "Address"
longitude = "Longitude"
latitude = "Latitude"
[read]
date_order = "mdy"
crs = "WGS-84"
"""
REQUESTS_2020 = """
source = "hotline"
[fields]
order_no = "srnumber"
accepted_at = "createddate"
updated_at = "updateddate"
closed_at = "closeddate"
due_at = { from = "accepted_at", plus = "7 days" }
channel = "requestsource"
category = "requesttype"
unit = "owner"
community = "ncname"
address = "address"
longitude = "longitude"
latitude = "latitude"
[read]
date_order = "mdy"
crs = "WGS-84"
"""


@pytest.fixture
def los_angeles(office):
    office.load(LA / "geo_nc-boundary-2019-modified.json", mapping=POLYGONS)
    office.load(LA / "tracts_nc_final.csv", mapping=POPULATION)
    return office


def requests(name: str) -> pd.DataFrame:
    frame = pd.read_csv(LA / name, dtype=str).rename(columns=str.lower)
    form = "%m/%d/%Y %I:%M:%S %p" if "2017" in name else "%m/%d/%y %H:%M"
    for column in ("createddate", "closeddate"):
        frame[column] = pd.to_datetime(frame[column], format=form)
    return frame


def kept(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[~(frame["closeddate"] < frame["createddate"])].drop_duplicates("srnumber")


@needs_la
@pytest.mark.parametrize(
    ("name", "mapping", "period", "as_of"),
    [
        (
            "MyLA311_Service_Request_Data_2017_Subset.csv",
            REQUESTS_2017,
            "2017-12",
            date(2018, 1, 15),
        ),
        ("requests_2020_flat.csv", REQUESTS_2020, "2020-01", date(2020, 1, 31)),
    ],
)
def test_los_angeles_numbers_agree_with_pandas(los_angeles, name, mapping, period, as_of):
    frame = requests(name)

    report = los_angeles.load(LA / name, mapping=mapping)

    accounting = report.files[0].accounting
    assert accounting.balanced
    assert accounting.read == len(frame)
    assert accounting.rejected == int((frame["closeddate"] < frame["createddate"]).sum())
    good = kept(frame)
    end = pd.Timestamp(as_of) + pd.Timedelta(days=1)
    closed = good["closeddate"] < end
    due = good["createddate"] + pd.Timedelta(days=7)
    measured = {
        metric: los_angeles.measure(metric, period, as_of=as_of).total
        for metric in ("hotline_volume", "hotline_closure_accepted", "hotline_on_time_closed")
    }
    assert measured["hotline_volume"].numerator == len(good)
    rate = measured["hotline_closure_accepted"]
    assert (rate.numerator, rate.denominator) == (int(closed.sum()), len(good))
    on_time = measured["hotline_on_time_closed"]
    assert on_time.numerator == int((closed & (good["closeddate"] <= due)).sum())
    by_type = los_angeles.shares("hotline_volume", period, "category", as_of=as_of)
    assert {k: n for k, (n, _) in by_type.items()} == good["requesttype"].value_counts().to_dict()


@needs_la
def test_los_angeles_orders_find_their_neighbourhoods_and_their_residents(los_angeles):
    los_angeles.load(LA / "requests_2020_flat.csv", mapping=REQUESTS_2020)
    frame = kept(requests("requests_2020_flat.csv"))
    names = {
        area.code: area.name for area in los_angeles.snapshot.areas() if area.level == "community"
    }
    assert len(names) == 99
    assert sum(1 for a in los_angeles.snapshot.areas() if a.geometry) == 99
    residents = pd.read_csv(LA / "tracts_nc_final.csv")["total_population"].sum()
    assert (
        sum(a.residents or 0 for a in los_angeles.snapshot.areas() if a.level == "community")
        == residents
    )

    placed = los_angeles.shares("hotline_volume", "2020-01", "community", as_of=date(2020, 1, 31))

    expected = frame[frame["ncname"].isin(set(names.values()))]["ncname"].value_counts().to_dict()
    assert {k: n for k, (n, _) in placed.items() if k in expected} == pytest.approx(
        expected, rel=0.03
    )


MESSAGES_3 = """
source = "hotline"
[fields]
order_no = "留言编号"
accepted_at = "留言时间"
caller = "留言用户"
text = ["留言详情", "留言主题"]
[constants]
channel = "网络问政"
"""
MESSAGES_4 = MESSAGES_3.replace(
    'caller = "留言用户"', 'caller = "留言用户"\nclosed_at = "答复时间"'
)

# Not inside a longer word: a pseudonym is hexadecimal and may hold eleven digits in a row.
PHONE = r"(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[- ]?[2-8][0-9]{6,7})(?![0-9A-Za-z])"


@needs_teddy
def test_municipal_messages_load_whole_and_leave_no_phone_number_behind(office):
    three = office.load(TEDDY / "附件3.xlsx", mapping=MESSAGES_3)
    four = office.load(TEDDY / "附件4.xlsx", mapping=MESSAGES_4)

    for report, rows in ((three, 4326), (four, 2816)):
        accounting = report.files[0].accounting
        assert accounting.balanced
        assert (accounting.read, accounting.rejected) == (rows, 0)
    frame = pd.read_excel(TEDDY / "附件4.xlsx", dtype=str, engine="calamine")
    asked = pd.to_datetime(frame["留言时间"], format="mixed")
    answered = pd.to_datetime(frame["答复时间"], format="mixed")
    in_2019 = asked.dt.year.eq(2019)
    three_in_2019 = pd.to_datetime(
        pd.read_excel(TEDDY / "附件3.xlsx", dtype=str, engine="calamine")["留言时间"],
        format="mixed",
    ).dt.year.eq(2019)
    as_of = date(2020, 1, 31)
    volume = office.measure("hotline_volume", "2019", as_of=as_of).total
    closed = office.measure("hotline_closure_accepted", "2019", as_of=as_of).total
    assert volume.numerator == int(in_2019.sum() + three_in_2019.sum())
    assert closed.numerator == int((in_2019 & (answered < "2020-02-01")).sum())

    numbers = {n for text in frame.to_numpy().ravel() for n in re.findall(PHONE, str(text))}
    assert len(numbers) > 100
    # Storage lays short values end to end, so bytes are searched for these numbers, not for a form.
    found = [
        (where, number)
        for where, text in everything_kept(office.place.root)
        for number in numbers | (set() if where.startswith("/") else set(re.findall(PHONE, text)))
        if number in text
    ]
    assert found == []
