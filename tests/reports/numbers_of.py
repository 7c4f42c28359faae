"""What a report may print: its texts, and its numbers measured again, past the report."""

import re
from collections.abc import Iterator

from metrics import Snapshot, measure
from metrics.emerging import FALSE, emerging
from metrics.expected import outlook
from metrics.hindsight import HELD
from metrics.topics import LEAST, frequent
from metrics.words import number, percent
from reports.model import Report
from reports.parts import NUMERAL, Chart
from reports.sources import Source

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")


def texts(report: Report) -> Iterator[str]:
    """Everything that a writer was given to print."""
    yield from (
        report.title,
        report.period.label,
        report.snapshot,
        *report.data_sources,
        *report.notices,
    )
    yield from (f"{number}{section.heading}" for number, section in report.numbered())
    yield from (sentence.text for sentence in report.sentences)
    for table in report.tables:
        yield from (table.caption, *table.notes, *(column.header for column in table.columns))
        yield from (cell.text for row in table.rows for cell in row)
    for chart in report.charts:
        yield from (chart.title, chart.subtitle, chart.note, *chart.categories)
        yield from (text for series in chart.series for text in series.texts)
    yield from (text for source in report.sources for text in source.columns)


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def known(report: Report) -> set[str]:
    return {number for text in texts(report) for number in numbers(text)}


def measured_again(report: Report, chart: Chart, snapshot: Snapshot) -> dict[str, float | None]:
    """Values by label of the first source of a chart, asked of measure() anew."""
    source = next(source for source in report.sources if source.mark == chart.marks[0])
    return {_short(row.label): None if row.hidden else row.value for row in again(source, snapshot)}


def _short(label: str) -> str:
    """A chart names a month 24年9月."""
    return re.sub(r"^20(\d\d年)", r"\1", label)


def again(source: Source, snapshot: Snapshot):
    found = source.measured
    assert found is not None, source.key
    return measure(
        found.card.id,
        found.period,
        found.scope,
        found.by,
        where=found.where,
        snapshot=snapshot,
        role="presenter",
    ).rows


def by_method(report: Report, snapshot: Snapshot) -> dict[int, set[str]]:
    """Numerals by the mark of each source that no card defines, worked out anew past the report."""
    words = frequent(snapshot, report.period, report.scope)
    tested = emerging(snapshot, report.period, report.scope)
    coming = outlook(snapshot, "category")
    said = {
        "词语@方法": [str(LEAST), *(number(each.orders) for each in words.terms)],
        "异动@方法": [
            number(tested.tested), percent(FALSE, 0), number(max(len(tested.found) - 5, 0)),
            *(each.why for each in tested.found),
        ],
        "预计@方法": [
            percent(HELD, 0), *(f"{each.low} {each.high}" for each in coming.ranges),
            *([f"{coming.check.months} {percent(coming.check.held, 0)}"] if coming.check else []),
        ],
    }  # fmt: skip
    return {
        source.mark: set(NUMERAL.findall(" ".join(said[source.key])))
        for source in report.sources
        if source.measured is None
    }
