"""Text from files made harmless, and the few words that only the screen needs."""

import re

_MARKDOWN = str.maketrans({"\n": " "} | {mark: f"\\{mark}" for mark in r"\`*_{}[]()#+!|~<>$:"})
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+!|~<>$:])")


def literal(text: str) -> str:
    """A name out of a file inside markdown: shown as it is, never a link, an image or a heading."""
    return text.translate(_MARKDOWN)


def unescaped(text: str) -> str:
    """What `literal` was given: for where text is not markdown."""
    return _ESCAPED.sub(r"\1", text)


def unbroken(text: str) -> str:
    """A few characters that must stay on one line: a table breaks Chinese text anywhere."""
    return "\u2060".join(text.replace(" ", "\u00a0"))


def wide(text: str) -> float:
    """Width in em: a Chinese character is one, a Latin letter a little over half."""
    return sum(1 if ord(ch) > 255 else 0.58 for ch in text)
