"""What the tables of a snapshot hang on besides the records: where it differs, they are made anew."""

import hashlib
from pathlib import Path
from typing import Any

from etl.dictionary import Dictionary
from etl.tables import MODELS

HERE = Path(__file__).parent
CHECKS = HERE / "checks"
FOLDERS = {MODELS: "*.sql", CHECKS: "*.sql", HERE / "sources": "*.toml"}
MODULES = (
    "tables.py",
    "books.py",
    "places.py",
    "place_names.py",
    "proposals.py",
    "areas.py",
    "lineage.py",
    "dictionary.py",
    "terms.py",
    "suggest.py",
    "characters.py",
    "distinct.py",
)
GRAPH = HERE / "graph"


def recipe(profile: dict[str, Any], dictionary: Dictionary) -> str:
    """Changes when the same records would make other tables."""
    made = hashlib.sha256(repr(sorted(profile.items(), key=str)).encode())
    made.update(dictionary.edition.encode())
    for file in sorted(file for folder, kind in FOLDERS.items() for file in folder.glob(kind)):
        made.update(file.name.encode() + file.read_bytes())
    modules = [HERE / name for name in MODULES]
    for module in (*modules, *sorted(GRAPH.glob("*.py")), *sorted(GRAPH.glob("*.toml"))):
        made.update(module.read_bytes())
    return made.hexdigest()
