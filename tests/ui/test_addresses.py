"""What an address asks for is what the page shows; what it asks for in vain gives way with a word."""

from inside import enter, said, turn


def headline(page):
    return page.title[0].value


def test_a_link_shows_what_the_sender_saw(sample, monkeypatch):
    sent = {"period": "2024-Q2", "area": "520111007003", "compare": "同比"}

    page = turn(enter(sample, monkeypatch, sent), "hotline")

    assert "2024年二季度石板井社区" in headline(page)
    assert "较上年同期" in said(page)


def test_an_address_that_makes_no_sense_gives_way_with_a_word(sample, monkeypatch):
    sent = {"period": "2024-13", "area": "nowhere", "category": "没有"}

    visit = enter(sample, monkeypatch, sent)
    first = [toast.value for toast in visit.toast]
    page = turn(visit, "hotline")
    page.query_params["category"] = "没有"
    page.run()

    assert any("2024-13" in words for words in first), first
    assert not page.exception
    assert "2024年9月" in headline(page)
    assert "没有" not in headline(page)
