"""A printed bulletin held against itself and against our numbers: which definition reproduces it."""

from metrics.reconcile.examine import Examined, examine, examine_text
from metrics.reconcile.findings import LABELS, Finding, worst_first
from metrics.reconcile.ours import Compared, Match, Printed, compare_with_ours
from metrics.reconcile.reading import NothingToRead, Pasted, from_rows, heading_score, read_text
from metrics.reconcile.sheet import ROLES, Column, Role, Sheet, build, with_roles
from metrics.reconcile.when import detect

__all__ = [
    "LABELS",
    "ROLES",
    "Column",
    "Compared",
    "Examined",
    "Finding",
    "Match",
    "NothingToRead",
    "Pasted",
    "Printed",
    "Role",
    "Sheet",
    "build",
    "compare_with_ours",
    "detect",
    "examine",
    "examine_text",
    "from_rows",
    "heading_score",
    "read_text",
    "with_roles",
    "worst_first",
]
