"""Which files left, when, and in whose role: a line in the notebook for each that is taken away.

Roles are declared and nobody signs in, so a line names no person.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass

from metrics import notebook
from reports.model import Report

TABLE = """CREATE TABLE IF NOT EXISTS handed (
    at TEXT NOT NULL, role TEXT NOT NULL, file TEXT NOT NULL, period TEXT NOT NULL,
    place TEXT NOT NULL, filters TEXT NOT NULL, snapshot TEXT NOT NULL
)"""
COMMAND = "命令行"
LATEST = 10


@dataclass(frozen=True)
class Handed:
    """`filters` says what of the report is in the file: the keys of its chapters."""

    at: str
    role: str
    file: str
    period: str
    place: str
    filters: str
    snapshot: str


def note(report: Report, file: str, role: str) -> Handed:
    """Write down that a file of this report was taken.

    Raises:
        Unwritable: the notebook cannot be written. Nothing leaves without its line.
    """
    made = Handed(
        notebook.clock().isoformat(sep=" "), role, file, report.period.code, report.place,
        " ".join(report.chapters), report.snapshot,
    )  # fmt: skip
    with notebook.opened(TABLE) as book:
        book.execute("INSERT INTO handed VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(made))
    return made


def taken(report: Report, file: str, role: str, content: bytes) -> Callable[[], bytes]:
    """For a button whose bytes are asked for when it is pressed."""

    def give() -> bytes:
        note(report, file, role)
        return content

    return give


def latest(most: int = LATEST) -> list[Handed]:
    """Newest first."""
    rows = notebook.rows(TABLE, "SELECT * FROM handed ORDER BY rowid DESC LIMIT ?", [most])
    return [Handed(*row) for row in rows]
