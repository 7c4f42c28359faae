"""What may stand in a cell of any file that leaves: no text is ever a formula. Pages use this too."""

from collections.abc import Iterable
from typing import Literal

Cell = str | int | float | None
Kind = Literal["text", "count", "share", "decimal"]
# What the numbers of a card are, by its unit.
KINDS: dict[str, Kind] = {
    "count": "count",
    "share": "share",
    "ratio": "share",
    "mean": "decimal",
    "per_thousand": "decimal",
}

# What a spreadsheet takes for the start of a formula (OWASP), with its full-width twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WIDEST, NARROWEST, LOOKED_AT = 44, 8, 200


def harmless(cell: Cell) -> Cell:
    """Numbers stay numbers; text that a spreadsheet would run becomes plain text."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def plain(text: str) -> str:
    return str(harmless(text))


def width(column: Iterable[Cell]) -> int:
    """Of a column with these cells, in characters; Chinese ones take two."""
    texts = [str(cell or "") for _, cell in zip(range(LOOKED_AT), column, strict=False)]
    longest = max((sum(2 if ord(ch) > 255 else 1 for ch in text) for text in texts), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2))
