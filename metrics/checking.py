"""The cards checked before anything is started on them: their words, then their SQL."""

from pathlib import Path

from metrics import binding, library
from metrics.errors import NoSnapshot
from metrics.faults import BadCards, Fault
from metrics.snapshot import Snapshot, current_snapshot


def check(snapshot: Snapshot | None = None, where: Path | None = None) -> list[Fault]:
    """Every fault of every file, over the tables of a snapshot if there is one."""
    files = library.read(where or library.folder())
    on = binding.tables(snapshot)
    found = [fault for file in files for fault in (*file.faults, *binding.faults(file, on))]
    return sorted(set(found))


def ensure() -> None:
    """Raises BadCards, with all that is wrong, unless the cards can be started on."""
    if faults := check(_current()):
        raise BadCards(faults)


def _current() -> Snapshot | None:
    try:
        return current_snapshot()
    except NoSnapshot:
        return None
