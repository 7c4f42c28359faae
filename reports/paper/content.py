"""A report as the plain values that paper.typ lays out."""

from typing import Any

from reports import ink
from reports.lettering import ems, longest_word
from reports.model import (
    APPENDIX,
    Blank,
    Cell,
    Chart,
    Paragraph,
    Part,
    Report,
    Series,
    Table,
    marked,
)
from reports.punctuation import full_width, official
from reports.scale import axis, bounded, explained, ticks

Plain = dict[str, Any]
INKS = {
    name: getattr(ink, name)
    for name in ("INK", "QUIET", "RULE", "LIMIT", "MAIN", "SOFT", "ABSENT", "BRAND")
}
LABELLED = 14  # marks in one chart that can each carry their number
WIDTH = 442.0  # points between the margins
INSET = 9.0  # of a cell, left and right
LATIN = 0.55  # of an em, a digit of the song face
TABLE, APPENDED = 10.5, 9.0  # points of the letters of a table, of the appendix


def content(report: Report) -> Plain:
    report = official(report)
    return {
        "title": report.title,
        "street": report.street,
        "period": full_width(f"({report.period.label})"),
        "facts": full_width(report.facts),
        "demo": report.demo,
        "red_head": report.red_head,
        "keywords": [report.place, report.period.label, report.snapshot],
        "description": report.facts,
        "signed": dated(report),
        "date": {"year": report.as_of.year, "month": report.as_of.month, "day": report.as_of.day},
        "ink": INKS,
        "sections": [
            {
                "heading": f"{number}{section.heading}",
                "level": section.level,
                "parts": [_part(report, part) for part in section.parts],
            }
            for number, section in report.numbered()
        ],
        "closing": {
            "heading": "数据来源与说明",
            "lines": [full_width(report.ledgers), *report.notices],
        },
        "appendix": _appendix(report),
    }


def dated(report: Report) -> str:
    return f"{report.as_of.year}年{report.as_of.month}月{report.as_of.day}日"


def _part(report: Report, part: Part) -> Plain:
    if isinstance(part, Paragraph):
        shown = [words for sentence in part.sentences for words in sentence.shown]
        told = [{"text": words.text, "marks": marked(words.marks)} for words in shown]
        return {"kind": "paragraph", "words": told}
    if isinstance(part, Blank):
        return {"kind": "blank", "prompt": full_width(f"({part.prompt})")}
    caption = f"{report.captions[part.key]} "
    return _table(part, caption) if isinstance(part, Table) else _chart(part, caption)


def _table(table: Table, caption: str) -> Plain:
    texts = [[cell.text for cell in row] for row in table.rows]
    return {
        "kind": "table",
        "caption": caption + table.caption,
        "size": TABLE,
        "header": [column.header for column in table.columns],
        "widths": widths([column.header for column in table.columns], texts, TABLE),
        "numeric": [column.kind != "text" for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": _noted([*table.notes, f"数据来源标号:{marked(table.marks)}"]),
    }


def widths(header: list[str], rows: list[list[str]], size: float) -> list[float]:
    """Points per column of a page-wide table in letters of `size` points. Where not all can have what they
    want the longest give way, but never so far that a number or a key is broken."""
    columns = list(zip(header, *rows, strict=True))
    wanted = [
        max(ems(row, LATIN) for text in column for row in text.split("\n")) * size + INSET
        for column in columns
    ]
    least = [max(longest_word(text, LATIN) for text in column) * size + INSET for column in columns]
    limit = max(wanted)
    while (
        sum(given := [max(low, min(high, limit)) for low, high in zip(least, wanted, strict=True)])
        > WIDTH
    ):
        if limit < size:
            break
        limit -= 2
    return [round(each * WIDTH / sum(given), 2) for each in given]


def _cell(cell: Cell) -> Plain:
    return {"text": cell.text, "quiet": cell.hidden}


def _chart(chart: Chart, caption: str) -> Plain:
    scale = axis(chart)
    return {
        "kind": "chart",
        "shape": chart.shape,
        "caption": caption + chart.title,
        "subtitle": full_width(f"{chart.subtitle}(单位:{chart.unit})"),
        "alt": _alt(chart),
        "unit": chart.unit,
        "categories": list(chart.categories),
        "ticks": list(ticks(chart)),
        "axis": {
            "low": scale.low,
            "high": scale.high,
            "ticks": list(scale.ticks),
            "labels": list(scale.labels),
        },
        "series": [_series(chart, at, each) for at, each in enumerate(chart.series)],
        "limits": [{"values": list(values), "solid": solid} for values, solid in _limits(chart)],
        "focus": list(chart.focus),
        "unfinished": list(chart.unfinished),
        "labelled": len(chart.categories) * len(chart.series) <= LABELLED,
        "notes": _noted([explained(chart), f"数据来源标号:{marked(chart.marks)}"]),
    }


def _series(chart: Chart, at: int, series: Series) -> Plain:
    colour = ink.STEPS[at % len(ink.STEPS)]
    alone = len(chart.series) == 1
    picked = [at in chart.focus for at in range(len(chart.categories))]
    paled = alone and (any(picked) or bounded(chart)) and chart.shape in ("bars", "columns")
    intervals = series.intervals if bounded(chart) else {}
    return {
        "name": series.name,
        "colour": colour,
        "on": ink.PAPER if colour in ink.DARK else ink.INK,
        "colours": [ink.MAIN if found else ink.SOFT for found in picked] if paled else [],
        "values": list(series.values),
        "texts": list(series.texts),
        "intervals": [intervals.get(at) for at in range(len(series.values))],
    }


def _noted(said: list[str]) -> str:
    return full_width(f"注:{';'.join(filter(None, said))}。")


def _limits(chart: Chart) -> list[tuple[tuple[float | None, ...], bool]]:
    found = chart.corridor
    return [(found.low, False), (found.centre, True), (found.high, False)] if found else []


def _alt(chart: Chart) -> str:
    """The chart for a reader who cannot see it."""
    told = [
        f"{name}{series.name if len(chart.series) > 1 else ''}{text}"
        for series in chart.series
        for name, text in zip(chart.categories, series.texts, strict=True)
    ]
    return f"{chart.title}。{chart.subtitle}。{'、'.join(told)}。"


def _source(mark: str, metric: str, key: str, *others: str) -> list[str]:
    return [mark, f"{metric}\n{key}", *others]


def _appendix(report: Report) -> Plain:
    """One snapshot is behind all rows: it is told once, above them."""
    number, metric, key, *others = APPENDIX[:-1]
    header = [number, f"{metric}与{key}", *others]
    rows = [_source(*map(full_width, source.columns[:-1])) for source in report.sources]
    return {
        "heading": "附件",
        "title": "数据来源标号",
        "note": f"全部数字取自数据快照 {report.snapshot},口径编号为“指标@版本”。",
        "size": APPENDED,
        "header": header,
        "widths": widths(header, rows, APPENDED),
        "numeric": [False] * len(header),
        "rows": [[{"text": text, "quiet": False} for text in row] for row in rows],
    }
