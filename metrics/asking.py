"""A question in text (a command line, an address) put to measure(), and the answer as plain values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from metrics import definitions
from metrics.definitions import Card, card
from metrics.errors import BadCut, BadPeriod
from metrics.measure import measure
from metrics.period import DAY, Period
from metrics.result import Measurement
from metrics.roles import DEFAULT
from metrics.scope import Scope
from metrics.snapshot import Snapshot
from metrics.status import Status

INTERVALS = {"wilson": "Wilson 95%", "exact": "精确(Clopper-Pearson)95%", "none": ""}
NUMBERS = ("numerator", "denominator", "value", "low", "high", "hidden")


def ask(
    metric: str,
    snapshot: Snapshot,
    *,
    by: Sequence[str] = (),
    period: str | None = None,
    first: str | None = None,
    last: str | None = None,
    where: Sequence[str] = (),
    scope: str | None = None,
    as_of: str | None = None,
    version: int | None = None,
    role: str = DEFAULT,
) -> Measurement:
    """Dates are ISO text; `first` and `last` are both included; a filter reads dimension=value."""
    day = read_date(as_of) if as_of else snapshot.as_of
    with definitions.of(snapshot):
        chosen = card(metric, version)
    window = read_period(period, first, last, day, chosen, snapshot)
    return measure(
        metric,
        window,
        Scope.parse(scope, snapshot),
        by,
        where=read_filters(where),
        as_of=day,
        version=version,
        snapshot=snapshot,
        role=role,
    )


def read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadPeriod(f"看不懂日期“{text}”,请写成 2024-09-03") from error


def read_period(
    period: str | None,
    first: str | None,
    last: str | None,
    as_of: date,
    chosen: Card,
    snapshot: Snapshot,
) -> Period:
    if period and (first or last):
        raise BadPeriod("期间和起止日期只能给一种:--period 或 --from、--to")
    if period:
        return Period.parse(period, as_of)
    start = read_date(first) if first else since(chosen, snapshot, as_of)
    return Period.between(start, read_date(last) if last else max(start, as_of), as_of)


def since(chosen: Card, snapshot: Snapshot, as_of: date) -> date:
    """The first month that a card's source reports: where “all there is” begins."""
    days = [
        each.first_event
        for each in snapshot.freshness()
        if each.source == chosen.table.source and each.first_event
    ]
    return min([*days, as_of]).replace(day=1)


def read_filters(where: Sequence[str]) -> dict[str, str]:
    filters = {}
    for text in where:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadCut(f"看不懂筛选条件“{text}”,请写成 维度=值,例如 unit=区住建局")
        filters[name.strip()] = value.strip()
    return filters


Statuses = Sequence[Status | None]  # metrics/judged.py: one for each row


def columns(answer: Measurement) -> list[str]:
    return [*answer.by, *NUMBERS, "n", "status", "because", "label", "reason", "base", "definition"]


def records(answer: Measurement, statuses: Statuses) -> list[dict[str, Any]]:
    """One record per row, codes in the by-columns and the words for them in `label`; each says what it
    stands on (`n`, `base`), how it is judged and by which definition it was made, as metric@version."""
    return [
        {
            **dict(zip(answer.by, row.group, strict=True)),
            **{name: getattr(row, name) for name in NUMBERS},
            "n": answer.size(row),
            "status": found.sign.words if found else None,
            "because": (found.because or None) if found else None,
            "label": row.label,
            "reason": row.reason,
            "base": answer.base_label,
            "definition": answer.card.key,
        }
        for row, found in zip(answer.rows, statuses, strict=True)
    ]


def describe(answer: Measurement, statuses: Statuses) -> dict[str, Any]:
    """Everything a reader needs to trust and to repeat a number."""
    period = answer.period
    return {
        "metric": answer.card.id,
        "version": answer.card.version,
        "label": answer.card.label,
        "base": answer.card.base,
        "basis": answer.card.basis,
        "unit": answer.card.unit,
        "tier": answer.card.tier,
        "period": period.code,
        "from": period.start.isoformat(),
        "to": (period.end - DAY).isoformat(),
        "open": period.is_open,
        "scope": answer.scope.code,
        "where": dict(answer.where),
        "by": list(answer.by),
        "as_of": answer.as_of.isoformat(),
        "snapshot": answer.snapshot,
        "target": answer.target,
        "interval": INTERVALS[answer.card.interval],
        "rows": records(answer, statuses),
        "notes": list(answer.notes),
    }
