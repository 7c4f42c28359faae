"""Loading against the bare engine and against pandas, and a daily file against a full load."""

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.process import Cost, run

BENCH = Path(__file__).parent
TURNS = 3


def generate(rows: int, folder: Path) -> Path:
    path = folder / f"hotline_{rows}.csv"
    run(BENCH / "generate.py", str(rows), path)
    return path


def daily(full: Path, rows: int, folder: Path) -> Path:
    """The first rows of a full file with new numbers for half of them: updates and new orders."""
    path = folder / "daily.csv"
    with (
        full.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as out,
    ):
        reader, writer = csv.reader(source), csv.writer(out)
        writer.writerow(next(reader))
        for i, row in zip(range(rows), reader, strict=False):
            writer.writerow([f"N{row[0]}" if i % 2 else row[0], *row[1:]])
    return path


def line(name: str, ours: Cost, other: Cost, aim: str) -> str:
    return (
        f"{name:<42} time {ours.seconds / other.seconds:6.2f}×   peak memory {ours.peak_mb / other.peak_mb:5.2f}×   "
        f"aim {aim}   ({ours.seconds:.1f} s, {ours.peak_mb:.0f} MB / {other.seconds:.1f} s, {other.peak_mb:.0f} MB)"
    )


def by_turns(path: Path, folder: Path, data: dict[str, str]) -> tuple[Cost, Cost]:
    """A load, and one without texts and links, each the median of several: a machine that is slow for a minute
    is slow for both. The last full one stays."""
    costs = []
    for _ in range(TURNS):
        shutil.rmtree(folder / "data", ignore_errors=True)
        full = run("-m", "etl", "load", path, **data)
        costs.append((full, run(BENCH / "plain_load.py", path, folder / "plain")))
        shutil.rmtree(folder / "plain")
    full, plain = (sorted(each, key=lambda cost: cost.seconds) for each in zip(*costs, strict=True))
    return full[TURNS // 2], plain[TURNS // 2]


def compare(rows: int, measure: Callable[[Path], str] | None = None) -> Iterator[str]:
    """One line per ratio; `measure` is asked about the loaded data while it is there."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        path = generate(rows, folder)
        bare = run(BENCH / "bare_duckdb.py", path, folder / "bare.duckdb")
        data = {"GOVERNANCE_DATA": str(folder / "data")}
        full, plain = by_turns(path, folder, data)
        yield line(f"(a) load {rows:,} rows / bare read_csv", full, bare, "≤ 2×")
        yield line(f"(e) load {rows:,} rows / without texts, links", full, plain, "≤ 1.5×")
        pandas = run(BENCH / "with_pandas.py", path, folder / "pandas.parquet")
        yield line(f"(a) load {rows:,} rows / pandas, same work", full, pandas, "≤ 0.25×")
        if measure:
            yield measure(folder / "data")
        day = run("-m", "etl", "load", daily(path, 1000, folder), **data)
        yield line(f"(d) 1,000 rows into {rows:,} / full load", day, full, "≤ 0.05×")
    finally:
        shutil.rmtree(folder)
