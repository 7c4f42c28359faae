"""The charts that every page uses, measured, judged and worded."""

from ui.panels.compare import breakdown, differences, league
from ui.panels.ledger import figures, of_systems, places, reported
from ui.panels.time import closing, rhythm, trend

__all__ = [
    "breakdown",
    "closing",
    "differences",
    "figures",
    "league",
    "of_systems",
    "places",
    "reported",
    "rhythm",
    "trend",
]
