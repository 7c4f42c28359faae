"""Where a metric's limits come from: dates an office has set, each with its reason.

They stand in profile.toml of the data directory beside the targets and travel in the snapshot, so that
an old snapshot keeps the limits it was read by.
"""

import json
from dataclasses import dataclass
from datetime import date

from metrics.snapshot import Snapshot


@dataclass(frozen=True)
class Baseline:
    """Limits come from the periods between `start` and `end` (excluded), and hold from `start` on."""

    start: date
    end: date
    reason: str


def baselines(snapshot: Snapshot, metric: str) -> tuple[Baseline, ...]:
    """In order of time; none where the first periods of the history serve."""
    found = json.loads(snapshot.meta.get(f"baselines.{metric}", "[]"))
    return tuple(
        Baseline(date.fromisoformat(start), date.fromisoformat(end), reason)
        for start, end, reason in sorted(found)
    )
