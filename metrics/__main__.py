"""Metrics on the command line: python -m metrics list | show METRIC | measure METRIC … | check"""

import csv
import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from metrics import checking, pins
from metrics.asking import INTERVALS, Statuses, ask, columns, describe, records
from metrics.definitions import Card, card, cards, versions
from metrics.errors import MetricError
from metrics.judged import judged
from metrics.labels import CLOCKS, LABELLED
from metrics.result import Measurement
from metrics.roles import DEFAULT
from metrics.snapshot import current_snapshot
from metrics.words import amount, value_text

app = typer.Typer(help="指标口径与度量。", no_args_is_help=True, add_completion=False)
screen = Console(highlight=False)


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


@app.command("list")
def list_cards() -> None:
    """列出全部指标。"""
    table = Table("指标", "版本", "名称", "口径", "分级", "可拆分的维度")
    for each in cards().values():
        table.add_row(
            each.id, str(each.version), each.label, each.base, each.tier, " ".join(each.dimensions)
        )
    screen.print(table)


@app.command()
def check() -> None:
    """检查全部口径卡:写法、列名、分母、版本。有错误时逐条列出,退出码为 1。"""
    # What is wrong has stopped every command before it began.
    several = sum(len(versions(metric)) for metric in cards())
    screen.print(f"口径卡没有错误:{len(cards())}个指标,{several}个版本。")


@app.command()
def show(
    metric: Annotated[str, typer.Argument(help="指标编号")],
    version: Annotated[int | None, typer.Option(help="第几版,默认最新")] = None,
) -> None:
    """显示一个指标的口径卡。"""
    chosen = card(metric, version)
    for name, text in _card_lines(chosen):
        screen.print(f"[bold]{name}[/bold] {text}", markup=True)


@app.command()
def measure(
    metric: Annotated[str, typer.Argument(help="指标编号")],
    by: Annotated[list[str] | None, typer.Option(help="拆分维度,可重复")] = None,
    first: Annotated[str | None, typer.Option("--from", help="开始日期,含当日")] = None,
    last: Annotated[str | None, typer.Option("--to", help="结束日期,含当日")] = None,
    period: Annotated[
        str | None, typer.Option(help="2024-09、2024-W36、2024-Q3、2024-H1、2024")
    ] = None,
    where: Annotated[list[str] | None, typer.Option(help="筛选:维度=值,可重复")] = None,
    scope: Annotated[str | None, typer.Option(help="区域代码或名称,默认全街道")] = None,
    as_of: Annotated[str | None, typer.Option(help="截止日期,默认快照的截止日期")] = None,
    version: Annotated[int | None, typer.Option(help="口径第几版,默认最新")] = None,
    snapshot: Annotated[str | None, typer.Option(help="快照编号,默认当前快照")] = None,
    form: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.table,
) -> None:
    """计算一个指标。"""
    chosen = pins.reopen(snapshot.removesuffix(".duckdb")) if snapshot else current_snapshot()
    answer = ask(
        metric,
        chosen,
        by=by or [],
        period=period,
        first=first,
        last=last,
        where=where or [],
        scope=scope,
        as_of=as_of,
        version=version,
    )
    printed = {Format.table: _print_table, Format.csv: _print_csv, Format.json: _print_json}
    printed[form](answer, judged(answer, chosen, DEFAULT))


def _card_lines(chosen: Card) -> list[tuple[str, str]]:
    lines = [
        ("编号", f"{chosen.id} 第{chosen.version}版(共{len(versions(chosen.id))}版)"),
        ("名称", chosen.label),
        ("一句话", chosen.meaning),
        ("分子", f"{chosen.numerator_label}:{chosen.numerator}"),
        ("分母", f"{chosen.denominator_label}:{chosen.denominator}" if chosen.denominator else ""),
        ("口径", " ".join(filter(None, [chosen.base, chosen.basis]))),
        ("归期", chosen.date or chosen.when),
        ("剔除", chosen.excludes),
        ("时钟", CLOCKS[chosen.clock]),
        ("数据表", f"{chosen.table.label}({chosen.table.name})"),
        ("区间", INTERVALS[chosen.interval]),
        ("最小样本", str(chosen.minimum_n)),
        ("分级", f"{chosen.tier},最细到 {chosen.finest}"),
        ("可拆分", "、".join(chosen.dimensions)),
        ("生效", f"{chosen.effective}" + (f" 至 {chosen.until}" if chosen.until else "")),
        ("责任", chosen.owner + (f" · 复核 {chosen.checker}" if chosen.checker else "")),
        ("应复核", f"{chosen.review}"),
    ]
    return [(name, text) for name, text in lines if text]


def _print_table(answer: Measurement, statuses: Statuses) -> None:
    about = (answer.period.label, answer.base_label, answer.card.key)
    screen.print(f"[bold]{answer.card.label}[/bold] {' · '.join(about)}")
    table = Table(
        *(LABELLED.get(name, name) for name in answer.by),
        "分子",
        "分母",
        "n",
        "值",
        "下限",
        "上限",
        Column("状态", no_wrap=True),
        "说明",
    )
    for row, found in zip(answer.rows, statuses, strict=True):
        numbers = [row.numerator, row.denominator, answer.size(row)]
        table.add_row(
            *row.labels,
            *("" if number is None else f"{number:,}" for number in numbers),
            value_text(answer.card, row),
            *("" if end is None else amount(answer.card, end) for end in (row.low, row.high)),
            found.sign.words if found else "",
            row.reason or (found.because if found else ""),
        )
    screen.print(table)
    for note in answer.notes:
        screen.print(f"· {note}")


def _print_csv(answer: Measurement, statuses: Statuses) -> None:
    writer = csv.DictWriter(sys.stdout, columns(answer), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records(answer, statuses))


def _print_json(answer: Measurement, statuses: Statuses) -> None:
    sys.stdout.write(json.dumps(describe(answer, statuses), ensure_ascii=False, indent=2) + "\n")


def main() -> int:
    try:
        checking.ensure()
        app()
    except MetricError as error:
        # As text: a message may hold brackets, which rich would read as colours. Whole lines, to be clicked.
        Console(stderr=True, highlight=False).print(Text(str(error), "red"), soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
