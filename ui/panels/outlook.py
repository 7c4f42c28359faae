"""What next month will probably bring, so that the office can go first: 未诉先办."""

from metrics.expected import METHOD, By, Check, Outlook, Range, outlook
from metrics.words import number, percent
from ui import data, panel
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.state import View
from ui.words import literal

NAMES: dict[By, str] = {"category": "类别", "community": "社区"}


def expected(view: View, by: By) -> None:
    """A range per category or community of the whole street, and how well such ranges held so far."""
    found = data.derived(view, ("outlook", by), lambda: outlook(view.snapshot, by))
    made = Panel(
        name=f"outlook-{by}",
        title=_title(found, by),
        subtitle=f"全街道 · 80%范围 · 根据之前{number(found.past)}个整月",
        sheet=lambda: _sheet(found, by),
        definition=METHOD,
        notes=[
            *_held(found.check),
            *(f"▸ {literal(note)}" for note in found.notes),
            *_few(found, by),
        ],
    )
    panel.header(made, faces=())
    if found.ranges:
        panel.table(made.sheet(), alt=made.title)
    panel.footer(made)


def _title(found: Outlook, by: By) -> str:
    if not found.ranges:
        return f"整月还太少,不预计{found.month.label}各{NAMES[by]}的诉求"
    first = found.ranges[0]
    return f"预计{found.month.label}{literal(first.label)}最多:{_span(first)}"


def _span(each: Range) -> str:
    return f"{number(each.low)}—{number(each.high)}件"


def _held(check: Check | None) -> list[str]:
    if check is None:
        return []
    said = [
        f"最近{number(check.months)}个月逐月检验,实际件数有{percent(check.held)}落在范围里"
        f"(范围取整数,应有{percent(check.due)})"
    ]
    if check.naive_held is not None:
        said.append(f"照搬去年同月为{percent(check.naive_held)}")
    if check.miss is not None and check.naive_miss is not None:
        said.append(
            f"平均相差{number(check.miss, 1)}件,照搬去年同月{number(check.naive_miss, 1)}件"
        )
    return [";".join(said) + "。"]


def _few(found: Outlook, by: By) -> list[str]:
    return [f"另有{number(found.few)}个{NAMES[by]}件数太少,不预计。"] if found.few else []


def _sheet(found: Outlook, by: By) -> Sheet:
    columns = [Column(NAMES[by]), Column("范围下限", "count"), Column("预计", "decimal")]
    columns += [Column("范围上限", "count"), Column("去年同月", "count")]
    rows: list[list[Cell]] = [
        [each.label, each.low, each.expected, each.high, each.year_ago] for each in found.ranges
    ]
    return Sheet(columns, rows, [f"{found.month.label} 80%范围", *METHOD])
