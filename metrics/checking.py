"""The cards checked before anything is started on them: their words, then their SQL."""

from pathlib import Path

from metrics import binding, library
from metrics.errors import NoSnapshot, OldSnapshot
from metrics.faults import BadCards, Fault
from metrics.snapshot import Snapshot, current_snapshot


def check(snapshot: Snapshot | None = None, where: Path | None = None) -> list[Fault]:
    """Every fault of every file, over the tables of a snapshot if there is one."""
    files = library.read(where or library.folder())
    on = binding.tables(snapshot)
    found = [fault for file in files for fault in (*file.faults, *binding.faults(file, on))]
    return sorted(set(found))


def ensure() -> None:
    """Raises BadCards, with all that is wrong, unless the cards can be started on; OldSnapshot where the
    snapshot is of an earlier version of the program."""
    snapshot = _current()
    if snapshot is not None and (lacking := binding.lacking(snapshot)):
        raise OldSnapshot(
            f"当前快照 {snapshot.id} 由旧版程序生成,缺少{'、'.join(lacking)},没有启动。"
            "请运行 python -m etl refresh 重新生成快照,数据不变。"
        )
    if faults := check(snapshot):
        raise BadCards(faults)


def _current() -> Snapshot | None:
    try:
        return current_snapshot()
    except NoSnapshot:
        return None
