"""Rows refused, not understood, doubtful or incomplete: counts with the rows they are part of."""

from collections.abc import Sequence

import streamlit as st

from metrics.quality import MATTERS, Finding, Quality
from metrics.words import number, percent
from ui import charts, panel
from ui.charts.label import two_lines
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.panels.freshness import traced
from ui.state import View
from ui.words import literal

MOST = 10
ROW = 46
WIDTH = 14  # characters of a label's line
EVERYTHING = "全部已接入数据"
NOT_KEPT = "(已留空)"
COLUMNS = dict(
    zip(
        MATTERS,
        ("社区", "网格", "事项类别", "承办单位", "办结时限", "办结时间", "满意度", "坐标"),
        strict=True,
    )
)
ROWS_IN = (
    "**每一行的去处**",
    "读入 = 新增 + 更新 + 未变 + 重复 + 拒绝。按在用的文件计,已撤销的批次不计入。",
    "更新:同一编号的记录有了新内容。未变:以前已经接入、内容相同。重复:同一份文件里编号相同的行,只留一条。",
    "同一份文件接入两次,读入、未变和拒绝都会再计一次。",
)
REFUSED = (
    "**被拒绝的行**",
    "不符合规则、没有入库的行。一行可以有几个原因,各原因相加可能多于被拒绝的行数。同一行随文件再次接入,会再计一次。",
)
UNKNOWN = (
    "**没有对应到标准类别的词**",
    "文件里的词不在标准取值中。这些行已经入库,词按原文保留,不并入“其他”;只能填是或否的字段留空。占比的分母是该来源的全部行数。",
    "“内容像哪一类”由本单位已归类的诉求学来:看这些诉求里的词在哪一类里用得多,括号内是像这一类的件数和看过的件数。只是建议,不会自动归类。",
)
DOUBTFUL = (
    "**存疑的行**",
    "已经入库、但某条规则认为不寻常的行。数字照常计入各项指标。一行可以有几处存疑。占比的分母是该来源的全部行数。",
)
COMPLETE = (
    "**填写完整程度**",
    "有内容的行占该来源全部行数的比例。“—”表示这类数据没有这一栏。",
    "社区一级的台账和月报本来不落到网格;没有办结的记录本来没有办结时间;满意度填“未评价”也算填了。",
)


def rows_in(view: View, found: Quality) -> None:
    """The equation of every source."""
    whole = found.whole
    made = Panel(
        name="quality-rows",
        title=_where_they_went(found),
        subtitle=f"读入 = 新增 + 更新 + 未变 + 重复 + 拒绝 · 在用的{number(whole.files)}个文件或表 · 单位:行",
        sheet=lambda: _rows_sheet(view, found),
        definition=ROWS_IN,
        notes=_again(found),
    )
    panel.header(made, faces=())
    panel.table(made.sheet(), alt=made.title)
    panel.footer(made)
    for file, words in found.warnings:
        st.warning(f"{literal(file)}:{literal(words)}", icon=":material/warning:")
    if not found.warnings:
        st.caption("接入时没有截断、编码等警告。")


def _where_they_went(found: Quality) -> str:
    wrong = [literal(each.label) for each in found.accounts if not each.balanced]
    if wrong:
        return f"{'、'.join(wrong)}的账不平,请联系维护人员"
    whole = found.whole
    parts = (
        ("新增", whole.loaded),
        ("更新", whole.updated),
        ("未变", whole.unchanged),
        ("重复", whole.duplicate),
        ("拒绝", whole.rejected),
    )
    said = "、".join(f"{name}{number(rows)}" for name, rows in parts if rows)
    return f"读入{number(whole.read)}行,每一行都有去处:{said}"


def _again(found: Quality) -> list[str]:
    """A row that comes with two files is read, and refused, twice: said where the reader would wonder."""
    again = found.whole.unchanged
    words = "同一行每接入一次计一次,被拒绝的行也一样。"
    return [f"其中{number(again)}行以前已经接入、内容没有变。{words}"] if again else []


def _rows_sheet(view: View, found: Quality) -> Sheet:
    counts = ("文件或表", "读入", "新增", "更新", "未变", "重复", "拒绝")
    columns = [Column("来源"), *(Column(name, "count") for name in counts)]
    columns += [Column("拒绝占比", "share"), Column("判断")]
    rows: list[list[Cell]] = [
        [
            each.label,
            *(each.files, each.read, each.loaded, each.updated, each.unchanged),
            *(each.duplicate, each.rejected, each.rejected_share),
            "● 平衡" if each.balanced else "▲ 不平",
        ]
        for each in found.accounts
    ]
    return Sheet(columns, rows, traced(view, ROWS_IN))


def rejects(view: View, found: Quality) -> None:
    whole = found.whole
    _counted(
        view,
        found.reasons,
        name="quality-rejects",
        title=f"{number(whole.rejected)}行被拒绝" + _first(found.reasons, "最多的是"),
        none="没有被拒绝的行",
        subtitle=f"按来源和原因 · {EVERYTHING} · 共读入{number(whole.read)}行",
        what="原因",
        definition=REFUSED,
    )
    if found.reasons:
        st.page_link(
            "intake.py", label="到数据接入下载被拒绝的行,改好再接入", icon=":material/download:"
        )


