"""A change of period on a page against plain Streamlit drawing the same figures from constants."""

import pickle
import statistics
import tempfile
from pathlib import Path

from benchmarks.process import ROOT, run
from benchmarks.session import Session, serving

MONTHS = [f"2024-{month:02d}" for month in range(9, 0, -1)] + [
    f"2023-{month:02d}" for month in range(12, 0, -1)
]
ROUNDS = 3
# Every page of the menu but the one that loads data, which does not change with the period.
PAGES = [
    "",
    *sorted(
        path.stem
        for path in (ROOT / "pages").glob("*.py")
        if path.stem not in ("frame", "overview", "intake")
    ),
]


def record(element) -> tuple[str, dict]:
    kind = element.WhichOneof("type")
    part = getattr(element, kind)
    match kind:
        case "plotly_chart":
            return kind, {"spec": part.spec, "config": part.config or "{}"}
        case "dataframe":
            return kind, {
                "data": part.arrow_data.data if hasattr(part, "arrow_data") else part.data
            }
        case "table":
            return kind, {"data": part.arrow_data.data}
        case "metric":
            return kind, {"label": part.label, "body": part.body, "delta": part.delta}
        case "heading":
            return kind, {"body": part.body}
        case "button" | "download_button":
            return "button", {"label": part.label}
        case _:
            return "markdown", {"body": getattr(part, "body", "") or "·"}


def changes(session: Session, months: list[str]) -> list[float]:
    times = []
    for month in months:
        times.append(session.run(f"period={month}"))
        if session.failures():
            raise RuntimeError(f"{month}: {session.failures()[0]}")
    return times


def compare(page: str, data: Path) -> str:
    with serving(ROOT / "app.py", GOVERNANCE_DATA=str(data)) as base:
        session = Session(base, page, f"period={MONTHS[0]}")
        session.run()
        session.run()
        cold = changes(session, MONTHS[1:])
        recorded = {}
        for month in MONTHS:
            session.run(f"period={month}")
            recorded[month] = [record(element) for element in session.elements]
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
    return (
        f"(c) {page or 'overview':<11} change of period / bare page: first time {cold_s / floor:.2f}×, "
        f"seen before {warm_s / floor:.2f}×   aim ≤ 1.3×   first run {first / bare_first:.2f}×   aim ≤ 1.5×   "
        f"({cold_s * 1e3:.0f}, {warm_s * 1e3:.0f} / {floor * 1e3:.0f} ms; {len(recorded[MONTHS[0]])} elements)"
    )


def paint(base: str, page: str) -> float:
    session = Session(base, page)
    seconds = session.run()
    session.close()
    return seconds


def sample(folder: Path) -> Path:
    run("-m", "etl", "sample", GOVERNANCE_DATA=str(folder))
    return folder
