"""Which files left, when, and in whose role: a line in the notebook for each that is taken away.

Roles are declared and nobody signs in, so a line names no person.
"""

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


def note(report: Report, file: str, role: str) -> str:
    """Write down that a file of this report was taken. A notebook that cannot be written keeps nobody from
    the file: what to tell the reader then, empty where the line stands."""
    made = Handed(
        notebook.clock().isoformat(sep=" "), role, file, report.period.code, report.place,
        " ".join(report.chapters), report.snapshot,
    )  # fmt: skip
    try:
        with notebook.opened(TABLE) as book:
            book.execute("INSERT INTO handed VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(made))
    except notebook.Unwritable as problem:
        return f"文件已给出,但这次下载没有记下:{problem}"
    return ""


def latest(most: int = LATEST) -> list[Handed]:
    """Newest first.

    Raises:
        Unwritable: the notebook cannot be read.
    """
    rows = notebook.rows(TABLE, "SELECT * FROM handed ORDER BY rowid DESC LIMIT ?", [most])
    return [Handed(*row) for row in rows]
