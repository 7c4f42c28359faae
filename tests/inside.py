"""One page run inside this process, as Streamlit runs it for a reader: what it says, without a browser."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from serving import ROOT
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import (
    Caption,
    Dataframe,
    Error,
    Header,
    Info,
    Markdown,
    Metric,
    Success,
    Table,
    Title,
    Warning,
)

# The frame is around a page, not one itself.
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.name != "frame.py")

TAGS = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
CODE = re.compile(r"<code>(.*?)</code>")
WRITTEN = (Title, Header, Caption, Markdown, Metric, Info, Warning, Error, Success)


def enter(
    data: Path, monkeypatch: pytest.MonkeyPatch, query: Mapping[str, str] | None = None
) -> AppTest:
    """A reader at the first page of a data directory."""
    monkeypatch.setenv("GOVERNANCE_DATA", str(data))
    visit = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for word, value in (query or {}).items():
        visit.query_params[word] = value
    return visit.run()


def turn(visit: AppTest, name: str) -> AppTest:
    visit.switch_page(f"{name}.py").run()
    assert not visit.exception, name
    return visit


def texts(page: AppTest, after: int = 0) -> Iterator[Any]:
    """All that a page says, popovers and the hover texts of charts included."""
    for element in islice(page.main, after, None):
        if isinstance(element, WRITTEN):
            yield element.value
        elif isinstance(element, Table | Dataframe):
            yield from element.value.to_numpy().ravel().tolist()
        elif element.type == "html":
            yield from (
                unescape(text) for text in TAGS.split(CODE.sub(r"`\1`", element.proto.body)) if text
            )
        elif element.type == "plotly_chart":
            spec = json.loads(element.proto.spec)
            yield element.proto.alt
            for trace in spec["data"]:
                for name in ("text", "hovertext"):
                    found = trace.get(name)
                    yield from (found if isinstance(found, list) else [found])
            yield from (note.get("text") for note in spec["layout"].get("annotations", ()))


def labels(page: AppTest) -> Iterator[str]:
    """What stands at and in the widgets."""
    for element in page.main:
        for name in ("label", "help", "placeholder", "options"):
            found = getattr(element, name, None) or getattr(element.proto, name, None)
            yield from [found] if isinstance(found, str) else map(str, found or ())


def said(page: AppTest) -> str:
    """What a page says under the bar of period and area. An empty cell says nothing."""
    title = next((at for at, element in enumerate(page.main) if isinstance(element, Title)), 0)
    found = texts(page, after=title)
    return "\n".join(str(text) for text in found if text is not None and text == text)
