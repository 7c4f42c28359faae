"""对账 as drawn: what was recognised, what was found, theirs beside ours with the definition."""

from collections.abc import Sequence
from hashlib import blake2b

import streamlit as st

from metrics.reconcile import (
    LABELS,
    ROLES,
    Examined,
    Finding,
    Role,
    Sheet,
    with_roles,
)
from metrics.reconcile.figures import printed as as_printed
from metrics.words import number, value_text
from ui import data, listing, panel
from ui.downloads import Cell, Column
from ui.downloads import Sheet as Written
from ui.panel import Panel
from ui.state import VOLUMES, View
from ui.words import literal, unbroken

SHAPES = {"break": "▲", "look": "◆", "explained": "●", "note": "○"}
SHOWN_CELLS = 3
CODES = {label: role for role, label in ROLES.items()}
HOW = (
    "**怎么核对**",
    "表内:每个比率列试遍表里的列和两列的和差(分子、分母、补数、增减、占比),看哪种算法各行都能还原;合计与各行相加比;收支平不平。",
    "与我们的数:按单位名称找到对应的维度,把各指标、上一期和下一期、期末和现在两个读取日都算一遍,看哪一种各行都能还原。",
    "行数少、百分数取整时,很多算法会碰巧相符,所以每条都说明证据有多强;证据不足的不认定。",
    "粘贴和上传的内容只在这次打开的页面里用,不保存。",
)


def headline(found: Sequence[Finding]) -> str:
    wrong, look = (sum(each.level == level for each in found) for level in ("break", "look"))
    done = sum(each.level == "explained" for each in found)
    parts = [f"这份通报有{number(wrong)}处对不上" if wrong else "这份通报的数互相对得上"]
    if look:
        parts.append(f"{number(look)}处要留意")
    if done:
        parts.append(f"{number(done)}处还原出了算法")
    return ",".join(parts)


def ready(view: View) -> str:
    """What of ours a bulletin would be compared with."""
    found = data.measured(view, VOLUMES)
    counts = "、".join(f"{m.card.label}{value_text(m.card, m.total)}" for m in found.values())
    return (
        f"比对用页面上的期间和范围:{view.period.label}、{view.scope.label(view.snapshot)}"
        f"({counts})。通报写明别的月份时,会提示改用。"
    )


def recognised(sheet: Sheet, at: int) -> Sheet:
    """The columns and the part each plays. A reader may correct them."""
    rows, totals = int(sheet.body.sum()), int(sheet.total.sum())
    words = f"读到{number(rows)}行、{number(len(sheet.columns))}列" + (
        f",另有{number(totals)}行合计" if totals else ""
    )
    turned = ";原表一行是一个指标,已转置" if sheet.turned else ""
    with st.expander(f"**{words}**{turned}。认错了可以改", expanded=False):
        edited = st.data_editor(
            [_described(sheet, column.at) for column in sheet.columns],
            key=f"roles-{at}-{_mark(sheet)}",
            hide_index=True,
            disabled=["列名", "前几行"],
            column_config={
                "读作": st.column_config.SelectboxColumn(options=list(CODES), required=True),
            },
        )
    roles: dict[int, Role] = {
        column.at: CODES[row["读作"]]
        for column, row in zip(sheet.columns, edited, strict=True)
        if CODES[row["读作"]] != column.role
    }
    return with_roles(sheet, roles) if roles else sheet


def _described(sheet: Sheet, at: int) -> dict[str, str]:
    column = sheet.columns[at]
    if column.role == "name":
        shown = list(sheet.names[:SHOWN_CELLS])
    elif column.role == "ignored":
        shown = []
    else:
        values = [value for value in column.values if value == value][:SHOWN_CELLS]
        shown = [as_printed(float(value), column.digits, column.unit) for value in values]
    return {"列名": column.name, "读作": ROLES[column.role], "前几行": "、".join(shown) or "—"}


def _mark(sheet: Sheet) -> str:
    """Another table is another editor."""
    told = "|".join([*sheet.headers, *sheet.names]) + str(sheet.total.tolist())
    return blake2b(told.encode(), digest_size=6).hexdigest()


def findings(found: Sequence[Finding]) -> None:
    """Worst first; what is only an explanation is folded away."""
    grave = [each for each in found if each.level != "note"]
    notes = [each for each in found if each.level == "note"]
    if grave:
        _list(grave, "对账发现")
    else:
        st.success("表里的数互相对得上。", icon=":material/check_circle:")
    if notes:
        with st.expander(f"另有{number(len(notes))}条说明", expanded=not grave):
            _list(notes, "说明")


def _list(found: Sequence[Finding], alt: str) -> None:
    listing.draw(
        [
            {
                "判断": unbroken(f"{SHAPES[each.level]} {LABELS[each.level]}"),
                "说明": literal(each.words),
            }
            for each in found
        ],
        header=False,
        alt=alt,
    )


def recomputed(examined: Examined, at: int) -> None:
    """Printed rates beside what the table's own counts give."""
    if not any(account.believed for account in examined.accounts):
        return
    sheet = examined.sheet
    made = Panel(
        name=f"reconcile-inside-{at}",
        title="按表内的列重算",
        subtitle=f"{sheet.name_column} · 通报印的数与重算的数 · 只用表里的列",
        sheet=lambda: _again(examined, whole=True),
        definition=HOW,
    )
    panel.header(made, faces=())
    panel.table(_again(examined), alt=made.title)
    panel.footer(made)


def _again(examined: Examined, *, whole: bool = False) -> Written:
    sheet, rows = examined.sheet, []
    for account in examined.accounts:
        best, column = account.believed, account.column
        if best is None:
            continue
        exact = best.definition.value(sheet) * column.scale
        for place in account.rows:
            told: list[Cell] = [
                sheet.names[place],
                column.name,
                as_printed(float(column.values[place]), column.digits, column.unit),
                as_printed(float(exact[place]), column.digits + 1, column.unit),
                best.definition.words,
            ]
            rows.append([*told, best.evidence.words] if whole else told)
    headers = ["列", "通报", "重算", "算法", *(["证据"] if whole else [])]
    return Written([Column(sheet.name_column), *map(Column, headers)], rows, HOW)
