"""The small trend on a card, as an SVG picture: a plotly figure per card would cost a page half a second."""

from collections.abc import Sequence

from ui import palette
from ui.charts.base import Mark, accent
from ui.charts.time import Limits

WIDTH, HEIGHT, PAD = 240, 34, 3


def sparkline(marks: Sequence[Mark], *, limits: Limits | None = None, counts: bool = False) -> str:
    """Bars for counts, a line for rates; limits as a pale band, the unfinished month hatched."""
    values = [mark.value for mark in marks]
    drawn = [value for value in values if value is not None]
    if limits is not None:
        drawn += [edge for edge in (*limits.low, *limits.high) if edge is not None]
    low, high = _range(drawn, counts)
    step = (WIDTH - 2 * PAD) / max(1, len(marks))

    def at(index: int) -> float:
        return PAD + step * (index + 0.5)

    def up(value: float) -> float:
        return HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value - low) / (high - low)

    body = _band(limits, at, up) if limits is not None else ""
    if counts:
        body += "".join(_bar(mark, at(i), step, up) for i, mark in enumerate(marks))
    else:
        body += _path([(at(i), up(v)) if v is not None else None for i, v in enumerate(values)])
        body += "".join(
            _dot(mark, at(i), up, last=i == len(marks) - 1) for i, mark in enumerate(marks)
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" preserveAspectRatio="none">{_hatch()}{body}</svg>'
    )


def _hatch() -> str:
    return (
        '<defs><pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="4" fill="{palette.FAINT}"/><rect width="1.4" height="4" fill="{palette.MAIN}"/>'
        "</pattern></defs>"
    )


def _range(drawn: Sequence[float], counts: bool) -> tuple[float, float]:
    if not drawn:
        return 0.0, 1.0
    low, high = (0.0 if counts else min(drawn)), max(drawn)
    if high > low:
        return low, high
    return (0.0, 1.0) if counts else (low - 0.5, low + 0.5)


def _band(limits: Limits, at, up) -> str:
    edges = [
        (at(i), up(low), up(high))
        for i, (low, high) in enumerate(zip(limits.low, limits.high, strict=True))
        if low is not None and high is not None
    ]
    if len(edges) < 2:
        return ""
    outline = [(x, top) for x, _, top in edges] + [(x, bottom) for x, bottom, _ in reversed(edges)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
    return f'<polygon points="{points}" fill="{palette.ABSENT}"/>'


def _bar(mark: Mark, x: float, step: float, up) -> str:
    if mark.value is None:
        return ""
    fill = "url(#h)" if mark.unfinished else accent(mark) if mark.special else palette.MAIN
    top, width = up(mark.value), step * 0.7
    return (
        f'<rect x="{x - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="{max(0.5, HEIGHT - PAD - top):.1f}" fill="{fill}"/>'
    )


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    runs, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        runs.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "L"
    return f'<path d="{" ".join(runs)}" fill="none" stroke="{palette.MAIN}" stroke-width="1.6"/>'


def _dot(mark: Mark, x: float, up, *, last: bool) -> str:
    if mark.value is None or not (mark.special or mark.unfinished or last):
        return ""
    edge = accent(mark) if mark.special else palette.MAIN
    fill = palette.PAPER if mark.unfinished else edge
    return f'<circle cx="{x:.1f}" cy="{up(mark.value):.1f}" r="2.6" fill="{fill}" stroke="{edge}" stroke-width="1.4"/>'
