"""Reports against the plain libraries: the same sentences, tables and rows, without layout, marks and notes."""

import io
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from metrics import Period, current_snapshot
from reports import paper
from reports.model import Report
from reports.monthly import monthly
from reports.parts import Chart, Table
from reports.slides.plan import Slide, plan
from reports.writers import WRITERS

TIMES = 5
FONTS = Path(paper.__file__).parent / "fonts"
Plain = Callable[[Report], bytes]


def plain_docx(report: Report) -> bytes:
    """python-docx has no charts: as many are made by python-pptx, in a file that is counted with it."""
    import docx

    document = docx.Document()
    for _, section in report.numbered():
        document.add_heading(section.heading, section.level)
    for sentence in report.sentences:
        document.add_paragraph(sentence.text)
    for table in report.tables:
        made = document.add_table(rows=len(table.rows), cols=len(table.columns))
        for row, cells in zip(made.rows, table.rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words.text
    rows = [source.columns for source in report.sources]
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue() + _deck([Slide("", shown=chart) for chart in report.charts])


def plain_xlsx(report: Report) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        lines = [(t.caption, row[0].text, cell.value, cell.text) for t in report.tables for row in t.rows for cell in row[1:]]  # fmt: skip
        for at, line in enumerate(lines):
            page.write_row(at, 0, line)
        sources = book.add_worksheet()
        for at, source in enumerate(report.sources):
            sources.write_row(at, 0, source.columns)
    return out.getvalue()


def plain_pptx(report: Report) -> bytes:
    """As many slides, with the same titles, lines, charts and tables; cover and appendix too."""
    sources = [source.columns for source in report.sources]
    return _deck([Slide(report.title), *plan(report), Slide("")], sources)


def _deck(slides: Sequence[Slide], sources: Sequence[Sequence[str]] = ()) -> bytes:
    from pptx import Presentation
    from pptx.util import Inches

    show = Presentation()
    box = Inches(1), Inches(1), Inches(8), Inches(5)
    for made in slides:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = made.title
        if made.lines:
            slide.shapes.add_textbox(*box).text_frame.text = "\n".join(made.lines)
        if isinstance(made.shown, Chart):
            _chart(slide, made.shown, box)
        elif isinstance(made.shown, Table):
            _grid(slide, [[cell.text for cell in row] for row in made.shown.rows], box)
    if sources:
        _grid(show.slides[-1], sources, box)
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def _chart(slide: Any, made: Chart, box: tuple[int, int, int, int]) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = CategoryChartData()
    data.categories = made.categories
    for series in made.series:
        data.add_series(series.name, series.values)
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)


def _grid(slide: Any, rows: Sequence[Sequence[str]], box: tuple[int, int, int, int]) -> None:
    made = slide.shapes.add_table(len(rows), len(rows[0]), *box).table
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            made.cell(at, column).text = words


def plain_pdf(report: Report) -> bytes:
    """The same words, tables and bars in typst's own layout, in the same faces."""
    import typst

    said = ['#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"))']
    said += [f"#heading[#{_quoted(section.heading)}]" for section in report.sections]
    said += [f"#par({_quoted(sentence.text)})" for sentence in report.sentences]
    for table in report.tables:
        cells = ", ".join(_quoted(cell.text) for row in table.rows for cell in row)
        said.append(f"#table(columns: {len(table.columns)}, {cells})")
    for chart in report.charts:
        values = [value or 0 for series in chart.series for value in series.values]
        said += [
            f"#rect(width: {value / (max(values) or 1) * 90}%, height: 8pt)" for value in values
        ]
    cells = ", ".join(_quoted(text) for source in report.sources for text in source.columns)
    said.append(f"#table(columns: {len(report.sources[0].columns)}, {cells})")
    source: Any = "\n".join(said).encode()  # it takes bytes, whatever its types say
    made = typst.compile(source, font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


PLAIN: Mapping[str, Plain] = {
    "docx": plain_docx,
    "xlsx": plain_xlsx,
    "pptx": plain_pptx,
    "pdf": plain_pdf,
}


def compare(data: Path) -> Iterator[str]:
    """A line per format: our seconds and bytes, and how many times the plain library's that is."""
    snapshot = current_snapshot(data)
    report = monthly(snapshot, Period.preset("last_month", snapshot.as_of))
    for suffix, plain in PLAIN.items():
        ours, content = _timed(WRITERS[suffix], report)
        theirs, bare = _timed(plain, report)
        yield (
            f"report as {suffix}: {ours:.2f} s, {ours / theirs:.1f} times the plain library;"
            f" {len(content) / 1024:.0f} KB, {len(content) / len(bare):.1f} times"
        )


def _timed(write: Plain, report: Report) -> tuple[float, bytes]:
    content = write(report)  # imports are not what is measured
    seconds = []
    for _ in range(TIMES):
        start = time.perf_counter()
        content = write(report)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), content
