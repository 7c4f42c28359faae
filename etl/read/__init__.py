"""Any file an office exports becomes rows of text, and every row in it is accounted for."""

from pathlib import Path

from etl.read.delimited import read_delimited
from etl.read.form import form_of
from etl.read.structured import read_json
from etl.read.table import BrokenRow, ReadOptions, Table, Vocabulary
from etl.read.workbook import read_workbook

__all__ = ["BrokenRow", "ReadOptions", "Table", "Vocabulary", "read_file"]

_DEFAULTS = ReadOptions()


def read_file(path: Path, vocabulary: Vocabulary, options: ReadOptions = _DEFAULTS) -> list[Table]:
    """Every table in the file: one for a text file, one for each visible sheet of a workbook."""
    match form_of(path):
        case "json":
            return read_json(path, options)
        case "text":
            return read_delimited(path, vocabulary, options)
        case form:
            return read_workbook(path, vocabulary, options, form)
