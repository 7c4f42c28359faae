"""The charts that every page uses, measured, judged and worded."""

from ui.panels.compare import breakdown, differences, league
from ui.panels.time import closing, rhythm, trend

__all__ = ["breakdown", "closing", "differences", "league", "rhythm", "trend"]
