"""The tests behind metrics/closures.py: what each unit has, what would be expected, and the chance of as much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from metrics.snapshot import Snapshot

Kind = Literal["instant", "batch", "deadline", "copied", "quota", "round"]
LEAST = 30  # closures, below which a unit is not judged
LEAST_PAIRED = 20  # closures in the two windows of the deadline check
LEAST_MONTHS = 6
MINUTES, TOGETHER, HOURS, COPIES, ROUND = 10, 5, 4, 5, 5
OFFICE_MINUTES = 510  # of a day on which anything is closed


@dataclass(frozen=True)
class Ledger:
    """Where closures stand: `opened` starts the clock, `quick` are those that may rightly end at once."""

    name: str
    label: str
    opened: str
    taken: str
    quick: str


LEDGERS = (
    Ledger(
        "hotline", "热线工单", "accepted_at",
        "valid IS NOT FALSE AND returned IS NOT TRUE",
        "nature IN ('consultation', 'praise')",
    ),
    Ledger(
        "cases", "案件", "coalesce(accepted_at, reported_at)",
        "kind IN ('hazard', 'task', 'enterprise_request')",
        "FALSE",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Test:
    unit: str
    hits: int
    base: int
    expected: float
    chance: float
    enough: bool


def tests(snapshot: Snapshot, ledger: Ledger) -> dict[Kind, Sequence[Test]]:
    """Every unit of a ledger in every check."""
    found: dict[Kind, Sequence[Test]] = {
        "instant": _beside_others(_instant(snapshot, ledger)),
        "batch": _batches(snapshot, ledger),
        "deadline": _deadlines(snapshot, ledger),
        "copied": _beside_others(_copied(snapshot, ledger)),
    }
    return found | _months(snapshot, ledger)


def _closed(ledger: Ledger, columns: str, where: str = "TRUE") -> str:
    return (
        f"SELECT unit, {columns} FROM {ledger.name} "
        f"WHERE closed_at IS NOT NULL AND unit IS NOT NULL AND {ledger.taken} AND {where}"
    )


def _instant(snapshot: Snapshot, ledger: Ledger) -> list[tuple[str, int, int]]:
    waited = f"date_diff('minute', {ledger.opened}, closed_at) <= {MINUTES}"
    timed = f"NOT ({ledger.quick}) AND closed_at <> date_trunc('day', closed_at)"
    rows = _closed(ledger, f"{waited} AS quick", timed)
    return snapshot.query(
        f"SELECT unit, count(*) FILTER (WHERE quick), count(*) FROM ({rows}) GROUP BY unit ORDER BY unit"
    )


def _copied(snapshot: Snapshot, ledger: Ledger) -> list[tuple[str, int, int]]:
    rows = _closed(
        ledger, "count(*) OVER (PARTITION BY unit, reply) AS copies", "reply IS NOT NULL"
    )
    return snapshot.query(
        f"SELECT unit, count(*) FILTER (WHERE copies >= {COPIES}), count(*) FROM ({rows}) "
        "GROUP BY unit ORDER BY unit"
    )


def _beside_others(rows: Sequence[tuple[str, int, int]]) -> list[Test]:
    """Each unit against all others together."""
    from scipy.stats import binom

    hits, whole = sum(row[1] for row in rows), sum(row[2] for row in rows)
    made = []
    for unit, found, base in rows:
        # Half a case more, so that nought among few others does not make one case a proof.
        usual = (hits - found + 0.5) / (whole - base + 1)
        chance = float(binom.sf(found - 1, base, usual))
        enough = base >= LEAST and whole - base >= LEAST
        made.append(Test(unit, found, base, base * usual, chance, enough))
    return made


def _batches(snapshot: Snapshot, ledger: Ledger) -> list[Test]:
    from scipy.stats import poisson

    timed = _closed(
        ledger,
        "date_trunc('minute', closed_at) AS minute",
        "closed_at <> date_trunc('day', closed_at)",
    )
    rows = snapshot.query(
        f"""
        SELECT unit, count(*) FILTER (WHERE n >= {TOGETHER}),
            coalesce(sum(n) FILTER (WHERE n >= {TOGETHER}), 0), sum(n), count(DISTINCT minute::DATE)
        FROM (SELECT unit, minute, count(*) AS n FROM ({timed}) GROUP BY unit, minute)
        GROUP BY unit ORDER BY unit"""
    )
    made = []
    for unit, batches, hits, base, days in rows:
        minutes = days * OFFICE_MINUTES
        pace = int(base) / minutes
        expected = int(base) * float(poisson.sf(TOGETHER - 2, pace))
        chance = float(poisson.sf(batches - 1, minutes * poisson.sf(TOGETHER - 1, pace)))
        made.append(Test(unit, int(hits), int(base), expected, chance, base >= LEAST))
    return made


def _deadlines(snapshot: Snapshot, ledger: Ledger) -> list[Test]:
    """The last hours before the deadline, and the same hours of the working day before."""
    from scipy.stats import binom

    due = _closed(
        ledger, "closed_at, due_at", "due_at IS NOT NULL AND due_at <> date_trunc('day', due_at)"
    )
    window = (
        "date_diff('second', date_trunc('day', closed_at), closed_at) BETWEEN "
        f"date_diff('second', date_trunc('day', due_at), due_at) - {HOURS * 3600} "
        "AND date_diff('second', date_trunc('day', due_at), due_at)"
    )
    rows = snapshot.query(
        f"""
        SELECT unit, count(*) FILTER (WHERE closed_at::DATE = due_at::DATE), count(*)
        FROM ({due}) AS o
        JOIN calendar AS c ON c.day = o.closed_at::DATE AND c.is_workday
        JOIN calendar AS d ON d.day = o.due_at::DATE AND d.is_workday
        WHERE d.workday_no - c.workday_no IN (0, 1) AND c.day <= d.day AND {window}
        GROUP BY unit ORDER BY unit"""
    )
    return [
        Test(unit, hits, base, base / 2, float(binom.sf(hits - 1, base, 0.5)), base >= LEAST_PAIRED)
        for unit, hits, base in rows
    ]


def _months(snapshot: Snapshot, ledger: Ledger) -> dict[Kind, Sequence[Test]]:
    """Counts of every whole month from a unit's first to its last; months without any are noughts."""
    rows = snapshot.query(
        f"""
        SELECT unit, month, count(*)
        FROM (
            SELECT unit, date_trunc('month', {ledger.opened})::DATE AS month
            FROM {ledger.name}
            WHERE unit IS NOT NULL AND {ledger.taken}
        )
        WHERE month < date_trunc('month', ?::DATE + 1)
        GROUP BY unit, month ORDER BY unit, month""",
        [snapshot.as_of],
    )
    by_unit: dict[str, dict[int, int]] = {}
    for unit, month, count in rows:
        by_unit.setdefault(unit, {})[month.year * 12 + month.month] = count
    series = {
        unit: [months.get(at, 0) for at in range(min(months), max(months) + 1)]
        for unit, months in by_unit.items()
    }
    return {
        "quota": [_equal(unit, counts) for unit, counts in series.items()],
        "round": [_rounded(unit, counts) for unit, counts in series.items()],
    }


def _equal(unit: str, counts: Sequence[int]) -> Test:
    """Counts that vary less than chance would have them (the index of dispersion)."""
    from scipy.stats import chi2, poisson

    months, mean = len(counts), sum(counts) / len(counts)
    usual = max(set(counts), key=lambda count: (counts.count(count), count))
    spread = sum((count - mean) ** 2 for count in counts) / mean
    expected = months * float(poisson.pmf(round(mean), mean))
    chance = float(chi2.cdf(spread, months - 1)) if months > 1 else 1.0
    return Test(unit, counts.count(usual), months, expected, chance, _enough(counts))


def _rounded(unit: str, counts: Sequence[int]) -> Test:
    from scipy.stats import binom, poisson

    months, mean = len(counts), sum(counts) / len(counts)
    usual = float(sum(poisson.pmf(n, mean) for n in range(ROUND, int(mean * 4) + 40, ROUND)))
    hits = sum(count > 0 and count % ROUND == 0 for count in counts)
    chance = float(binom.sf(hits - 1, months, usual))
    return Test(unit, hits, months, months * usual, chance, _enough(counts))


def _enough(counts: Sequence[int]) -> bool:
    return len(counts) >= LEAST_MONTHS and sum(counts) >= LEAST
