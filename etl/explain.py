"""What would be understood of a file: its tables, and what each column means. Nothing is loaded."""

from collections.abc import Iterator
from pathlib import Path

from rich.table import Table as Grid

from etl.intake import understand
from etl.mapping import Columns, Constant, DateAndTime, Joined, Later, Mapping, Verdict
from etl.match import Matched, Recognition
from etl.read import Table

BY_HEADER = {"名称": "表头即字段名", "同义词": "表头同义词", "映射": "映射文件"}


class Explanation:
    """What one file would be taken for, as blocks to print; `understood` when any table is."""

    def __init__(self, path: Path, source: str | None, mapping: Mapping | None):
        self.arrival = understand(path, source, mapping)

    @property
    def understood(self) -> bool:
        return bool(self.arrival.parts)

    def blocks(self) -> Iterator[str | Grid]:
        for table, recognition in self.arrival.parts:
            yield _head(self.arrival.name, table, recognition)
            yield _columns(recognition)
            yield from _rest(table, recognition)
        for error in self.arrival.errors:
            yield f"✗ {self.arrival.name}:{error}"


def _head(name: str, table: Table, recognition: Recognition) -> str:
    first, last = table.header_rows
    rows = f"第{first}行" if first == last else f"第{first}至{last}行"
    sheet = f"「{table.sheet}」" if table.sheet else ""
    source = recognition.source
    return (
        f"✓ {name}{sheet} → {source.label}({source.name})\n"
        f"  编码:{table.encoding_note or table.encoding};表头:{rows};数据从第{table.first_row}行开始"
    )


def _columns(recognition: Recognition) -> Grid:
    grid = Grid("字段", "名称", "取自", "依据", show_edge=False, pad_edge=False)
    for matched in recognition.columns:
        field = matched.field
        grid.add_row(field.name, field.label, taken_from(matched), _why(matched))
    for field in recognition.source.fields:
        groups = [part.label for part in recognition.spread if field.name in part.columns]
        if groups:
            grid.add_row(field.name, field.label, f"每组一列:{'、'.join(groups)}", "分组表头")
    return grid


def taken_from(matched: Matched) -> str:
    """Where the values of a field come from, in words."""
    headers = matched.headers
    match matched.reading:
        case Constant(value):
            return f"固定值 {value}"
        case DateAndTime(day, time):
            return f"{day} 与 {time} 合并"
        case Later(start, amount, unit):
            return f"{start} 加 {amount:g} {unit}"
        case Verdict(header, true, false):
            sides = (("是", true), ("否", false))
            said = ";".join(f"{side}={'、'.join(words)}" for side, words in sides if words)
            return f"{header}({said})"
        case Joined(_, separator):
            return f" {separator} ".join(headers)
        case Columns(_, part) if part:
            return f"{headers[0]} 的第{part}个数"
    return (" › " if matched.field.type == "path" else "、").join(headers)


def _why(matched: Matched) -> str:
    why = BY_HEADER.get(matched.how, matched.how)
    return f"{why},反义" if matched.opposite else why


def _rest(table: Table, recognition: Recognition) -> Iterator[str]:
    if recognition.people:
        yield "  这是人员名单:只计数,不保存任何人。"
    if recognition.ignored:
        yield f"  未使用(不会保存):{'、'.join(recognition.ignored)}"
    spread = {name for part in recognition.spread for name in part.columns}
    absent = [
        field.label
        for field in recognition.source.fields
        if field.name not in spread and not recognition.fills(field)
    ]
    if absent:
        yield f"  没有对应列(留空):{'、'.join(absent)}"
    if recognition.candidates:
        yield f"  也可能是:{'、'.join(recognition.candidates)}。用 --source 指定。"
    yield from (f"  ! {warning}" for warning in table.warnings)
