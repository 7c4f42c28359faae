"""What the numbers mean: metrics are defined once, on cards, and measured through one door."""

from metrics.definitions import Card, card, cards
from metrics.errors import (
    BadCut,
    BadPeriod,
    BadScope,
    MetricError,
    NoSnapshot,
    UnknownMetric,
)
from metrics.measure import measure, measure_many
from metrics.period import Period
from metrics.result import Measurement, Row
from metrics.scope import Scope
from metrics.snapshot import Snapshot, current_snapshot, open_snapshot

__all__ = [
    "BadCut",
    "BadPeriod",
    "BadScope",
    "Card",
    "Measurement",
    "MetricError",
    "NoSnapshot",
    "Period",
    "Row",
    "Scope",
    "Snapshot",
    "UnknownMetric",
    "card",
    "cards",
    "current_snapshot",
    "measure",
    "measure_many",
    "open_snapshot",
]
