"""The key groups side by side: known, fresh, visited, helped; and how recently each was reported."""

from collections.abc import Sequence

from metrics import Measurement, Period
from metrics.labels import LABELLED
from metrics.words import fraction_text, number, value_text
from ui import data, panel
from ui.downloads import Cell, Column, Sheet
from ui.panels.base import about
from ui.state import View
from ui.words import literal


def groups(view: View, metrics: Sequence[str], period: Period) -> None:
    """One line per group. Groups overlap, so there is no line for all of them."""
    found = data.measured(view, metrics, period=period, by=("group",))
    made = about(
        "groups",
        lowest(found[metrics[0]]),
        list(found.values()),
        f"按{LABELLED['group']} · {period.label} · 一人可在几类中,各类不相加",
    )
    panel.header(made, faces=())
    panel.table(_lines(list(found.values())), alt=made.title, widest=170)


def lowest(found: Measurement) -> str:
    """Where the rate is lowest, if any two of them can be told apart at all."""
    known = [row for row in found.rows if row.value is not None and found.enough(row)]
    if not known:
        return f"没有可以公布的{found.card.label}"
    low = min(known, key=lambda row: row.value or 0)
    apart = all(row is low or (row.low or 0) > (low.high or 1) for row in known)
    if not apart or len(known) < 2:
        return f"{number(len(known))}类人员的{found.card.label}相近,无法区分谁最低"
    return f"{literal(low.label)}的{found.card.label}最低({value_text(found.card, low)})"


def _lines(found: Sequence[Measurement]) -> Sheet:
    columns = [Column(LABELLED["group"])]
    for each in found:
        columns += [Column(each.card.label), Column(f"{each.card.label}:分子/分母")]
    rows: list[list[Cell]] = []
    for row in found[0].rows:
        cells: list[Cell] = [row.label]
        for each in found:
            same = each.row(*row.group)
            cells.append(value_text(each.card, same) if same else "—")
            cells.append(fraction_text(same) if same and not same.hidden else "")
        rows.append(cells)
    return Sheet(columns, rows)
