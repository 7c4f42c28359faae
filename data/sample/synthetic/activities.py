"""The activities workbook: one sheet per service team, and one for each kind of gathering."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from synthetic.gatherings import gatherings
from synthetic.sessions import Session, sheets
from synthetic.sheets import Book

COLUMNS = [
    "活动编号", "活动类型", "服务队", "所属社区", "所属网格", "活动日期", "活动主题", "参与人次", "参与人数",
    "成果数", "评价人数", "满意人数", "提出议题数", "办结议题数",
]  # fmt: skip


def write(folder: Path) -> None:
    with Book(folder / "activities.xlsx") as book:
        for number, (name, sessions) in enumerate([*sheets(), *gatherings()], 1):
            # A team's own sheet does not repeat the team in every row: its title says it.
            columns = [c for c in COLUMNS if c != "服务队" or not name.startswith("益")]
            sheet = book.sheet(name, f"溪北街道{name}台账(演示数据)", [columns])
            sessions.sort(key=lambda session: session.day)
            rows = [
                _row(session, f"HD{number:02d}-{session.day:%Y%m}-{n:03d}", number)
                for n, session in enumerate(sessions, 1)
            ]
            for row in rows:
                sheet.append([row[column] for column in columns])
            totals = _totals(rows)
            if name == "坝坝会":
                totals["参与人次"] += 90  # a total that does not agree with its rows
            for row in _spoiled(name, rows):
                sheet.append([row[column] for column in columns])
            sheet.append([{"活动编号": "合计", **totals}.get(column) for column in columns])


def _row(session: Session, number: str, sheet: int) -> dict[str, Any]:
    return {
        "活动编号": number,
        "活动类型": session.system,
        "服务队": session.team,
        "所属社区": session.community,
        "所属网格": session.grid,
        "活动日期": _written(session.day, sheet),
        "活动主题": session.title,
        "参与人次": session.attendances,
        "参与人数": session.people,
        "成果数": session.outcomes,
        "评价人数": session.rated,
        "满意人数": session.satisfied,
        "提出议题数": session.raised,
        "办结议题数": session.closed,
    }


def _written(day: date, sheet: int) -> date | str | int:
    """Each sheet has its keeper, each keeper a way to write a date; one loses the cell format."""
    return (
        day if day.day % 3 else (day - date(1899, 12, 30)).days,
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
    )[sheet % 5]


def _totals(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    numeric = COLUMNS[7:]
    return {
        column: sum(row[column] or 0 for row in rows)
        for column in numeric
        if any(row[column] is not None for row in rows)
    }


def _spoiled(name: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that must be refused: more satisfied than rated; a day that does not exist; minus people."""
    changes: dict[str, list[dict[str, Any]]] = {
        "社区活动": [{"评价人数": 20, "满意人数": 35}, {"参与人次": -12}],
        "坝坝会": [{"活动日期": "2024年2月30日"}],
    }
    return [
        {**rows[3], "活动编号": f"{rows[3]['活动编号']}-{n}", **change}
        for n, change in enumerate(changes.get(name, ()), 1)
    ]
