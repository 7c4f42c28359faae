"""Column names as they are compared and shown."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

_GUARDS = "'‘’`"


def clean(cell: str | None) -> str:
    """Headers are compared without width, spaces, line breaks and the guards of exports."""
    text = unicodedata.normalize("NFKC", cell) if cell else ""
    # Printable means: neither control nor format characters, and no space but the plain one.
    if " " in text or not text.isprintable():
        kept = (c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))
        text = "".join(kept)
    return text.strip(_GUARDS)


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Columns without a name get one; a repeated name is numbered."""
    seen: Counter[str] = Counter()
    found = []
    for index, name in enumerate(names):
        name = name or f"列{index + 1}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(found)
