"""DuckDB as loading uses it: bounded memory, a spill directory of its own, and failures in words."""

import errno
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.errors import EtlError, NoRoom, Unreadable
from etl.place import Place

FULL_DISK = ("No space left", "File too large", "Disk quota", "not enough disk space")
DAMAGE = ("Corrupt", "not a valid DuckDB database", "replaying WAL", "read enough bytes", "WAL ")


def connect(
    file: Path | None, place: Place, *, read_only: bool = False
) -> duckdb.DuckDBPyConnection:
    """Open a database file, or an in-memory one for a file of None."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{memory_limit() // 2**20}MiB",
        "temp_directory": str(place.spill),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(str(file or ":memory:"), read_only=read_only, config=config)


def memory_limit() -> int:
    """Half the machine and never more than 2 GB: the office's computer does other things too."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):  # Windows
        physical = 4 * 2**30
    return max(2**29, min(2 * 2**30, physical // 2))


def wipe_spill(place: Place) -> None:
    """Spill files survive a kill and nobody reaps them. Only under the lock."""
    shutil.rmtree(place.spill, ignore_errors=True)


@contextmanager
def failures_in_words(place: Place) -> Generator[None]:
    """A full disk and a damaged database are things a reader can act on."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        known = known_failure(error, place)
        if known is None:
            raise
        raise known from error


def known_failure(error: duckdb.Error | OSError, place: Place) -> EtlError | None:
    text = str(error)
    numbers = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    if getattr(error, "errno", None) in numbers or any(sign in text for sign in FULL_DISK):
        return no_room(place)
    if isinstance(error, duckdb.OutOfMemoryException):
        return NoRoom(
            f"内存不够:限额 {memory_limit() / 2**30:.1f} GB,临时目录 {place.spill} 也不能再写。"
            "请关闭其他程序或腾出磁盘后重新加载;已加载的数据和当前快照不受影响。"
        )
    if isinstance(error, duckdb.Error) and any(sign in text for sign in DAMAGE):
        return Unreadable(
            f"加载库 {place.store} 已损坏,打不开。页面用的快照不受影响。"
            "请把该文件(连同同名 .wal)移到别处,再重新加载原始导出文件。"
        )
    return None


def no_room(place: Place, needed: int | None = None) -> NoRoom:
    free = shutil.disk_usage(place.root).free / 2**20
    wanted = f"需要约 {needed / 2**20:.0f} MB," if needed else ""
    return NoRoom(
        f"磁盘空间不够:{wanted}{place.root} 所在磁盘还剩 {free:.0f} MB。"
        "请腾出空间后重新加载;已加载的数据和当前快照不受影响。"
    )
