"""Streamlit's own page, made Chinese and able to start on the browsers offices have."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell import HERE, TITLE

STOCK = Path(streamlit.__file__).parent / "static" / "index.html"

NOSCRIPT = "<noscript><p>请在浏览器设置中允许本页面运行 JavaScript,然后刷新。</p></noscript>"
SOURCE_SANS = r'<link\s+rel="preload"\s+href="[^"]*SourceSans[^"]*"[^>]*/>'
AGENT_API = r"<!--\s*Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*/>"

# Never the page: assets with a hash in their name, downloads, the socket. What the office
# itself uploads may be HTML, and must arrive as it is.
NEVER_A_PAGE = ("/static/", "/media/", "/component/", "/_stcore/")

# A browser that once saw a stock Streamlit at this address would be told "not modified".
CONDITIONS = {b"if-none-match", b"if-modified-since", b"range"}
OF_THE_STOCK_PAGE = {
    b"content-length",
    b"content-encoding",
    b"etag",
    b"last-modified",
    b"accept-ranges",
}

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "img-src": "'self' data: blob:",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "form-action": "'self'",
}


class StreamlitChanged(Exception):
    """The installed Streamlit's index.html is not the one this rewrite was written for."""


def _inline(name: str) -> str:
    return f"<script>{(HERE / name).read_text(encoding='utf-8')}</script>"


def _style() -> str:
    sheets = (HERE / name for name in ("page.css", "manner.css", "print.css"))
    return f"<style>{''.join(sheet.read_text(encoding='utf-8') for sheet in sheets)}</style>"


def _phrases() -> str:
    words = (HERE / "zh.json").read_text(encoding="utf-8").replace("</", "<\\/")
    return f'<script type="application/json" id="phrases">{words}</script>'


def rewrite(html: str) -> str:
    """Each pattern must be found exactly once, else a Streamlit upgrade would undo it unseen."""
    for pattern, replacement in (
        (r'<html lang="en">', '<html lang="zh-CN">'),
        (r"<head>", "<head>" + _inline("shim.js") + _style()),
        (r"<title>.*?</title>", f"<title>{escape(TITLE)}</title>"),
        (r"<noscript>.*?</noscript>", NOSCRIPT),
        (SOURCE_SANS, ""),
        (AGENT_API, ""),
        (
            r"</body>",
            _phrases()
            + _inline("translate.js")
            + _inline("manner.js")
            + _inline("stage.js")
            + "</body>",
        ),
    ):
        parts = re.split(pattern, html, flags=re.DOTALL)
        if len(parts) != 2:
            raise StreamlitChanged(
                f"{STOCK}: {pattern!r} expected once, found {len(parts) - 1} times; "
                "install the Streamlit of requirements.txt or adapt ui/shell/page.py"
            )
        html = replacement.join(parts)
    return html


@cache
def index() -> str:
    return rewrite(STOCK.read_text(encoding="utf-8"))


def policy() -> str:
    """Inline scripts run by their hash alone, so whatever slips into a page's text cannot."""
    scripts = re.findall(r"<script>(.*?)</script>", index(), flags=re.DOTALL)
    hashes = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    allowed = " ".join([POLICY["script-src"], *(f"'sha256-{digest}'" for digest in hashes)])
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, "script-src": allowed}.items())


def headers() -> list[tuple[bytes, bytes]]:
    return [
        (b"content-security-policy", policy().encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]


class Shell:
    """Middleware: our page in place of Streamlit's, and the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.page = index().encode()
        self.headers = headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        may_be_page = not any(part in scope["path"] for part in NEVER_A_PAGE)
        if may_be_page:
            kept = [header for header in scope["headers"] if header[0] not in CONDITIONS]
            scope = {**scope, "headers": kept}
        ours = False

        async def leave(message: Message) -> None:
            nonlocal ours
            if message["type"] == "http.response.start":
                ours = may_be_page and _is_page(message)
                await send(self._start(message, ours))
            elif not ours:
                await send(message)
            elif not message.get("more_body"):
                await send({"type": "http.response.body", "body": self.page})

        await self.app(scope, receive, leave)

    def _start(self, message: Message, ours: bool) -> Message:
        kept = [
            header
            for header in message["headers"]
            if not ours or header[0] not in OF_THE_STOCK_PAGE
        ]
        length = [(b"content-length", str(len(self.page)).encode())] if ours else []
        return {**message, "headers": [*kept, *length, *self.headers]}


def _is_page(start: Message) -> bool:
    kind = dict(start["headers"]).get(b"content-type", b"")
    return start["status"] == 200 and kind.startswith(b"text/html")
