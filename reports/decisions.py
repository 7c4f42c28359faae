"""What a meeting decided: who, by when, which metric should move, in which direction and by how much.

Kept in the notebook, and only ever added to: a change is a new edit of the same number, so that the history
of every decision stays. `who` is a post or a unit; nothing about a private person belongs here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from metrics import Card, Period, card, notebook
from metrics.aims import Aim
from metrics.period import DAY, Kind
from metrics.status import Side

State = Literal["open", "done", "cancelled"]
STATES: dict[State, str] = {"open": "进行中", "done": "已办完", "cancelled": "已取消"}
assert set(STATES) == set(get_args(State))
LONGEST = {"text": 200, "who": 30, "note": 200}
NAMES = {"text": "事项", "who": "责任单位", "note": "说明"}
DIGITS = re.compile(r"\d{7,}")  # a telephone or an identity number
KINDS: tuple[Kind, ...] = ("week", "month", "quarter")
TABLE = (
    "CREATE TABLE IF NOT EXISTS decisions (number INTEGER NOT NULL, edit INTEGER NOT NULL, written_at TEXT NOT NULL,"
    " text TEXT NOT NULL, who TEXT NOT NULL, due TEXT NOT NULL, metric TEXT NOT NULL, version INTEGER NOT NULL,"
    " scope TEXT NOT NULL, filters TEXT NOT NULL, period TEXT NOT NULL, side TEXT NOT NULL, amount REAL NOT NULL,"
    " state TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (number, edit))"
)


@dataclass(frozen=True)
class Decision:
    """`period` is where the metric stood from, by its code; `version` the card's at that time."""

    text: str
    who: str
    due: date
    metric: str
    version: int
    period: str
    side: Side
    amount: float  # in the metric's own terms
    scope: str = ""  # the code of an area; empty for the whole street
    filters: str = ""  # as in an address
    state: State = "open"
    note: str = ""  # why it was changed or closed
    number: int = 0
    edit: int = 0
    written_at: datetime = datetime.min

    @property
    def aim(self) -> Aim:
        return Aim(self.side, self.amount)

    @property
    def where(self) -> dict[str, str]:
        return dict(parse_qsl(self.filters))

    def overdue(self, today: date) -> bool:
        return self.state == "open" and self.due < today


COLUMNS = [field.name for field in fields(Decision)]


def able(chosen: Card) -> bool:
    """Whether it can be judged over time: what is counted by month and not of sensitive groups."""
    return "month" in chosen.dimensions and chosen.tier != "T2"


def start_of(chosen: Card, period: Period) -> Period:
    """The last finished unit of time at or before a period, from which a movement is counted."""
    kind = period.kind if period.kind in KINDS and period.kind in chosen.dimensions else "month"
    unit = Period.of(kind, period.until - DAY, period.as_of)
    while unit.is_open:
        unit = unit.previous()
    return unit


def decide(
    text: str,
    who: str,
    due: date,
    metric: str,
    period: Period,
    side: Side,
    amount: float,
    *,
    scope: str = "",
    where: Mapping[str, str] | None = None,
) -> Decision:
    """Write a new one.

    Raises:
        ValueError: something is missing or cannot be judged, in the reader's words.
        Unwritable: the notebook cannot be written.
    """
    chosen = card(metric)
    if not able(chosen):
        raise ValueError(f"{chosen.label}不能逐月判断,请换一个指标")
    start = start_of(chosen, period)
    if due < start.end:
        raise ValueError(f"期限要在{start.label}之后,这样才有变化可看")
    if amount < 0:
        raise ValueError("幅度不能是负数:方向已经在前面选了")
    made = Decision(
        text, who, due, metric, chosen.version, start.code, side, amount,
        scope=scope, filters=urlencode(dict(where or {})),
    )  # fmt: skip
    return _write(made)


def revise(number: int, **changes: Any) -> Decision:
    """A new edit; what it replaces stays in `history`. The note is of this edit alone."""
    return _write(replace(history(number)[-1], **({"note": ""} | changes)))


def close(number: int, state: State, note: str = "") -> Decision:
    return revise(number, state=state, note=note)


def decisions() -> list[Decision]:
    """The last edit of each, by the time they are due."""
    rows = _read(
        "WHERE (number, edit) IN (SELECT number, max(edit) FROM decisions GROUP BY number)"
    )
    return sorted(rows, key=lambda each: (each.due, each.number))


def history(number: int) -> list[Decision]:
    """Every edit of one, oldest first."""
    found = _read("WHERE number = ? ORDER BY edit", number)
    if not found:
        raise LookupError(f"没有第{number}号议定事项。全部见“议定事项”页。")
    return found


def _read(which: str, *values: int) -> list[Decision]:
    rows = notebook.rows(TABLE, f"SELECT {', '.join(COLUMNS)} FROM decisions {which}", values)
    return [_decision(dict(zip(COLUMNS, row, strict=True))) for row in rows]


def _decision(row: dict[str, Any]) -> Decision:
    due, written = date.fromisoformat(row["due"]), datetime.fromisoformat(row["written_at"])
    values: dict[str, Any] = row | {"due": due, "written_at": written}
    return Decision(**values)


def _write(made: Decision) -> Decision:
    """Number and edit are given inside the one transaction, so that two meetings cannot take the same."""
    made = replace(made, **{name: _checked(name, getattr(made, name)) for name in LONGEST})
    with notebook.opened(TABLE) as book:
        book.execute("BEGIN IMMEDIATE")
        if made.number:
            ((last,),) = book.execute(
                "SELECT max(edit) FROM decisions WHERE number = ?", [made.number]
            )
            made = replace(made, edit=last + 1)
        else:
            ((last,),) = book.execute("SELECT coalesce(max(number), 0) FROM decisions")
            made = replace(made, number=last + 1, edit=1)
        made = replace(made, written_at=notebook.clock())
        values = [getattr(made, name) for name in COLUMNS]
        book.execute(
            f"INSERT INTO decisions ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})",
            [value.isoformat() if isinstance(value, date) else value for value in values],
        )
    return made


def _checked(name: str, text: str) -> str:
    said = " ".join(text.split())
    if not said and name != "note":
        raise ValueError(f"请写{NAMES[name]}")
    if len(said) > LONGEST[name]:
        raise ValueError(f"{NAMES[name]}最多{LONGEST[name]}个字,现在是{len(said)}个字")
    if DIGITS.search(said):
        raise ValueError(f"{NAMES[name]}里像有电话或证件号码,请删去:这里不记个人信息")
    return said
