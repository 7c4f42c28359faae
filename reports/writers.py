"""The formats a report leaves in: one line each, a module of this package with `write(report) -> bytes`."""

from collections.abc import Callable
from importlib import import_module

from reports.model import Report

Write = Callable[[Report], bytes]


def _by(module: str) -> Write:
    """Imported when the first file of its kind is written: no page pays for a format nobody asks for."""
    return lambda report: import_module(f"reports.{module}").write(report)


WRITERS: dict[str, Write] = {
    "docx": _by("word"),
    "pptx": _by("slides"),
    "xlsx": _by("workbook"),
    "pdf": _by("paper"),
}
