"""Findings of a pasted bulletin, by how grave they are."""

from collections.abc import Callable

import pytest

from metrics.reconcile import examine, examine_text, read_text

Told = dict[str, list[str]]


def told(text: str) -> Told:
    pasted = read_text(text)
    found = [f for sheet in pasted.sheets for f in examine(sheet).findings]
    found += examine_text(pasted.paragraphs)
    return {
        level: [f.words for f in found if f.level == level]
        for level in ("break", "look", "explained", "note")
    }


@pytest.fixture
def findings() -> Callable[[str], Told]:
    return told
