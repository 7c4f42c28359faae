"""The log of loading: what was done, when, with how many rows. Never what a cell says."""

import json
import os
from typing import Any

from etl.place import Place
from etl.store import clock


def note(place: Place, event: str, **facts: Any) -> None:
    """Append one JSON line to logs/etl.log."""
    folder = place.root / "logs"
    line = {"at": clock().isoformat(), "pid": os.getpid(), "event": event} | facts
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "etl.log").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
    except OSError:
        # A full disk must not turn a finished load into a failed one.
        return
