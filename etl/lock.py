"""One load at a time. The kernel frees the lock when its holder dies, however it dies."""

import json
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import Busy
from etl.place import Place

WAIT_SECONDS = 600.0


@contextmanager
def exclusive(
    place: Place,
    *,
    wait: float = WAIT_SECONDS,
    told: Callable[[str], None] | None = None,
) -> Generator[None]:
    """Hold the lock of this data directory; say who holds it while waiting."""
    place.root.mkdir(parents=True, exist_ok=True)
    # A soft lock (where flock is missing) would outlive a killed holder.
    lock = FileLock(place.lock, fallback_to_soft=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if told:
            told(f"另一个加载正在进行({holder(place)}),等待它结束…")
        try:
            lock.acquire(timeout=wait, poll_interval=0.2)
        except Timeout:
            raise Busy(
                f"另一个加载正在进行({holder(place)}),已等待 {wait:.0f} 秒。请等它结束后再试。"
            ) from None
    try:
        _note(place)
        yield
    finally:
        lock.release()


def holder(place: Place) -> str:
    try:
        note = json.loads(_notes(place).read_text(encoding="utf-8"))
        return f"进程 {int(note['pid'])},自 {note['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "进程未知"


def _note(place: Place) -> None:
    note = {"pid": os.getpid(), "since": datetime.now().isoformat(" ", "seconds")}
    _notes(place).write_text(json.dumps(note), encoding="utf-8")


def _notes(place: Place) -> Path:
    """Beside the lock file, whose content belongs to the lock library."""
    return place.lock.with_suffix(".holder")
