"""The door as a script outside meets it: the health check, the metrics API, the first page's name."""

import json
import urllib.error
import urllib.request

import pytest
from serving import serve

EXPORT = """工单编号,受理时间,办结时间,截止时间,诉求分类
HX001,2024-09-01 09:00,2024-09-02 09:00,2024-09-06 09:00,噪声扰民
HX002,2024-09-03 09:00,,2024-09-08 09:00,噪声扰民
"""


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("empty")
    with serve(scratch / "nothing", scratch / "log") as url:
        yield url


def test_an_empty_installation_is_not_healthy_and_says_why(empty):
    status, body = get(f"{empty}/healthz")
    metric_status, _ = get(f"{empty}/api/metrics/hotline_volume?period=2024-09")

    assert status == 503
    assert body["reason"]
    assert metric_status == 503


def test_a_loaded_installation_names_its_snapshot_and_answers_for_its_metrics(office, tmp_path):
    office.load(office.write("hotline.csv", EXPORT), source="hotline")

    with serve(office.place.root, tmp_path / "log") as url:
        status, health = get(f"{url}/healthz")
        _, volume = get(f"{url}/api/metrics/hotline_volume?period=2024-09")
        unknown, explained = get(f"{url}/api/metrics/hotline_volumes?period=2024-09")

    assert (status, health["snapshot"]) == (200, office.snapshot.id)
    assert volume["rows"][0]["numerator"] == 2
    assert unknown == 404
    assert "hotline_volume" in json.dumps(explained, ensure_ascii=False)


def test_a_load_is_seen_without_a_restart(office, tmp_path):
    with serve(office.place.root, tmp_path / "log") as url:
        before, _ = get(f"{url}/healthz")
        office.load(office.write("hotline.csv", EXPORT), source="hotline")
        after, body = get(f"{url}/healthz")

    assert (before, after) == (503, 200)
    assert body["snapshot"] == office.snapshot.id


@pytest.mark.parametrize("query", ["", "?period=2024-09"])
def test_the_first_page_can_be_asked_for_by_its_name(query, empty):
    with urllib.request.urlopen(f"{empty}/overview{query}", timeout=30) as answer:
        assert answer.url == f"{empty}/{query}"
        assert answer.status == 200
