"""Closures that look unlikely, by unit: what was found, over what, and what would be expected."""

from metrics.closing_tests import LEAST
from metrics.closures import DEFINITIONS, Closures, closures
from metrics.status import SIGNS
from ui import data, panel
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.panels.freshness import traced
from ui.state import View
from ui.words import literal

FLAGGED, ORDINARY, FEW = "◆ 需核对", "● 未见异常", SIGNS["few"].mark
ABOUT = (
    "**办结是否合常理**",
    f"按承办单位检查,不到个人。办结(或有答复)不足{LEAST}件的单位不判断;同一检查里所有单位一起比,"
    "随机误报控制在5%以内,并且发现的至少是预期的2倍(压点办结除外)才标出。",
    "标出的只是需要核对的数据问题,不等于弄虚作假:系统批量导入、统一补录也会这样。数字照常计入各项指标。",
    *(f"{each.label}:{each.meaning}。预期:{each.expectation}。" for each in DEFINITIONS),
)


def table(view: View) -> None:
    found = data.derived(view, ("closures",), lambda: closures(view.snapshot))
    if not found.found:
        return
    made = Panel(
        name="quality-closures",
        title=_title(found),
        subtitle=f"热线工单与案件(隐患、派单、企业诉求) · 按承办单位 · 全部已接入数据 · 判断{found.judged}项,{SIGNS['few'].words}{found.few}项",
        sheet=lambda: _sheet(view, found),
        definition=ABOUT,
        notes=[ABOUT[2]],
    )
    panel.header(made, faces=())
    panel.table(made.sheet(), alt=made.title)
    panel.footer(made)


def _title(found: Closures) -> str:
    if not found.judged:
        return "办结件数不足,不能检查是否合常理"
    if not found.flagged:
        return "没有单位的办结方式超出常理"
    names = "、".join(literal(unit) for unit in found.units[:3])
    more = "等" if len(found.units) > 3 else ""
    return f"{len(found.units)}个单位的办结方式需核对:{names}{more}"


def _sheet(view: View, found: Closures) -> Sheet:
    labels = {each.kind: each.label for each in DEFINITIONS}
    columns = [Column("检查"), Column("来源"), Column("承办单位"), Column("判断")]
    columns += [Column("发现", "count"), Column("分母", "count"), Column("占比", "share")]
    columns += [Column("预期", "decimal"), Column("预期占比", "share")]
    rows: list[list[Cell]] = [
        [
            *(labels[each.kind], each.ledger, each.unit, _verdict(each.flagged)),
            *(each.hits, each.base, each.share, each.expected, each.expected_share),
        ]
        for each in found.found
    ]
    return Sheet(columns, rows, traced(view, ABOUT))


def _verdict(flagged: bool | None) -> str:
    return FEW if flagged is None else FLAGGED if flagged else ORDINARY
