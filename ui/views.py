"""Saved views: a name for an address, kept in the notebook for everyone in the office."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from metrics import notebook

LONGEST = 40
TABLE = "CREATE TABLE IF NOT EXISTS views (name TEXT PRIMARY KEY, page TEXT NOT NULL, query TEXT NOT NULL)"


@dataclass(frozen=True)
class Saved:
    name: str
    page: str
    query: str

    @property
    def address(self) -> str:
        return f"{self.page}?{self.query}"


def saved() -> list[Saved]:
    rows = notebook.rows(TABLE, "SELECT name, page, query FROM views ORDER BY name")
    return [Saved(*row) for row in rows]


def save(name: str, page: str, query: str) -> Saved:
    """Under a name already there, the newer replaces the older."""
    kept = Saved(_name(name), page, urlencode(parse_qsl(query)))
    with notebook.opened(TABLE) as book:
        book.execute("INSERT OR REPLACE INTO views VALUES (?, ?, ?)", [kept.name, page, kept.query])
    return kept


def forget(name: str) -> None:
    with notebook.opened(TABLE) as book:
        book.execute("DELETE FROM views WHERE name = ?", [name])


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= LONGEST:
        raise ValueError(f"名称要有1到{LONGEST}个字,现在是{len(name)}个字")
    return name
