"""对账 as drawn: what was recognised, what was found, theirs beside ours with the definition."""

from collections.abc import Sequence
from hashlib import blake2b

import streamlit as st

from metrics.definitions import cards
from metrics.reconcile import (
    LABELS,
    ROLES,
    Compared,
    Examined,
    Finding,
    Match,
    Printed,
    Role,
    Sheet,
    with_roles,
)
from metrics.reconcile.figures import printed as as_printed
from metrics.words import number, value_text
from ui import data, panel
from ui.downloads import Cell, Column
from ui.downloads import Sheet as Written
from ui.links import address
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
    st.table(
        [
            {
                "判断": unbroken(f"{SHAPES[each.level]} {LABELS[each.level]}"),
                "说明": literal(each.words),
            }
            for each in found
        ],
        border="horizontal",
        hide_index=True,
        hide_header=True,
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


def compared(view: View, sheet: Sheet, found: Compared | None, at: int) -> None:
    st.header("与我们的数比", anchor=False)
    if found is None:
        st.info(_unknown_names(view, sheet), icon=":material/info:")
        return
    if found.dimension:
        st.caption(
            f"{number(len(found.known))}个名称对应到我们的“{found.dimension}”;试了{number(found.tried)}种算法"
            "(各指标及其分子分母,本期、上一期和下一期,期末和现在两个读取日)。"
        )
    if found.unknown:
        names = "、".join(literal(name) for name in found.unknown[:12])
        more = f"等{len(found.unknown)}个" if len(found.unknown) > 12 else ""
        st.caption(f"我们的数据里没有这些名称,未参加比对:{names}{more}。")
    for name, matches in found.matches.items():
        if matches:
            st.markdown(_sentence(view, name, matches, found))
    _side_by_side(view, sheet, found, at)


def _unknown_names(view: View, sheet: Sheet) -> str:
    names = "、".join(literal(name) for name in sheet.names[:3])
    return (
        f"我们{view.period.label}的数据里,没有哪个维度(社区、承办单位、渠道、类别等)认得表中大部分名称"
        f"(例如{names}),所以只做了表内核对。名称写法不同时,可以先在表里改成我们的叫法再粘贴。"
    )


def _sentence(view: View, name: str, matches: Sequence[Match], found: Compared) -> str:
    best = matches[0]
    rows = len(best.matched)
    link = f"[口径]({address(view, 'definitions', metric=best.ours.metric)})"
    lead, words = f"**{literal(name)}**:", f"{literal(best.words)}{_when(view, best)}({link})"
    if best.claims:
        return f"{lead}{rows}/{rows}行与我们的{words}一致。{best.evidence.words}。" + _rivals(
            view, matches
        )
    if best.rows == rows:
        said = f"{lead}{rows}/{rows}行与我们的{words}相符,但{best.evidence.words},不能认定。"
        return said + _rivals(view, matches)
    if best.credible:
        apart = [each for each in found.printed if each.column == name and not each.agrees]
        others = "、".join(
            f"{literal(each.name)}(通报{as_printed(each.theirs, each.digits, each.unit)},"
            f"我们{'—' if each.ours is None else as_printed(each.ours, each.digits, each.unit)})"
            for each in apart[:4]
        )
        said = f"{lead}{best.rows}/{rows}行与我们的{words}一致,不同的是{others}。{best.evidence.words}。"
        return said + _rivals(view, matches)
    if not best.rows:
        return f"{lead}没有一种算法能还原任何一行;数值最接近的是我们的{words}。"
    said = (
        f"{lead}没有一种算法能还原全部{rows}行;最接近的是我们的{words},{best.rows}/{rows}行一致。"
    )
    return said + _rivals(view, matches)


def _when(view: View, match: Match) -> str:
    """Said only where it is not what the page shows."""
    ours = match.ours
    said = [] if ours.period.code == view.period.code else [ours.period.label]
    if ours.as_of != view.snapshot.as_of:
        said.append(f"当时截至{ours.as_of.year}年{ours.as_of.month}月{ours.as_of.day}日")
    return f"({','.join(said)})" if said else ""


def _rivals(view: View, matches: Sequence[Match]) -> str:
    best, rest = matches[0], matches[1:]
    equal = [each for each in rest if each.rows == best.rows]
    fewer = [each for each in rest if each.rows and each.rows < best.rows]
    lines = []
    if equal and best.rows:
        names = "、".join(literal(each.words) + _when(view, each) for each in equal)
        lines.append(f"同样{best.rows}行一致、这张表上分不开的:{names}。")
    if fewer:
        names = "、".join(
            f"{literal(each.words)}{_when(view, each)} {each.rows}行" for each in fewer
        )
        lines.append(f"其次:{names}。")
    return f"  \n:gray[:small[{''.join(lines)}]]" if lines else ""


def _side_by_side(view: View, sheet: Sheet, found: Compared, at: int) -> None:
    agreeing = sum(each.agrees for each in found.printed)
    made = Panel(
        name=f"reconcile-ours-{at}",
        title=f"通报与我们的数:{number(len(found.printed))}个数中{number(agreeing)}个一致",
        subtitle=f"{sheet.name_column} · {view.period.label} · {view.scope.label(view.snapshot)}"
        " · 每列用最接近的算法 · 不一致的在前",
        sheet=lambda: _beside(sheet, found, whole=True),
        definition=HOW,
    )
    panel.header(made, faces=())
    panel.table(_beside(sheet, found), alt=made.title)
    panel.footer(made)


def _beside(sheet: Sheet, found: Compared, *, whole: bool = False) -> Written:
    """`whole` is for the download: with the card and the period of every number."""
    rows: list[list[Cell]] = []
    for each in sorted(found.printed, key=lambda one: one.agrees):
        told = [
            each.name,
            each.column,
            as_printed(each.theirs, each.digits, each.unit),
            "—" if each.ours is None else as_printed(each.ours, each.digits, each.unit),
            _difference(each),
            each.definition,
        ]
        more = [f"{each.metric}@{cards()[each.metric].version}", each.when] if whole else []
        rows.append([*told, *more])
    headers = ["列", "通报", "我们", "差", "我们的算法", *(["口径", "期间"] if whole else [])]
    return Written([Column(sheet.name_column), *map(Column, headers)], rows, HOW)


def _difference(each: Printed) -> str:
    if each.difference is None:
        return "—"
    return (
        "一致" if each.agrees else f"{each.difference:+.{each.digits}f}{each.unit and '个百分点'}"
    )
