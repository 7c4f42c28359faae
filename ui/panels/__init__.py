"""The charts that every page uses, measured, judged and worded."""

from ui.panels.backlog import backlog
from ui.panels.closing import closing
from ui.panels.compare import breakdown, differences, league
from ui.panels.followup import followup
from ui.panels.groups import groups
from ui.panels.ladder import evidence
from ui.panels.ledger import by_system, figures, of_systems, places, reported
from ui.panels.matrix import cells, idle_months, not_served, published_cells
from ui.panels.sampling import sampling
from ui.panels.time import rhythm, trend

__all__ = [
    "backlog",
    "breakdown",
    "by_system",
    "cells",
    "closing",
    "differences",
    "evidence",
    "figures",
    "followup",
    "groups",
    "idle_months",
    "league",
    "not_served",
    "of_systems",
    "places",
    "published_cells",
    "reported",
    "rhythm",
    "sampling",
    "trend",
]