def unmapped(view: View, found: Quality) -> None:
    _counted(
        view,
        found.words,
        name="quality-unmapped",
        title=f"{number(len(found.words))}个词没有对应到标准类别" + _first(found.words, "最多的是"),
        none="所有的词都对应到了标准类别",
        subtitle=f"按来源和字段 · {EVERYTHING} · 共{number(found.unmapped_rows)}行,不并入“其他”",
        what="词",
        definition=UNKNOWN,
    )


def doubts(view: View, found: Quality) -> None:
    _counted(
        view,
        found.doubts,
        name="quality-doubts",
        title=f"{number(len(found.doubts))}条规则查出存疑的行" + _first(found.doubts, "最多的是"),
        none="没有规则查出存疑的行",
        subtitle=f"按来源和规则 · {EVERYTHING} · 已入库并计入指标",
        what="规则",
        definition=DOUBTFUL,
    )


def _first(found: Sequence[Finding], words: str) -> str:
    """The largest, where it is larger than the next."""
    if not found or (len(found) > 1 and found[0].rows == found[1].rows):
        return ""
    first = found[0]
    return f",{words if len(found) > 1 else ''}{literal(first.what or NOT_KEPT)}({number(first.rows)}行)"


def _counted(
    view: View,
    found: Sequence[Finding],
    *,
    name: str,
    title: str,
    none: str,
    subtitle: str,
    what: str,
    definition: Sequence[str],
) -> None:
    """Bars, most rows first, or one sentence where there is nothing to draw."""
    shown = [_mark(each, str(at)) for at, each in enumerate(found[:MOST])]
    more = [f"图中为最多的{MOST}项,其余{len(found) - MOST}项见表。"] if len(found) > MOST else []
    likely = [
        f"{literal(each.what or NOT_KEPT)}:内容像{literal(each.resembles)}"
        for each in found
        if each.resembles
    ]
    guess = [f"建议(不会自动改):{';'.join(likely)}。"] if likely else []
    made = Panel(
        name=name,
        title=title if found else none,
        subtitle=subtitle,
        sheet=lambda: _findings_sheet(view, found, what, definition),
        definition=definition,
        notes=[*more, *guess],
    )
    if not found:
        panel.header(made, faces=())
        return
    drawn = charts.bars(shown, unit="行", row=ROW)
    drawn["layout"]["yaxis"]["ticktext"] = [
        two_lines(each.what or NOT_KEPT, _source(each), WIDTH) for each in found[:MOST]
    ]
    panel.chart(made, drawn, shown)


def _mark(each: Finding, key: str) -> charts.Mark:
    text = f"{number(each.rows)}行({percent(each.share)})"
    of = f"{_source(each)},共{number(each.of)}行"
    return charts.Mark(key, each.what or NOT_KEPT, each.rows, text, note=of)


def _source(each: Finding) -> str:
    return f"{each.label} · {each.field}" if each.field else each.label


def _findings_sheet(
    view: View, found: Sequence[Finding], what: str, definition: Sequence[str]
) -> Sheet:
    of_field = any(each.field for each in found)
    columns = [Column("来源"), *([Column("字段")] if of_field else []), Column(what)]
    columns += [Column("行数", "count"), Column("来源全部行数", "count"), Column("占比", "share")]
    guessed = any(each.resembles for each in found)
    columns += [Column("内容像哪一类(建议)")] if guessed else []
    rows: list[list[Cell]] = [
        [
            each.label,
            *([each.field] if of_field else []),
            *(each.what or NOT_KEPT, each.rows, each.of, each.share),
            *([each.resembles] if guessed else []),
        ]
        for each in found
    ]
    return Sheet(columns, rows, traced(view, definition))


def completeness(view: View, found: Quality) -> None:
    made = Panel(
        name="quality-complete",
        title=_least_placed(found),
        subtitle=f"有内容的行占各来源全部行数的比例 · {EVERYTHING}",
        sheet=lambda: _complete_sheet(view, found),
        definition=COMPLETE,
        notes=COMPLETE[1:],
    )
    panel.header(made, faces=())
    panel.table(made.sheet(), alt=made.title)
    panel.footer(made)


def _least_placed(found: Quality) -> str:
    least = found.least_placed
    if least is None:
        return "没有需要落到社区的记录"
    missing = least.missing("community")
    if not missing:
        return "所有记录都落到了社区"
    share = percent(missing / least.rows)
    return f"未落到社区最多的是{literal(least.label)}:{number(missing)}行({share})"


def _complete_sheet(view: View, found: Quality) -> Sheet:
    present = [name for name in MATTERS if any(name in each.filled for each in found.completeness)]
    columns = [Column("来源"), Column("行数", "count")]
    columns += [Column(COLUMNS[name], "share") for name in present]
    rows: list[list[Cell]] = [
        [each.label, each.rows, *(each.share(name) for name in present)]
        for each in found.completeness
    ]
    return Sheet(columns, rows, traced(view, COMPLETE))
