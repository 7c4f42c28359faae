"""How many orders next month will bring, by category or community: 未诉先办.

A series is its own rate per usual day over the last twelve closed months, times what the same month brought
in earlier years where there are any (January and February together: the Spring Festival moves between
them). The range holds four months in five; how often it did over the last twelve months is said beside it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from metrics.emerging import PRIOR, spreads
from metrics.exposure import exposures
from metrics.period import Period, add_months, month_start
from metrics.snapshot import Snapshot

if TYPE_CHECKING:
    import numpy as np

By = Literal["category", "community"]
SEASONS = Path(__file__).resolve().parent.parent / "data" / "reference" / "seasons.toml"
YEAR, ENOUGH = 12, 6
FEW = 12  # orders in the last year, below which nothing is foretold
LOW, HIGH = 0.1, 0.9
WIDE = 1.2816  # standard deviations that hold 80%
METHOD = (
    "**预计范围**",
    "每个类别(社区)按最近12个整月的件数折算到每个平常日子,乘以下个月的工作日、休息日和春节;往年有同一个月的,再按往年同月调整,一二月合并。"
    "范围按80%的把握给出,各月件数本来波动大的,范围相应放宽。",
    "检验:在最近12个整月里逐月只用之前的数据预计,看实际件数有多少落在范围里;同时与“照搬去年同月”比较。",
    f"最近12个月不足{FEW}件的不预计。",
)


@dataclass(frozen=True)
class Range:
    code: str
    label: str
    low: int
    expected: float
    high: int
    year_ago: int | None


@dataclass(frozen=True)
class Check:
    """Over the last closed months: how often the 80% range held, and the mean miss in orders, beside taking
    over the month of the year before (None where there is none)."""

    months: int
    held: float
    naive_held: float | None
    miss: float | None
    naive_miss: float | None


@dataclass(frozen=True)
class Outlook:
    month: Period
    past: int  # closed months
    ranges: tuple[Range, ...]  # most expected first
    check: Check | None
    few: int  # left out for want of orders
    notes: tuple[str, ...]  # of the calendar


@cache
def _seasons() -> tuple[tuple[frozenset[int], str], ...]:
    found = tomllib.loads(SEASONS.read_text(encoding="utf-8"))["seasons"]
    return tuple((frozenset(each["months"]), each["note"]) for each in found)


def outlook(snapshot: Snapshot, by: By) -> Outlook:
    """For the month after the as-of day's, over the whole street."""
    import numpy as np

    as_of = snapshot.as_of
    month = Period.of("month", add_months(month_start(as_of), 1), as_of)
    notes = tuple(note for months, note in _seasons() if month.start.month in months)
    codes, months, counts = _counts(snapshot, by)
    if len(months) < ENOUGH or not codes:
        return Outlook(month, len(months), (), None, 0, notes)
    enough = np.flatnonzero(counts[:, -YEAR:].sum(axis=1) >= FEW)
    few = len(codes) - len(enough)
    counts, codes = counts[enough], [codes[at] for at in enough]
    # A month that has not begun has no elapsed days: seen from its end it has all of them.
    whole = Period("month", month.start, month.end, month.end)
    weights = exposures(snapshot, [*months, whole])
    names = [each.start.month for each in months]
    expected, low, high = _foretell(counts, weights, [*names, month.start.month])
    ago = {(each.start.year, each.start.month): at for at, each in enumerate(months)}
    last = ago.get((month.start.year - 1, month.start.month))
    words = {area.code: area.name for area in snapshot.areas("community")}
    ranges = [
        Range(
            code,
            words.get(code, code),
            int(low[at]),
            float(expected[at]),
            int(high[at]),
            None if last is None else int(counts[at, last]),
        )
        for at, code in enumerate(codes)
    ]
    ranges.sort(key=lambda each: (-each.expected, each.code))
    return Outlook(month, len(months), tuple(ranges), _check(counts, weights, names), few, notes)


def _counts(snapshot: Snapshot, by: By) -> tuple[list[str], list[Period], "np.ndarray"]:
    """Codes, closed months, and orders in force of each."""
    import numpy as np

    end = month_start(snapshot.as_of)
    rows = snapshot.query(
        f"SELECT {by}, CAST(date_trunc('month', accepted_at) AS DATE) AS month, count(*) FROM hotline "
        f"WHERE accepted_at < ? AND {by} IS NOT NULL AND COALESCE(valid, TRUE) "
        "AND NOT COALESCE(returned, FALSE) GROUP BY ALL ORDER BY ALL",
        [end],
    )
    if not rows:
        return [], [], np.zeros((0, 0))
    first = min(month for _, month, _ in rows)
    count = (end.year - first.year) * 12 + end.month - first.month
    months = [Period.of("month", add_months(first, n), snapshot.as_of) for n in range(count)]
    codes = list(dict.fromkeys(code for code, _, _ in rows))
    at, column = (
        {code: n for n, code in enumerate(codes)},
        {m.start: n for n, m in enumerate(months)},
    )
    counts = np.zeros((len(codes), len(months)))
    for code, month, orders in rows:
        counts[at[code], column[month]] = orders
    return codes, months, counts


def _season(month: int) -> int:
    return 1 if month == 2 else month


def _foretell(
    before: "np.ndarray", weights: "np.ndarray", names: list[int]
) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
    """Expected orders of the last month named, and the bounds of the 80% range."""
    import numpy as np
    from scipy.stats import nbinom

    recent = before[:, -YEAR:]
    told = recent.sum(axis=1) + 0.5
    rate = told / weights[:-1][-YEAR:].sum()
    long_run = (before.sum(axis=1) + 0.5) / weights[:-1].sum()
    usual = long_run[:, None] * weights[None, :-1]
    same = [n for n, name in enumerate(names[:-1]) if _season(name) == _season(names[-1])]
    season, unsure = np.ones(len(before)), 1 / told
    if same and before.shape[1] >= YEAR:
        seen, foreseen = before[:, same].sum(axis=1), usual[:, same].sum(axis=1)
        season = (seen + PRIOR) / (foreseen + PRIOR)
        unsure = unsure + 1 / (seen + PRIOR)
    expected = rate * weights[-1] * season
    variance = spreads(before, usual) * (expected + expected**2 * unsure)
    size = expected**2 / np.maximum(variance - expected, 1e-9 * expected)
    chance = size / (size + expected)
    return expected, nbinom.ppf(LOW, size, chance), nbinom.ppf(HIGH, size, chance)


def _check(counts: "np.ndarray", weights: "np.ndarray", names: list[int]) -> Check | None:
    """Each of the last twelve closed months, foretold from those before it alone."""
    import numpy as np

    last = counts.shape[1]
    tried = range(max(ENOUGH, last - YEAR), last)
    held, naive, misses, naive_misses = [], [], [], []
    for at in tried:
        now = counts[:, at]
        expected, low, high = _foretell(counts[:, :at], weights[: at + 1], names[: at + 1])
        held.append((low <= now) & (now <= high))
        if at >= YEAR:
            ago = counts[:, at - YEAR]
            naive.append(np.abs(now - ago) <= WIDE * np.sqrt(2 * np.maximum(ago, 1)))
            misses.append(np.abs(now - expected))
            naive_misses.append(np.abs(now - ago))
    if not held:
        return None

    def mean(parts: list["np.ndarray"]) -> float | None:
        return float(np.mean(parts)) if parts else None

    return Check(len(held), float(np.mean(held)), mean(naive), mean(misses), mean(naive_misses))
