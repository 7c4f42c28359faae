"""Whatever bytes arrive: a clear error or rejected rows, never a traceback, and the equation holds."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.load import load
from etl.place import Place

HEADERS = [
    "工单编号",
    "受理时间",
    "办结时间",
    "办结时限",
    "承办单位",
    "事项类别",
    "满意度",
    "社区",
    "主要内容",
    "经度",
    "纬度",
]
START = date(2024, 1, 1)

words = st.text(
    st.sampled_from(
        "吉麟社区投诉漏水" + string.ascii_letters + string.digits + " ,\"\t\n\r'=;|\x00\ufeff％　０"
    ),
    max_size=12,
)
stamps = st.one_of(
    st.integers(0, 900).map(lambda d: (START + timedelta(days=d)).isoformat()),
    st.sampled_from(
        [
            "",
            "2024/1/5",
            "2024年9月3日 9时",
            "45321.5",
            "1704067200",
            "2024-13-40",
            "昨天",
            "10/31/2024 11:59:58 PM",
            "0",
        ]
    ),
)
rows = st.lists(st.one_of(words, stamps), min_size=0, max_size=14)
tables = st.builds(
    lambda headers, body, sep, end: end.join(sep.join(r) for r in [headers, *body]),
    st.permutations(HEADERS).flatmap(lambda h: st.integers(1, len(h)).map(lambda n: list(h[:n]))),
    st.lists(rows, max_size=12),
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
damage = st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=3)), max_size=3)


def damaged(data: bytes, wounds) -> bytes:
    for where, blow in wounds:
        cut = int(where * len(data))
        data = data[:cut] + blow + data[cut + len(blow) :]
    return data


bad_files = st.one_of(
    st.binary(max_size=400),
    st.builds(lambda t, e, d: damaged(t.encode(e, "ignore"), d), tables, encodings, damage),
)
names = st.sampled_from(["a.csv", "b.tsv", "c.xlsx", "d.xls", "e.json", "f.geojson", "g.txt"])


def check(place: Place, name: str, content: bytes) -> None:
    folder = place.root / "in"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)

    report = load([path], place=place, dry_run=True, today=date(2026, 11, 22))

    assert report.files or report.errors
    assert all(f.accounting.balanced for f in report.files)
    for _, message in report.errors:
        assert any("\u4e00" <= c <= "\u9fff" for c in message), message
        assert "Traceback" not in message


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names, content=bad_files)
def test_any_file_ends_in_an_error_message_or_a_balanced_equation(tmp_path_factory, name, content):
    check(Place(tmp_path_factory.mktemp("office")), name, content)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names, content=bad_files)
def test_ten_thousand_bad_files(tmp_path_factory, name, content):
    check(Place(tmp_path_factory.mktemp("office")), name, content)
