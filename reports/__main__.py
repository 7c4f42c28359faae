"""Reports on the command line: python -m reports monthly | quarter | backup"""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from metrics import Period, Scope, Snapshot, checking, current_snapshot, notebook, pins
from metrics.errors import MetricError
from reports import backup, edits, handed
from reports.errors import ReportError, UnknownFormat, Unwritable
from reports.model import Report
from reports.monthly import monthly as build
from reports.writers import WRITERS

app = typer.Typer(
    help="简报:由口径卡和快照生成通报文件。", no_args_is_help=True, add_completion=False
)
app.command("backup")(backup.command)
screen = Console(highlight=False)
Area = Annotated[str | None, typer.Option(help="区域代码或名称,默认全街道")]
Out = Annotated[Path, typer.Option(help="写到哪个目录,没有则新建")]
Formats = Annotated[list[str] | None, typer.Option("--format", help="只要哪些格式,可重复,默认全部")]
Head = Annotated[str, typer.Option(help="红头文字,默认不印红头")]
Signed = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="成文日期,如 2024-10-25,默认今天"),
]
Pinned = Annotated[str | None, typer.Option(help="快照编号,默认当前快照")]
Raw = Annotated[bool, typer.Option("--generated", help="不用已保存的修改,只用规则生成的文字")]


@app.command()
def monthly(
    period: Annotated[str | None, typer.Option(help="月份,如 2024-09,默认上个月")] = None,
    scope: Area = None,
    out: Out = Path(),
    form: Formats = None,
    red_head: Head = "",
    signed: Signed = None,
    snapshot: Pinned = None,
    generated: Raw = False,
) -> None:
    """月度通报。"""
    _write("month", period or "last_month", scope, out, form, red_head, signed, snapshot, generated)


@app.command()
def quarter(
    period: Annotated[str | None, typer.Option(help="季度,如 2024-Q3,默认上季度")] = None,
    scope: Area = None,
    out: Out = Path(),
    form: Formats = None,
    red_head: Head = "",
    signed: Signed = None,
    snapshot: Pinned = None,
    generated: Raw = False,
) -> None:
    """季度通报。"""
    _write(
        "quarter", period or "last_quarter", scope, out, form, red_head, signed, snapshot, generated
    )


def _write(
    kind: str, text: str, scope: str | None, out: Path, form: list[str] | None, red_head: str,
    signed: datetime | None, name: str | None, generated: bool,
) -> None:  # fmt: skip
    wanted = _formats(form)
    chosen = pins.reopen(name) if name else current_snapshot()
    period = Period.parse(text, chosen.as_of)
    made = build(
        chosen, period, Scope.parse(scope, chosen), kinds=(kind,), red_head=red_head,
        signed=signed.date() if signed else None,
    )  # fmt: skip
    if not generated:
        made = made.edited(edits.of(made))
        _tell_outdated(made)
    try:
        out.mkdir(parents=True, exist_ok=True)
        _files(made, wanted, out, chosen)
    except OSError as problem:
        why = f"{problem.strerror}。请换一个目录,或检查权限和磁盘空间"
        raise Unwritable(f"写不进 {out}:{why}。") from problem


def _formats(form: list[str] | None) -> list[str]:
    for name in form or []:
        if name not in WRITERS:
            raise UnknownFormat(f"没有格式“{name}”。可用:{'、'.join(WRITERS)}")
    return form or list(WRITERS)


def _tell_outdated(made: Report) -> None:
    for sentence in made.sentences:
        if sentence.outdated:
            screen.print(Text(f"修改后数字有变,请核对:{sentence.text}", "yellow"))


def _files(made: Report, wanted: list[str], out: Path, snapshot: Snapshot) -> None:
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=screen, transient=True) as progress:
        for suffix in wanted:
            progress.add_task(f"正在写 {suffix}")
            path = out / f"{made.file_name}.{suffix}"
            draft = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                draft.write_bytes(WRITERS[suffix](made))
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)
            screen.print(f"{path}({path.stat().st_size / 1024:,.0f} KB)", soft_wrap=True)
            if missed := handed.note(made, path.name, handed.COMMAND):
                screen.print(Text(missed, "yellow"), soft_wrap=True)
    screen.print(f"快照 {snapshot.id},数据至 {snapshot.as_of}。", soft_wrap=True)


def main() -> int:
    try:
        checking.ensure()
        app()
    except (MetricError, ReportError, notebook.Unwritable) as error:
        Console(stderr=True, highlight=False).print(Text(str(error), "red"), soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
