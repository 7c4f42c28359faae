"""A report as the plain values that paper.typ lays out."""

from typing import Any

from reports import ink
from reports.lettering import widths
from reports.model import Report, signature
from reports.parts import Blank, Cell, Chart, Paragraph, Part, Series, Table
from reports.punctuation import full_width, official
from reports.scale import axis, beneath, bounded, described, ticks
from reports.sources import ANNEX, PRINTED, marked

Plain = dict[str, Any]
INKS = {
    name: getattr(ink, name)
    for name in ("INK", "QUIET", "RULE", "LIMIT", "MAIN", "SOFT", "ABSENT", "BRAND")
}
LABELLED = 14  # marks in one chart that can each carry their number
WIDTH = 442.0  # points between the margins
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
        "signed": _signature(report),
        "date": {
            "year": report.signed.year,
            "month": report.signed.month,
            "day": report.signed.day,
        },
        "ink": INKS,
        "sections": [
            {
                "heading": full_width(f"{number}{section.heading}"),
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


def _signature(report: Report) -> Plain:
    lines = signature(report)
    return {"lines": [{"text": text, "right": right} for text, right in lines], "annex": ANNEX}


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
        "widths": widths([column.header for column in table.columns], texts, TABLE, WIDTH),
        "numeric": [at in table.numeric for at in range(len(table.columns))],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "notes": full_width(beneath(table)),
    }


def _cell(cell: Cell) -> Plain:
    return {"text": cell.text, "quiet": cell.hidden}


def _chart(chart: Chart, caption: str) -> Plain:
    scale = axis(chart)
    return {
        "kind": "chart",
        "shape": chart.shape,
        "caption": caption + chart.title,
        "subtitle": full_width(f"{chart.subtitle}(单位:{chart.unit})"),
        "alt": described(chart),
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
        "notes": full_width(beneath(chart)),
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


def _limits(chart: Chart) -> list[tuple[tuple[float | None, ...], bool]]:
    found = chart.corridor
    return [(found.low, False), (found.centre, True), (found.high, False)] if found else []


def _appendix(report: Report) -> Plain:
    rows = [[full_width(text) for text in source.printed] for source in report.sources]
    return {
        "heading": "附件",
        "title": "数据来源标号",
        "note": full_width(report.origin),
        "size": APPENDED,
        "header": list(PRINTED),
        "widths": widths(PRINTED, rows, APPENDED, WIDTH),
        "numeric": [False] * len(PRINTED),
        "rows": [[{"text": text, "quiet": False} for text in row] for row in rows],
    }
