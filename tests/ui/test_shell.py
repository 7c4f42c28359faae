"""Streamlit's page leaves as ours: Chinese, and with no script but the ones we signed."""

import asyncio
import hashlib
import json
import re
from base64 import b64encode

import pytest

from ui.shell import HERE, TITLE
from ui.shell.page import STOCK, Shell, StreamlitChanged, index, policy, rewrite


def fetch(path, body, kind, **request):
    """What leaves the middleware when the server behind it answers so."""
    asked, sent = {}, []

    async def server(scope, receive, send):
        asked.update(scope)
        headers = [(b"content-type", kind), (b"etag", b"stock"), (b"content-length", b"5")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:2], "more_body": True})
        await send({"type": "http.response.body", "body": body[2:]})

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": request.get("headers", [])}
    asyncio.run(Shell(server)(scope, receive, send))
    start, *rest = sent
    return dict(start["headers"]), b"".join(part["body"] for part in rest), asked


def test_the_page_is_chinese_before_any_script_runs():
    assert '<html lang="zh-CN">' in index()
    assert f"<title>{TITLE}</title>" in index()
    assert "请在浏览器设置中允许" in index()
    assert "You need to enable" not in index()
    assert index().index("BACKEND_BASE_URL") < index().index('type="module"')


def test_every_inline_script_is_signed_and_nothing_else_may_run():
    scripts = re.findall(r"<script>(.*?)</script>", index(), flags=re.DOTALL)
    (allowed,) = re.findall(r"script-src ([^;]*)", policy())

    assert len(scripts) == 5
    for script in scripts:
        assert b64encode(hashlib.sha256(script.encode()).digest()).decode() in allowed
    assert "'unsafe-inline'" not in allowed
    assert "'unsafe-eval'" not in allowed


def test_a_streamlit_whose_page_is_built_differently_is_refused():
    changed = STOCK.read_text(encoding="utf-8").replace('lang="en"', 'lang="fr"')

    with pytest.raises(StreamlitChanged, match="found 0 times"):
        rewrite(changed)


@pytest.mark.parametrize("path", ["/", "/hotline", "/kanban/hotline"])
def test_any_address_of_a_page_gets_our_page(path):
    headers, body, _ = fetch(path, b"stock", b"text/html; charset=utf-8")

    assert body.decode() == index()
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers


def test_a_browser_that_remembers_a_stock_page_is_not_told_it_is_unchanged():
    remembered = [(b"if-none-match", b"stock"), (b"accept", b"text/html")]

    _, _, asked = fetch("/", b"stock", b"text/html", headers=remembered)

    assert asked["headers"] == [(b"accept", b"text/html")]


def test_a_html_file_for_download_arrives_as_it_is():
    headers, body, _ = fetch("/media/abc.html", b"a file", b"text/html")

    assert body == b"a file"
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_every_answer_carries_the_headers():
    headers, body, _ = fetch("/healthz", b"{'ok'}", b"application/json")

    assert body == b"{'ok'}"
    assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"same-origin"


def test_the_dictionary_holds_chinese_and_working_patterns():
    words = json.loads((HERE / "zh.json").read_text(encoding="utf-8"))
    commands = {"make run"}

    for chinese in {*words["text"].values(), *words["attributes"].values()} - commands:
        assert re.search(r"[一-鿿]", chinese), chinese
    for pattern, replacement in words["patterns"]:
        groups = re.compile(pattern).groups
        assert all(int(number) <= groups for number in re.findall(r"\$(\d)", replacement))
