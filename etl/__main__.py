"""The command line: python -m etl load FILES, and the commands around it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from etl import load as loading
from etl import shown
from etl.catalog import sources
from etl.errors import EtlError
from etl.explain import Explanation
from etl.map_file import read_map
from etl.place import Place

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="把街道自己的导出文件加载为看板数据。数据目录由环境变量 GOVERNANCE_DATA 指定(默认 data/)。",
)
out = Console(soft_wrap=True, markup=False, highlight=False)
err = Console(stderr=True, markup=False, highlight=False)
FAILED = 2

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹")]
SourceName = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="来源名(见 sources),不给则自动识别")
]
MapFile = Annotated[
    Path | None, typer.Option("--map", metavar="FILE.toml", help="陌生表头的映射文件")
]
BatchNumber = Annotated[int, typer.Argument(metavar="BATCH", help="批次号(见 batches)")]


@contextmanager
def _progress() -> Generator[Callable[[str, float | None], None]]:
    """A bar on the terminal; in a pipe, nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)

        def say(message: str, fraction: float | None) -> None:
            total = None if fraction is None else 1.0
            bar.update(task, description=message, completed=fraction or 0.0, total=total)

        yield say


@contextmanager
def _failures() -> Generator[None]:
    try:
        yield
    except EtlError as error:
        err.print(f"✗ {error}", style="red", soft_wrap=True)
        raise typer.Exit(FAILED) from None


@app.command()
def load(
    paths: Paths,
    source: SourceName = None,
    map_file: MapFile = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试算,不保存")] = False,
) -> None:
    """加载文件。退出码:0 全部加载;1 有行未加载;2 什么也没有加载。"""
    with _failures(), _progress() as say:
        report = loading.load(
            paths,
            place=Place.from_environment(),
            source=source,
            map_file=map_file,
            dry_run=dry_run,
            progress=say,
        )
    for line in shown.report_lines(report, dry_run):
        out.print(line)
    raise typer.Exit(report.exit_status)


@app.command()
def sample() -> None:
    """加载随附的演示数据。"""
    with _failures(), _progress() as say:
        report = loading.build_sample(Place.from_environment(), say)
    for line in shown.report_lines(report, dry_run=False):
        out.print(line)
    raise typer.Exit(report.exit_status)


@app.command()
def batches() -> None:
    """列出加载过的批次。"""
    with _failures():
        found = loading.batches(Place.from_environment())
    out.print(shown.batches_table(found) if found else "还没有加载过数据。")


@app.command()
def undo(batch: BatchNumber) -> None:
    """撤销一个批次。"""
    with _failures(), _progress() as say:
        snapshot = loading.undo(batch, place=Place.from_environment(), progress=say)
    out.print(f"第 {batch} 批已撤销,当前快照 {snapshot}。")


@app.command()
def refresh() -> None:
    """升级以后:按新程序重新生成快照,数据不变;已是最新的不动。"""
    with _failures(), _progress() as say:
        snapshot = loading.refresh(place=Place.from_environment(), progress=say)
    out.print(f"已重新生成,当前快照 {snapshot}。" if snapshot else "快照已是最新。")


@app.command()
def rejects(
    batch: BatchNumber,
    file: Annotated[Path, typer.Option("--out", metavar="FILE.xlsx", help="写到哪里")],
) -> None:
    """把一个批次未加载的行按原表头导出为 xlsx。"""
    with _failures():
        rows = loading.write_rejects(batch, file, place=Place.from_environment())
    out.print(f"第 {batch} 批有 {rows:,} 行未加载,已写入 {file}。")


@app.command()
def snapshots() -> None:
    """列出保留的快照。"""
    found = loading.snapshots(Place.from_environment())
    out.print(shown.snapshots_table(found) if found else "还没有快照。")


@app.command()
def use(snapshot: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="快照名")]) -> None:
    """把一个保留的快照设为当前。"""
    with _failures():
        loading.use(snapshot, place=Place.from_environment())
    out.print(f"当前快照 {snapshot}。")


@app.command("sources")
def list_sources() -> None:
    """列出能识别的来源、字段和同义词。"""
    for source in sources().values():
        out.print(shown.source_table(source))
        out.print()


@app.command("explain")
def explain_file(paths: Paths, source: SourceName = None, map_file: MapFile = None) -> None:
    """说明文件会被怎样理解,不加载。退出码:0 全部认出;1 有的没认出;2 都没认出。"""
    with _failures():
        mapping = read_map(map_file) if map_file else None
        found = [Explanation(path, source, mapping) for path in loading.files_of(paths)]
    for explanation in found:
        for block in explanation.blocks():
            out.print(block)
    understood = [explanation.understood for explanation in found]
    raise typer.Exit(0 if all(understood) else 1 if any(understood) else FAILED)


if __name__ == "__main__":
    app()
