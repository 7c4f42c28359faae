"""A name on an axis with what it belongs to under it."""

from ui import palette
from ui.charts.base import plain

BEFORE = ",;:(、 "  # a line breaks sooner after one of these than inside a number


def two_lines(name: str, under: str, width: int = 40) -> str:
    """A name longer than `width` goes on in a second line; what is still too long ends in …"""
    lines = _broken(name, width)
    small = f'<span style="font-size:12px;color:{palette.QUIET}">{plain(under)}</span>'
    return "<br>".join([*map(plain, lines), small])


def _broken(name: str, width: int) -> list[str]:
    if len(name) <= width:
        return [name]
    good = [at for at in range(width // 2, width + 1) if name[at - 1] in BEFORE]
    at = good[-1] if good else width
    rest = name[at:]
    return [name[:at], rest if len(rest) <= width else rest[: width - 1] + "…"]
