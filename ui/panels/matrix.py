"""Two ways at once, every cell in words: group by community, team by community, community by month."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from metrics import Measurement, Period, Row
from metrics.labels import LABELLED
from metrics.measure import ABOVE_ALL
from metrics.result import NOT_REPORTED
from metrics.words import HIDDEN, number
from ui import data, palette, panel, reading
from ui.charts.base import Mark
from ui.charts.matrix import matrix
from ui.panels.base import Where, about
from ui.scale import scale
from ui.state import View

Key = tuple[str, str]
Fill = Callable[[Measurement, Row], str | None]


def cells(
    view: View,
    metric: str,
    rows: str,
    columns: str,
    *,
    title: Callable[[Sequence[Row]], str],
    empty: bool = False,
    period: Period | None = None,
    where: Where | None = None,
    show: Callable[[Row, Mark], str] | None = None,
    notes: Sequence[str] = (),
    on_click: Callable[[str], None] | None = None,
) -> None:
    """`empty` hatches zeros. A click gives the code of the row."""
    found = data.measured(view, [metric], period=period, by=(rows, columns), where=where)[metric]
    draw(found, title=title, empty=empty, show=show, notes=notes, on_click=on_click)


def draw(
    found: Measurement,
    *,
    title: Callable[[Sequence[Row]], str],
    empty: bool = False,
    show: Callable[[Row, Mark], str] | None = None,
    notes: Sequence[str] = (),
    on_click: Callable[[str], None] | None = None,
    fold: int = 5,
) -> None:
    """What was measured by two dimensions, rows and columns of the table."""
    rows, columns = found.by
    known = [row for row in found.rows if None not in row.group]
    paint = served(found) if empty else by_value(found)
    named = [
        _mark(row, mark, show) for row, mark in zip(found.rows, reading.marks(found), strict=True)
    ]
    marks = {row.group: mark for row, mark in zip(found.rows, named, strict=True) if row in known}
    made = about(
        f"{found.card.id}-{rows}-{columns}",
        title(known),
        [found],
        f"{LABELLED[rows]} × {LABELLED[columns]} · {found.period.label}",
        notes=[*_why_not(known), *notes],
    )
    figure = matrix(
        {_key(group): mark for group, mark in marks.items()},
        {_key(row.group): paint(found, row) for row in known},
        rows=_words(known, 0),
        columns=_words(known, 1),
        unknown={_key(row.group) for row in known if row.value is None and not row.hidden},
        fold=fold,
    )
    panel.chart(made, figure, list(marks.values()), on_click)


def _why_not(rows: Sequence[Row]) -> list[str]:
    """What the marked cells mean, each reason with its count."""
    hidden = Counter((row.reason or "").removesuffix(f",{HIDDEN}") for row in rows if row.hidden)
    unknown = Counter(
        (row.reason or "").removeprefix(NOT_REPORTED).lstrip(":")
        for row in rows
        if row.value is None and not row.hidden
    )
    said = [f"斜线为{HIDDEN}:{_counted(hidden)}。"] if hidden else []
    if unknown:
        said.append(f"圆点为{NOT_REPORTED}:{_counted(unknown)}。")
    if any(_above(row) for row in rows):
        said.append(f"▲ {ABOVE_ALL}。")
    return said


def _counted(reasons: Mapping[str, int]) -> str:
    return ";".join(f"{words} {number(n)}格".strip() for words, n in reasons.items())


def published_cells(label: str, rows: Sequence[Row]) -> str:
    """How much of the table may be seen at all."""
    shown = sum(row.value is not None for row in rows)
    absent = [(sum(row.hidden for row in rows), HIDDEN)]
    absent.append((sum(row.value is None and not row.hidden for row in rows), NOT_REPORTED))
    rest = "".join(f",{number(count)}格{words}" for count, words in absent if count)
    return f"{label}:{number(len(rows))}格中{number(shown)}格有数{rest}"


def not_served(rows: Sequence[Row]) -> str:
    """Where nobody came, counted by who did not come."""
    empty: dict[str, int] = {}
    for row in rows:
        if not row.value:
            empty[row.labels[0]] = empty.get(row.labels[0], 0) + 1
    if not empty:
        return "各队本期到过所有社区"
    return "没有到过的社区:" + "、".join(f"{name}{number(n)}个" for name, n in empty.items())


def idle_months(rows: Sequence[Row]) -> str:
    """月月有活动: how many of the months of how many communities went by without any."""
    known = [row for row in rows if row.value is not None]
    idle = [row for row in known if not row.value]
    if not known:
        return "没有活动记录"
    if not idle:
        return f"{number(len(known))}个社区·月都有活动"
    places = dict.fromkeys(row.labels[0] for row in idle)
    return f"{number(len(known))}个社区·月中{number(len(idle))}个没有活动:{'、'.join(places)}"


def served(measured: Measurement) -> Fill:
    """Where nothing happened is hatched: that is the finding."""
    paint = by_value(measured)
    return lambda found, row: None if row.value == 0 else paint(found, row)


def _key(group: tuple[str | None, ...]) -> Key:
    return group[0] or "", group[1] or ""


def _words(rows: Sequence[Row], at: int) -> dict[str, str]:
    return {row.group[at] or "": row.labels[at] for row in rows}


def _mark(row: Row, mark: Mark, show: Callable[[Row, Mark], str] | None) -> Mark:
    """More than everyone is flagged, never clipped; what is hidden says so in the cell."""
    text = show(row, mark) if show else HIDDEN if row.hidden else mark.text
    note = "" if mark.note == text else mark.note
    mark = replace(mark, key=row.group[0] or "", text=text, note=note)
    if not _above(row):
        return mark
    return replace(mark, text=f"▲{text}", special=True, note=f"{mark.note} · {ABOVE_ALL}")


def _above(row: Row) -> bool:
    return row.value is not None and row.denominator is not None and row.value > 1


def by_value(found: Measurement) -> Fill:
    """Steps of one hue; no colour where the base is too small to be judged."""
    shares = found.card.unit == "share"
    values = [row.value for row in found.rows if row.value is not None]
    steps = scale(values, top=1.0 if shares else None)

    def paint(measurement: Measurement, row: Row) -> str | None:
        if row.value is None or steps is None:
            return None
        if shares and not measurement.enough(row):
            return palette.PAPER
        return steps.colour(min(row.value, 1.0) if shares else row.value)

    return paint
