"""The one arrow: pages → ui, reports → metrics → snapshot ← etl."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

FORBIDDEN = {
    "pages": {"duckdb", "etl"},
    "ui": {"duckdb", "etl", "pages"},
    "reports": {"streamlit", "duckdb", "etl", "ui", "pages"},
    "metrics": {"streamlit", "plotly", "pydeck", "etl", "ui", "pages", "reports"},
    "etl": {"streamlit", "plotly", "pydeck", "metrics", "ui", "pages", "reports"},
}
LOADS_DATA = "pages/intake.py"
READS_FILES = "pages/reconcile.py"  # an uploaded bulletin is read like any file, and never loaded


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return names | {
        (node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not node.level
    }


@pytest.mark.parametrize("room", FORBIDDEN)
def test_a_room_imports_only_what_stands_below_it(room):
    allowed = {LOADS_DATA: {"etl"}, READS_FILES: {"etl"}}

    wrong = {
        name: sorted(found)
        for path in sorted((ROOT / room).rglob("*.py"))
        if (
            found := (imported(path) & FORBIDDEN[room])
            - allowed.get(name := path.relative_to(ROOT).as_posix(), set())
        )
    }

    assert wrong == {}


def test_the_page_that_reads_bulletins_can_load_nothing():
    tree = ast.parse((ROOT / READS_FILES).read_text(encoding="utf-8"))
    modules = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("etl")
    }

    assert modules == {"etl.errors", "etl.read"}


def test_no_page_shadows_a_package():
    """pages/ comes first on sys.path, so a page's name wins over any package of that name."""
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}

    assert pages & (rooms | {"streamlit", "duckdb", "pandas", "plotly", "app"}) == set()


def test_no_room_for_leftovers():
    names = {path.stem for path in ROOT.rglob("*.py") if ".venv" not in path.parts}

    assert names & {"utils", "helpers", "common", "misc"} == set()
