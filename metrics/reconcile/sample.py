"""A made-up bulletin for readers who want to see the page work: our own counts, with slips put in."""

from metrics.definitions import card
from metrics.measure import measure_many
from metrics.period import Period
from metrics.reconcile.figures import printed
from metrics.result import Measurement
from metrics.scope import Scope
from metrics.snapshot import Snapshot

VOLUME, CLOSURE = "hotline_volume", "hotline_closure_accepted"
MOST = 8
MADE_UP = (("甲社区", 128, 121), ("乙社区", 96, 88), ("丙社区", 74, 71), ("丁社区", 53, 47), ("戊社区", 41, 40))  # fmt: skip


def example(snapshot: Snapshot, period: Period, scope: Scope) -> str:
    """A table and a paragraph. Its total, one rate and one word are wrong on purpose."""
    rows = _ours(snapshot, period, scope) or list(MADE_UP)
    lines = [f"{period.label.split('(')[0]}诉求办理情况(例子)", "单位\t受理数\t办结数\t办结率"]
    for at, (name, taken, closed) in enumerate(rows):
        rate = closed / taken * 100 - (0.6 if at == 1 else 0)
        lines.append(f"{name}\t{taken}\t{closed}\t{printed(rate, 2)}%")
    taken, closed = sum(row[1] for row in rows), sum(row[2] for row in rows)
    lines.append(f"合计\t{taken + 18}\t{closed}\t{printed(closed / (taken + 18) * 100, 2)}%")
    first, rest = rows[0][1], taken - rows[0][1]
    lines += [
        "",
        f"本期共受理{taken + 3}件,其中{rows[0][0]}{first}件,其他单位{rest}件;较上月同比增长1.3%。",
    ]
    return "\n".join(lines)


def _ours(snapshot: Snapshot, period: Period, scope: Scope) -> list[tuple[str, int, int]]:
    """The units with most orders in the period."""
    if "unit" not in card(VOLUME).dimensions:
        return []
    found = measure_many([CLOSURE], period, scope, ("unit",), snapshot=snapshot)[CLOSURE]
    rows = [row for row in _open(found) if row[1] >= 5]
    return sorted(rows, key=lambda row: -row[1])[:MOST] if len(rows) >= 4 else []


def _open(found: Measurement) -> list[tuple[str, int, int]]:
    return [
        (row.labels[0], round(row.denominator), round(row.numerator or 0))
        for row in found.rows
        if row.group[0] is not None and not row.hidden and row.denominator
    ]
