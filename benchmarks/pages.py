"""A change of period on a page against plain Streamlit drawing the same figures from constants."""

import pickle
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import ROOT, run
from benchmarks.recording import Call, calls
from benchmarks.session import Session, serving

MONTHS = [f"2024-{month:02d}" for month in range(9, 0, -1)] + [
    f"2023-{month:02d}" for month in range(12, 0, -1)
]
TURNS, PAINTS = 7, 5
USED = 20  # runs before any is timed: an office's server has been used today, and Python learns from use
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
    """Ours and the floor by turns, each on a server of its own: a machine that is slow for a minute is slow
    for both, and a server is slower or faster than its like by a tenth for as long as it lives."""
    drawn = _recorded(page, data)
    with tempfile.NamedTemporaryFile(suffix=".pickle") as file:
        Path(file.name).write_bytes(pickle.dumps(drawn))
        turns = [(_ours(page, data), _floor(Path(file.name))) for _ in range(TURNS)]
    ratios = [
        (cold / bare, warm / bare, first / bare_first)
        for (cold, warm, first), (bare, bare_first) in turns
    ]
    middle = [statistics.median(each) for each in zip(*ratios, strict=True)]
    cold, warm, first, bare, bare_first = (
        statistics.median(each) * 1e3 for each in zip(*(o + f for o, f in turns), strict=True)
    )
    behind = (
        f"{cold:.0f}, {warm:.0f} / {bare:.0f} ms, {first:.0f} / {bare_first:.0f} ms;"
        f" {len(drawn[MONTHS[0]])} calls"
    )
    return Ratios(page or "overview", dict(zip(AIMS, middle, strict=True)), behind)


def _recorded(page: str, data: Path) -> dict[str, list[Call]]:
    """What the page draws in each month."""
    found: dict[str, list[Call]] = {}
    with serving(ROOT / "app.py", GOVERNANCE_DATA=str(data)) as base:
        session = Session(base, page, f"period={MONTHS[0]}")
        for month in MONTHS:
            changes(session, [month])
            found[month] = calls(base, session.deltas)
        session.close()
    return found


def _ours(page: str, data: Path) -> tuple[float, float, float]:
    """Seconds of a month never seen, of one seen before, of a first paint: the median of each."""
    with serving(ROOT / "app.py", GOVERNANCE_DATA=str(data)) as base:
        session = Session(base, page, f"period={MONTHS[0]}")
        changes(session, MONTHS[:1] * USED)
        cold = changes(session, MONTHS[1:])
        warm = changes(session, MONTHS)
        first = [paint(base, page) for _ in range(PAINTS)]
        session.close()
    return statistics.median(cold), statistics.median(warm), statistics.median(first)


def _floor(constants: Path) -> tuple[float, float]:
    with serving(ROOT / "benchmarks" / "bare_page.py", RECORDED_PAGE=str(constants)) as base:
        session = Session(base)
        changes(session, MONTHS[:1] * USED)
        times = changes(session, MONTHS)
        first = [paint(base, "") for _ in range(PAINTS)]
        session.close()
    return statistics.median(times), statistics.median(first)


def paint(base: str, page: str) -> float:
    session = Session(base, page)
    seconds = session.run()
    session.close()
    return seconds


def sample(folder: Path) -> Path:
    run("-m", "etl", "sample", GOVERNANCE_DATA=str(folder))
    return folder
