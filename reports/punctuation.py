"""Marks as an official document has them (GB/T 15834): full-width in running Chinese, numbers left alone.

Texts of a report are written with the half-width marks of the screen; documents turn them on the way out.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from reports.model import Report

_MARKS = str.maketrans({"(": "\uff08", ")": "\uff09", ";": "\uff1b", "?": "\uff1f", "!": "\uff01"})
_BETWEEN_DIGITS = {",": "\uff0c", ":": "\uff1a"}
_TURNED = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")


def full_width(text: str) -> str:
    """1,454 and 10:30 stay; marks in square brackets, metric@version and dates hold none of these."""
    return _TURNED.sub(lambda found: _BETWEEN_DIGITS[found[0]], text.translate(_MARKS))


def official(report: Report) -> Report:
    """The whole report so written; its sources, which are looked up, stay as they are."""
    return replace(
        report,
        title=full_width(report.title),
        sections=_turned(report.sections),
        notices=_turned(report.notices),
        data_sources=_turned(report.data_sources),
    )


def _turned(thing: Any) -> Any:
    if isinstance(thing, str):
        return full_width(thing)
    if isinstance(thing, tuple):
        return tuple(_turned(each) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(
            thing, **{each.name: _turned(getattr(thing, each.name)) for each in fields(thing)}
        )
    return thing
