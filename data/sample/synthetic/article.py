"""The article's figures, read from the one file that transcribes them."""

import csv
from functools import cache
from pathlib import Path

TRANSCRIPT = Path(__file__).resolve().parent.parent / "indicators.csv"


@cache
def exact() -> dict[str, int]:
    """Figures the article states exactly, by key. A figure it only bounds is not in here."""
    with TRANSCRIPT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["指标编码"]: int(row["数值"]) for row in rows if row["限定"] == "准确"}
