"""A copy of the notebook: saved views, pins, decisions, edited sentences. Everything else can be loaded again."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from metrics import notebook

SOUND = "ok"


class BackupFailed(Exception):
    """No copy was left behind; the message says why and what to do."""


def backup(folder: Path) -> Path:
    """Copy the notebook into a folder under a dated name, while pages may go on writing. The copy is read
    through before it gets its name.

    Raises:
        BackupFailed: there is nothing to copy, or the copy is not sound.
    """
    if not notebook.path().is_file():
        raise BackupFailed(
            f"还没有可备份的内容:{notebook.path()} 不存在。收藏视图、固定快照或议定事项之后才有。"
        )
    final = folder / f"notebook-{notebook.clock():%Y%m%dT%H%M%S}.sqlite"
    draft = final.with_suffix(".draft")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(draft)
        draft.replace(final)
    except (OSError, sqlite3.Error) as problem:
        raise BackupFailed(
            f"备份没有成功({problem})。请检查 {folder} 的写入权限和磁盘空间。"
        ) from problem
    finally:
        if draft.is_file():
            draft.unlink()
    return final


def _copy(draft: Path) -> None:
    with (
        closing(sqlite3.connect(f"{notebook.path().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(draft)) as copy,
    ):
        source.backup(copy)
        (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    if found != SOUND:
        raise BackupFailed(
            f"备份没有通过检查({found})。原文件可能已损坏,请保留它并使用上一份备份。"
        )


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="放备份的文件夹,最好在另一块磁盘")],
) -> None:
    """备份议定事项、固定快照的口径、收藏的视图和改过的文字(一个小文件)。"""
    try:
        made = backup(folder)
    except BackupFailed as problem:
        typer.echo(problem, err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"已备份并检查:{made}")
    typer.echo(f"要恢复:先停止程序,把它复制为 {notebook.path()},再启动。")
