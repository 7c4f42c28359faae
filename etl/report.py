"""What a load says about itself: every row read is loaded, updated, unchanged, duplicate or rejected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.match import Recognition


@dataclass(frozen=True)
class Accounting:
    """Where the rows of one file went. The equation holds for every file, always."""

    read: int = 0
    loaded: int = 0  # a key not seen before
    updated: int = 0  # newer than the record kept so far
    unchanged: int = 0  # equal to it, or older
    duplicate: int = 0  # the same key again in the same file
    rejected: int = 0

    @property
    def accepted(self) -> int:
        return self.loaded + self.updated + self.unchanged + self.duplicate

    @property
    def balanced(self) -> bool:
        return self.read == self.accepted + self.rejected


@dataclass(frozen=True)
class FileReport:
    """One sheet of one file."""

    file: str
    sheet: str | None
    source: str
    label: str
    encoding: str
    recognition: Recognition
    accounting: Accounting
    flags: dict[str, int] = field(default_factory=dict)
    unmapped: list[tuple[str, str, int]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    reconciliation: list[str] = field(default_factory=list)
    reject_reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LoadReport:
    """One call of load(). `batch` and `snapshot` are None for a dry run and when nothing was kept."""

    batch: int | None
    files: list[FileReport] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)  # file, message
    snapshot: str | None = None

    @property
    def exit_status(self) -> int:
        """0: all well; 1: something was rejected; 2: nothing was accepted."""
        if not any(report.accounting.accepted for report in self.files):
            return 2
        return int(bool(self.errors) or any(report.accounting.rejected for report in self.files))
