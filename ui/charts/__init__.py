"""Figures as plain dicts (plotly.express costs 50 ms a figure): marks in, a plotly figure out."""

from ui.charts.base import CONFIG, STILL, Band, Flag, Mark, describe, figure
from ui.charts.compare import bars, dots, funnel
from ui.charts.curve import curve
from ui.charts.heat import heat
from ui.charts.tiles import tiles
from ui.charts.time import Limits, trend_bars, trend_line, waits

__all__ = [
    "CONFIG",
    "STILL",
    "Band",
    "Flag",
    "Limits",
    "Mark",
    "bars",
    "curve",
    "describe",
    "dots",
    "figure",
    "funnel",
    "heat",
    "tiles",
    "trend_bars",
    "trend_line",
    "waits",
]
