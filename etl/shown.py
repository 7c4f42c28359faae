"""How the command line words a load: the equation first, then what needs a human."""

from typing import Any

from rich.table import Table

from etl.catalog import Choice, Source
from etl.report import Accounting, FileReport, LoadReport
from etl.words import flag_label

MOST = 20  # reasons, flags, words or warnings listed of each


def equation(a: Accounting) -> str:
    return (
        f"读取 {a.read:,} = 新增 {a.loaded:,} + 更新 {a.updated:,} + 未变 {a.unchanged:,} "
        f"+ 重复 {a.duplicate:,} + 未加载 {a.rejected:,}"
    )


def report_lines(report: LoadReport, dry_run: bool) -> list[str]:
    lines: list[str] = []
    for file in report.files:
        lines += file_lines(file)
    lines += [f"✗ {file}:{message}" for file, message in report.errors]
    if dry_run:
        return [*lines, "以上为试算,什么也没有保存。去掉 --dry-run 即加载。"]
    if report.batch is None:
        return [*lines, "没有加载任何文件。"]
    lines.append(f"第 {report.batch} 批已加载,当前快照 {report.snapshot}。")
    if any(file.accounting.rejected for file in report.files):
        lines.append(f"导出未加载的行:python -m etl rejects {report.batch} --out 未加载.xlsx")
    return lines


def file_lines(file: FileReport) -> list[str]:
    sheet = f"「{file.sheet}」" if file.sheet else ""
    notes = [f"! {warning}" for warning in [*file.warnings, *file.reconciliation]]
    rejected = [f"未加载 {rows:,} 行:{why}" for why, rows in file.reject_reasons.items()]
    flagged = [
        f"已加载但存疑 {rows:,} 行:{flag_label(file.source, flag)}"
        for flag, rows in file.flags.items()
    ]
    unmapped = [f"未归类 {rows:,} 行:{field} 的「{value}」" for field, value, rows in file.unmapped]
    details = [*_most(rejected), *_most(flagged), *_most(unmapped), *_most(notes)]
    return [
        f"✓ {file.file}{sheet} → {file.label}({file.encoding})",
        f"  {equation(file.accounting)}",
        *(f"  {line}" for line in details),
    ]


def _most(lines: list[str]) -> list[str]:
    if len(lines) <= MOST:
        return lines
    return [*lines[:MOST], f"……另有 {len(lines) - MOST} 项"]


def batches_table(batches: list[dict[str, Any]]) -> Table:
    table = _table(
        "批次", "时间", "来源", "文件", "读取", "新增", "更新", "未变", "重复", "未加载", "状态"
    )
    for b in batches:
        states = [word for word, is_so in (("已撤销", b["undone"]), ("演示", b["demo"])) if is_so]
        name = f"{b['file']}「{b['sheet']}」" if b["sheet"] else b["file"]
        counts = [b[k] for k in ("read", "loaded", "updated", "unchanged", "duplicate", "rejected")]
        table.add_row(
            str(b["batch"]), f"{b['loaded_at']:%Y-%m-%d %H:%M}", b["source"], name,
            *(f"{count:,}" for count in counts), "、".join(states),
        )  # fmt: skip
    return table


def snapshots_table(snapshots: list[dict[str, Any]]) -> Table:
    table = _table("快照", "生成时间", "数据截至", "大小", "状态")
    for s in snapshots:
        states = [
            word for word, is_so in (("当前", s["current"]), ("已固定", s["pinned"])) if is_so
        ]
        table.add_row(
            s["snapshot"], s["built_at"] or "打不开", s["as_of"] or "", f"{s['bytes'] / 2**20:.1f} MB",
            "、".join(states),
        )  # fmt: skip
    return table


def source_table(source: Source) -> Table:
    table = _table("字段", "名称", "类型", "必填", "表头同义词", "取值")
    table.title = f"{source.name} {source.label}(主键:{'、'.join(source.key)})"
    table.title_justify = "left"
    for field in source.fields:
        words = [word for level in field.levels for word in level] or field.synonyms
        table.add_row(
            field.name, field.label, field.type, "是" if field.required else "",
            "、".join(words), "、".join(map(_choice, field.values)),
        )  # fmt: skip
    return table


def _choice(choice: Choice) -> str:
    words = f"({'、'.join(choice.synonyms)})" if choice.synonyms else ""
    return f"{choice.code}={choice.label}{words}"


def _table(*columns: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for at, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=at == 0)
    return table
