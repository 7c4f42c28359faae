"""指标口径 found by a layman's word, inside this process; what is clicked there: tests/browser/test_definitions.py."""

from inside import enter, said, turn


def definitions(sample, monkeypatch, **query):
    return turn(enter(sample, monkeypatch, query), "definitions")


def test_a_layman_finds_a_metric_by_another_name_for_it(sample, monkeypatch):
    words = said(definitions(sample, monkeypatch, q="群众满意率"))

    assert r"[满意率\(明确表示满意\)]" in words
    assert "诉求受理量" not in words


def test_a_word_that_no_metric_has_is_answered_with_what_is_near(sample, monkeypatch):
    page = definitions(sample, monkeypatch, q="调解功率")

    (answer,) = page.info
    assert "没有找到“调解功率”" in answer.value
    assert answer.value.split("[")[1].startswith("调解成功率]")


def test_a_metric_that_does_not_exist_gives_way_to_the_list(sample, monkeypatch):
    page = definitions(sample, monkeypatch, metric="hotline_on_time")

    assert "个指标" in page.title[0].value
