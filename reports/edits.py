"""What people wrote in place of sentences: kept in the notebook, beside the sentence it stands for.

One edit per sentence, period and place. The generated sentence of the time is kept with it, so that a
change of the numbers since then shows; 恢复 forgets the edit.
"""

from metrics import notebook
from reports.model import Report
from reports.parts import Edit, Sentence

TABLE = """CREATE TABLE IF NOT EXISTS edits (
    period TEXT NOT NULL, place TEXT NOT NULL, sentence TEXT NOT NULL,
    text TEXT NOT NULL, instead_of TEXT NOT NULL, snapshot TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT (datetime('now', 'localtime')),
    PRIMARY KEY (period, place, sentence)
)"""


def of(report: Report) -> dict[str, Edit]:
    """By the keys of sentences. Reads only: without a notebook there are none."""
    rows = notebook.rows(
        TABLE,
        "SELECT sentence, text, instead_of FROM edits WHERE period = ? AND place = ?",
        _where(report),
    )
    return {key: Edit(text, instead_of) for key, text, instead_of in rows}


def keep(report: Report, sentence: Sentence, text: str) -> None:
    """An empty text, or the generated sentence itself, is no edit."""
    text = text.strip()
    if text in ("", sentence.generated):
        forget(report, sentence.key)
        return
    with notebook.opened(TABLE) as book:
        book.execute(
            "INSERT OR REPLACE INTO edits (period, place, sentence, text, instead_of, snapshot)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*_where(report), sentence.key, text, sentence.generated, report.snapshot),
        )


def forget(report: Report, key: str) -> None:
    with notebook.opened(TABLE) as book:
        book.execute(
            "DELETE FROM edits WHERE period = ? AND place = ? AND sentence = ?",
            (*_where(report), key),
        )


def _where(report: Report) -> tuple[str, str]:
    return report.period.code, report.scope.code or ""
