"""How many orders next month will bring, by category or community: 未诉先办.

A series is its own rate per usual day over the last twelve closed months, times what the same month brought
in earlier years where there are any (January and February together: the Spring Festival moves between
them). The range holds four months in five, as ranges did in the past (hindsight.py); how often it did over the
last twelve months is said beside it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from metrics.exposure import exposures
from metrics.foresight import YEAR
from metrics.hindsight import ENOUGH, HELD, Check, check, ranges
from metrics.period import Period, add_months, month_start
from metrics.seasons import seasons
from metrics.snapshot import Snapshot

if TYPE_CHECKING:
    import numpy as np

By = Literal["category", "community"]
FEW = 12  # orders in the last year, below which nothing is foretold
METHOD = (
    "**预计范围**",
    "每个类别(社区)按最近12个整月的件数折算到每个平常日子,乘以下个月的工作日、休息日和春节;往年有同一个月的,再按往年同月调整,一二月合并。"
    f"范围按{HELD:.0%}的把握给出:各月件数本来波动大的,范围相应放宽;再看以往各月按同样方法预计时落在范围里的有多少,相应收窄或放宽。件数是整数,范围两端取整后至少80%、往往略多:件数越少多得越明显。",
    "检验:在最近12个整月里逐月只用之前的数据预计,看实际件数有多少落在范围里,并与取整后应有的比例、“照搬去年同月”比较。"
    "检验每个月时,预计和范围的宽窄都只用这个月之前的数据。",
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
class Outlook:
    month: Period
    past: int  # closed months
    ranges: tuple[Range, ...]  # most expected first
    check: Check | None
    few: int  # left out for want of orders
    notes: tuple[str, ...]  # of the calendar


def outlook(snapshot: Snapshot, by: By) -> Outlook:
    """For the month after the as-of day's, over the whole street: the same whatever period is on show."""
    return snapshot.kept(("outlook", by), lambda: _outlook(snapshot, by))


def _outlook(snapshot: Snapshot, by: By) -> Outlook:
    import numpy as np

    as_of = snapshot.as_of
    month = Period.of("month", add_months(month_start(as_of), 1), as_of)
    notes = tuple(each.note for each in seasons() if month.start.month in each.months)
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
    told = ranges(counts, weights, [*names, month.start.month])
    ago = {(each.start.year, each.start.month): at for at, each in enumerate(months)}
    last = ago.get((month.start.year - 1, month.start.month))
    words = {area.code: area.name for area in snapshot.areas("community")}
    found = [
        Range(
            code,
            words.get(code, code),
            int(told.low[at]),
            float(told.expected[at]),
            int(told.high[at]),
            None if last is None else int(counts[at, last]),
        )
        for at, code in enumerate(codes)
    ]
    found.sort(key=lambda each: (-each.expected, each.code))
    return Outlook(month, len(months), tuple(found), check(counts, weights, names), few, notes)


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
