import json

import pytest

from etl.errors import Unreadable
from etl.read import encoding


def test_records_become_rows_and_nested_objects_columns(read, rows):
    content = '[{"id": "007", "地点": {"社区": "吉麟", "点": [1, 2.50]}}, {"id": 12345678901234567890, "新": true}]'

    (table,) = read("orders.json", content)

    assert table.encoding == "json"
    assert table.headers == ("id", "地点/社区", "地点/点", "新")
    assert rows(table) == [
        (1, "007", "吉麟", "[1,2.50]", None),
        (2, "12345678901234567890", None, None, "true"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"code": 0, "data": [{"a": 1}]}',
        '{"result": {"total": 1, "rows": [{"a": 1}]}, "msg": "ok"}',
        '  \n[ { "a" : 1 } ]  \n',
        '{"a": 1}\n{"a": null}\n',
    ],
)
def test_records_are_found_in_the_usual_wrappings(read, rows, content):
    (table,) = read("orders.json", content)

    assert table.headers == ("a",)
    assert rows(table) == [(1, "1")]


def test_a_second_array_of_records_is_said(read):
    (table,) = read("orders.json", '{"units": [{"b": 1}], "data": [{"a": 1}, {"a": 2}]}')

    assert table.headers == ("a",)
    assert table.warnings == ["另有一组记录“units”(1 条)没有读取。"]


def test_a_repeated_key_is_not_lost(read, rows):
    (table,) = read("orders.json", '[{"a": 1, "a": 2}]')

    assert table.headers == ("a", "a#2")
    assert rows(table) == [(1, "1", "2")]


def test_features_bring_their_geometry_as_text(read, rows):
    geometry = {"type": "Polygon", "coordinates": [[[106.123456789012, 26], [1, 2], [3, 4]]]}
    features = [
        {"type": "Feature", "id": 7, "properties": {"name": "一网格"}, "geometry": geometry},
        {"type": "Feature", "properties": {"name": "二网格"}, "geometry": None},
    ]

    (table,) = read("grids.json", json.dumps({"type": "FeatureCollection", "features": features}))

    assert table.encoding == "geojson"
    assert table.headers == ("id", "name", "geometry")
    (first, second) = rows(table)
    assert json.loads(first[3]) == geometry
    assert "106.123456789012" in first[3]
    assert second == (2, None, "二网格", None)


def test_a_record_that_is_none_is_broken_and_counted(read, rows):
    (table,) = read("orders.json", '[{"a": "x"}, 7, {"a": "\\ud800"}, {"a": "y"}]')

    assert rows(table) == [(1, "x"), (4, "y")]
    assert [broken.row_no for broken in table.broken] == [2, 3]
    assert table.rows_read == 4


def test_a_feature_whose_properties_are_none_is_broken_and_counted(read, rows):
    bad = '{"type": "Feature", "properties": "x"}'
    deep = f'{{"type": "Feature", "properties": {{}}, "geometry": {"[" * 300}{"]" * 300}}}'
    good = '{"type": "Feature", "properties": {"a": "y"}, "geometry": null}'
    (table,) = read("orders.json", f'{{"features": [{bad}, {deep}, {good}]}}')

    assert rows(table)[-1] == (3, None, "y")
    assert [broken.row_no for broken in table.broken] == [1]
    assert table.rows_read == 3


def test_a_bad_line_of_json_lines_costs_itself(read, rows):
    (table,) = read("orders.jsonl", '{"a": "x"}\n{"a": \n\n{"a": "y"}\n')

    assert rows(table) == [(1, "x"), (4, "y")]
    assert [broken.row_no for broken in table.broken] == [2]
    assert table.blank == 1


@pytest.mark.parametrize(
    "content",
    [
        '[{"a": 1}, {"a": 2}',
        '[{"a": 1},]',
        '[{"a": 1}] x',
        '{"data": [{"a": 1}], }',
        '[{"a": "' + "\\u00",
        "[" * 100_000,
        "[[1, 2], [3, 4]]",
        '{"a": 1}',
        "[]",
        "[{}]",
    ],
)
def test_what_is_not_a_list_of_records_is_an_error(read, content):
    with pytest.raises(Unreadable, match="JSON"):
        read("orders.json", content)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_json_in_other_encodings(read, rows, codec):
    (table,) = read("orders.json", '[{"社区": "吉麟"}]', codec)

    assert rows(table) == [(1, "吉麟")]


def test_records_larger_than_a_block_are_whole(read, rows, monkeypatch):
    monkeypatch.setattr(encoding, "BLOCK", 7)
    records = [{"id": n, "text": "很长的一段话" * n} for n in range(50)]

    (table,) = read("orders.json", json.dumps(records, ensure_ascii=False))

    assert rows(table) == [(n + 1, str(n), "很长的一段话" * n or None) for n in range(50)]


def test_columns_described_beside_the_records_are_no_records(read, rows):
    content = {
        "result": {
            "fields": [{"id": "_id", "type": "int"}, {"id": "WARD", "type": "text"}],
            "records": [{"_id": 1, "WARD": "North"}],
        }
    }

    (table,) = read("ckan.json", json.dumps(content))

    assert rows(table) == [(1, "1", "North")]
    assert table.warnings == []


def test_rows_that_are_arrays_stand_under_the_names_the_document_gives(read, rows):
    columns = [{"name": "Unique Key"}, {"name": "Location"}]
    content = {"meta": {"view": {"columns": columns}}, "data": [["7", ["", 40.7]], ["8"]]}

    (table,) = read("rows.json", json.dumps(content))

    assert table.headers == ("UniqueKey", "Location")
    assert rows(table) == [(1, "7", '["",40.7]')]
    assert [row.reason for row in table.broken] == ["表头有 2 列,本行有 1 格"]


def test_rows_that_are_arrays_have_their_names_in_the_first(read, rows):
    (table,) = read("rows.json", '[["编号", "社区"], ["1", "吉麟"]]')

    assert table.headers == ("编号", "社区")
    assert rows(table) == [(1, "1", "吉麟")]
