"""Marks as an official document has them (GB/T 15834): full-width in running Chinese, numbers left alone.

Texts of a report are written with the half-width marks of the screen; documents turn them on the way out.
"""

import re

_MARKS = str.maketrans({"(": "\uff08", ")": "\uff09", ";": "\uff1b", "?": "\uff1f", "!": "\uff01"})
_BETWEEN_DIGITS = {",": "\uff0c", ":": "\uff1a"}
_TURNED = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")


def full_width(text: str) -> str:
    """1,454 and 10:30 stay; marks in square brackets, metric@version and dates hold none of these."""
    return _TURNED.sub(lambda found: _BETWEEN_DIGITS[found[0]], text.translate(_MARKS))
