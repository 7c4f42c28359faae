"""The case workbook: disputes as the article counts them, and four more kinds of matter."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from synthetic import filler
from synthetic.kinds import KINDS, Kind
from synthetic.matters import firm_requests, matters
from synthetic.retold import retold_disputes
from synthetic.sheets import Book

HEADER = (
    [
        "案件编号", "案件类型", "案件类别", "案件来源", "所属区域", "所属区域", "责任单位", "时间节点",
        "时间节点", "时间节点", "时间节点", "时间节点", "办理结果", "简要案情",
        "回访时间", "回访结果", "办理情况",
    ],
    [
        "", "", "", "", "所属社区", "所属网格", "", "上报时间",
        "受理时间", "办结时限", "办结时间", "更新时间", "", "",
        "", "", "",
    ],
)  # fmt: skip


def write(folder: Path) -> None:
    with Book(folder / "cases.xlsx") as book:
        title = "溪北街道矛盾纠纷台账(演示数据)"
        sheet = book.sheet("矛盾纠纷", title, HEADER)
        rows = retold_disputes()
        sheet.append(["合计", "", f"{len(rows)}件"])
        for row in rows:
            sheet.append(row)
        for kind in KINDS:
            sheet = book.sheet(kind.sheet, f"溪北街道{kind.sheet}台账(演示数据)", HEADER)
            rows = [*matters(kind), *filler.matters(kind)]
            for year in ("2023", "2024"):
                of_year = [row for row in rows if row[0].split("-")[1].startswith(year)]
                for row in of_year:
                    sheet.append(row)
                sheet.append(["小计", f"{year}年", f"{len(of_year)}件"])
            for row in _spoiled(kind, rows):
                sheet.append(row)
            sheet.append(["合计", "", f"{len(rows)}件"])
        sheet = book.sheet("企业诉求", "溪北街道企业诉求台账(演示数据)", HEADER)
        rows = firm_requests()
        for row in rows:
            sheet.append(row)
        sheet.append(["合  计", "", f"{len(rows)}件"])


def _spoiled(kind: Kind, rows: Sequence[list[Any]]) -> list[list[Any]]:
    """Rows that must be refused, each for its own reason."""

    def but(number: str, changes: dict[int, Any]) -> list[Any]:
        row = list(rows[7])
        for column, cell in {0: number, **changes}.items():
            row[column] = cell
        return row

    prefix = kind.prefix
    return {
        "YH": [
            but(f"{prefix}-9999-001", {10: "2022/12/1 9:00", 11: None}),
            but(f"{prefix}-9999-002", {7: "2023/13/5 9:00"}),
        ],
        "PD": [but("", {}), but(f"{prefix}-9999-004", {8: "2099年1月1日 9时00分"})],
        "XF": [but("15400001234", {})],
    }[prefix]
