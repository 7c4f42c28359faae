"""The report as a workbook: 数据 · 口径 · 筛选条件 · 质量. Numbers and dates are real, ids are text, no text is a formula."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from metrics import Card
from metrics.period import DAY
from metrics.quality import Quality
from reports.cells import Cell, plain, width
from reports.model import Report
from reports.parts import Table

Value = Cell | date
FORMS = {"count": "#,##0", "share": "0.0%", "decimal": "#,##0.0"}
PAPER_A4 = 9
DATA = ("表号", "表", "行", "项目", "数值", "显示", "单位说明", "标号")
CARDS = (
    "口径编号", "指标", "一句话", "分子", "分母", "口径", "剔除", "分级", "生效日期", "责任科室", "应复核日期",
)  # fmt: skip
SOURCES = (
    "标号", "指标", "口径编号", "范围", "筛选与拆分", "期间", "开始日期", "结束日期", "样本量", "数据快照", "数据截至",
)  # fmt: skip
QUALITY = (
    "来源",
    "最近一条",
    "距截止日天数",
    "文件",
    "读取行",
    "新增",
    "更新",
    "未变",
    "重复",
    "未加载",
)


def write(report: Report) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {"title": report.title, "author": report.street, "comments": report.facts}
        )
        writer = _Writer(book, report)
        writer.data()
        writer.sheet("口径", CARDS, [*map(_card, _cards(report)), *_methods(report)])
        writer.sheet(
            "筛选条件", SOURCES, list(_sources(report)), about=[report.facts, *report.notices]
        )
        writer.sheet("质量", QUALITY, list(_quality(report.quality)), about=[report.ledgers])
    return out.getvalue()


class _Writer:
    def __init__(self, book: Workbook, report: Report) -> None:
        self.book, self.report = book, report
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.text = book.add_format({"num_format": "@"})
        self.forms = {kind: book.add_format({"num_format": form}) for kind, form in FORMS.items()}

    def data(self) -> None:
        """Every number of every table on a line of its own: what a pivot table wants, and a person finds by filter."""
        rows: list[tuple[Sequence[Value], str]] = []
        for table in self.report.tables:
            rows += _lines(self.report, table)
        page = self._page("数据", DATA, [row for row, _ in rows], about=self._about())
        for at, (row, kind) in enumerate(rows, start=self._top(self._about()) + 1):
            for column, cell in enumerate(row):
                form = self.forms.get(kind) if column == DATA.index("数值") else None
                self._write(page, at, column, cell, form)

    def sheet(
        self,
        name: str,
        headers: Sequence[str],
        rows: Sequence[Sequence[Value]],
        about: Sequence[str] = (),
    ) -> None:
        page = self._page(name, headers, rows, about)
        for at, row in enumerate(rows, start=self._top(about) + 1):
            for column, cell in enumerate(row):
                self._write(page, at, column, cell, None)

    def _about(self) -> list[str]:
        demo = ["演示数据,不代表任何真实情况"] if self.report.demo else []
        return [f"{self.report.title}({self.report.period.label})", *demo, self.report.facts]

    @staticmethod
    def _top(about: Sequence[str]) -> int:
        return len(about) + 1 if about else 0

    def _page(
        self,
        name: str,
        headers: Sequence[str],
        rows: Sequence[Sequence[Value]],
        about: Sequence[str],
    ) -> Worksheet:
        """Lines about it, a header that stays in view and on every printed page, a filter, one page wide."""
        page = self.book.add_worksheet(name)
        for at, words in enumerate(about):
            page.write_string(at, 0, plain(words), self.title if at == 0 else None)
        top = self._top(about)
        for at, header in enumerate(headers):
            page.write_string(top, at, header, self.head)
            page.set_column(at, at, width([header, *(str(row[at] or "") for row in rows)]))
        page.freeze_panes(top + 1, 0)
        page.repeat_rows(top)
        if rows:
            page.autofilter(top, 0, top + len(rows), len(headers) - 1)
        page.set_landscape()
        page.set_paper(PAPER_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        demo = "演示数据 " if self.report.demo else ""
        page.set_header(f"&L{demo}{plain(self.report.title)}&R&A")
        page.set_footer(f"&L{self.report.snapshot}&R第 &P 页,共 &N 页")
        return page

    def _write(
        self, page: Worksheet, at: int, column: int, cell: Value, form: Format | None
    ) -> None:
        if isinstance(cell, date):
            page.write_datetime(at, column, datetime.combine(cell, time()), self.day)
        elif isinstance(cell, str):
            page.write_string(at, column, plain(cell), self.text)
        elif cell is not None:
            page.write_number(at, column, cell, form)


def _lines(report: Report, table: Table) -> Iterator[tuple[Sequence[Value], str]]:
    """A row of a table becomes as many lines as it has columns beside its name."""
    for row in table.rows:
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            mark = f"[{cell.mark}]" if cell.mark is not None else ""
            about = "已隐藏" if cell.hidden else ""
            yield (
                report.captions[table.key], table.caption, row[0].text, column.header,
                cell.value, cell.text, about, mark,
            ), column.kind  # fmt: skip


def _cards(report: Report) -> list[Card]:
    return list({s.key: s.measured.card for s in report.sources if s.measured}.values())


def _card(card: Card) -> tuple[Value, ...]:
    return (
        card.key, card.label, card.meaning, card.numerator_label, card.denominator_label or "", card.base,
        card.excludes, card.tier, card.effective, card.owner, card.review,
    )  # fmt: skip


def _methods(report: Report) -> Iterator[tuple[Value, ...]]:
    """What no card defines has a description in place of numerator and denominator."""
    for source in report.sources:
        if source.measured is None:
            rest = [""] * (len(CARDS) - 3)
            yield source.key, source.metric, source.meaning, *rest


def _sources(report: Report) -> Iterator[tuple[Value, ...]]:
    for source in report.sources:
        period = source.period
        yield (
            f"[{source.mark}]", source.metric, source.key, source.scope, source.where, period.label,
            period.start, period.end - DAY, source.n, source.snapshot, report.as_of,
        )  # fmt: skip


def _quality(found: Quality) -> Iterator[tuple[Value, ...]]:
    pulses = {each.fresh.label: each for each in found.pulses}
    for account in found.accounts:
        pulse = pulses.get(account.label)
        yield (
            account.label, pulse.fresh.last_event if pulse else None, pulse.age if pulse else None,
            account.files, account.read, account.loaded, account.updated, account.unchanged,
            account.duplicate, account.rejected,
        )  # fmt: skip
