"""A change of period on a page against plain Streamlit drawing the same figures from constants."""

import pickle
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import ROOT, run
from benchmarks.recording import calls
from benchmarks.session import Session, serving

MONTHS = [f"2024-{month:02d}" for month in range(9, 0, -1)] + [
    f"2023-{month:02d}" for month in range(12, 0, -1)
]
ROUNDS = 3
# All pages of the menu: the frame is around them, and 总览 has the bare address.
PAGES = [
    "",
    *sorted(
        path.stem
        for path in (ROOT / "pages").glob("*.py")
        if path.stem not in ("frame", "overview")
    ),
]
AIMS = {"first visit": 1.3, "seen before": 1.3, "first paint": 1.5}


@dataclass(frozen=True)
class Ratios:
    """One page against its floor: `ratios` by the names of AIMS, and the milliseconds behind them."""

    page: str
    ratios: Mapping[str, float]
    behind: str

    @property
    def missed(self) -> list[str]:
        return [name for name, aim in AIMS.items() if round(self.ratios[name], 2) > aim]

    def __str__(self) -> str:
        said = "   ".join(
            f"{name} {self.ratios[name]:.2f}× (aim ≤ {aim}×)" for name, aim in AIMS.items()
        )
        return f"(c) {self.page:<11} {said}   ({self.behind})"


def summary(found: Sequence[Ratios]) -> str:
    """The last line: which pages miss which aim."""
    missed = [f"{each.page} ({', '.join(each.missed)})" for each in found if each.missed]
    held = f"(c) {len(found) - len(missed)} of {len(found)} pages hold all aims"
    return f"{held}; not: {'; '.join(missed)}" if missed else held


def changes(session: Session, months: list[str]) -> list[float]:
    times = []
    for month in months:
        times.append(session.run(f"period={month}"))
        if session.failures():
            raise RuntimeError(f"{month}: {session.failures()[0]}")
    return times


def compare(page: str, data: Path) -> Ratios:
    with serving(ROOT / "app.py", GOVERNANCE_DATA=str(data)) as base:
        session = Session(base, page, f"period={MONTHS[0]}")
        session.run()
        session.run()
        cold = changes(session, MONTHS[1:])
        recorded = {}
        for month in MONTHS:
            session.run(f"period={month}")
            recorded[month] = calls(base, session.deltas)
        warm = changes(session, MONTHS * ROUNDS)
        first = statistics.median(paint(base, page) for _ in range(9))
        session.close()
    with tempfile.NamedTemporaryFile(suffix=".pickle") as file:
        Path(file.name).write_bytes(pickle.dumps(recorded))
        with serving(ROOT / "benchmarks" / "bare_page.py", RECORDED_PAGE=file.name) as base:
            session = Session(base)
            session.run()
            floor = statistics.median(changes(session, MONTHS * ROUNDS))
            bare_first = statistics.median(paint(base, "") for _ in range(9))
            session.close()
    cold_s, warm_s = statistics.median(cold), statistics.median(warm)
    ratios = (cold_s / floor, warm_s / floor, first / bare_first)
    behind = (
        f"{cold_s * 1e3:.0f}, {warm_s * 1e3:.0f} / {floor * 1e3:.0f} ms, "
        f"{first * 1e3:.0f} / {bare_first * 1e3:.0f} ms; {len(recorded[MONTHS[0]])} calls"
    )
    return Ratios(page or "overview", dict(zip(AIMS, ratios, strict=True)), behind)


def paint(base: str, page: str) -> float:
    session = Session(base, page)
    seconds = session.run()
    session.close()
    return seconds


def sample(folder: Path) -> Path:
    run("-m", "etl", "sample", GOVERNANCE_DATA=str(folder))
    return folder
